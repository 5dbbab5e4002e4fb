import { benchmarkNames, type RunResult } from '../../src/evaluation/index.ts'
import { evaluateShipped, percentages } from './evaluations.ts'
import type { Benchmark, Values } from './result.ts'

/** Of large benchmarks the first problems are taken: greedy answers to these say whether the model can do it at all. */
const groups: { names: RegExp; limit?: number }[] = [
  { names: /^(?:humaneval-plus-mini|mbpp.*|humaneval-x\/.*|fix\/.*|practice-bench\/.*)$/ },
  { names: /^multipl-e\/.*$/, limit: 80 },
  { names: /^infilling\/.*$/, limit: 250 },
  { names: /^translation\/.*$/, limit: 30 },
  { names: /^safim\/.*$/, limit: 200 },
]

/** Every benchmark but HumanEval itself, which has a measurement of its own. */
export const benchmarksFigures: Benchmark = {
  name: 'benchmarks',
  title: 'All other benchmarks: understudy-nano, one greedy answer to each problem',
  cost: 'bubblewrap, the toolchains and the folder of public benchmarks; half an hour',
  async measure(): Promise<Values> {
    const values: Values = {}
    for (const { names, limit } of groups) {
      const chosen = benchmarkNames().filter((name) => names.test(name))
      const results = await evaluateShipped(chosen, { n: 1, temperature: 0, ...(limit && { limit }) })
      for (const result of results) values[result.benchmark] = valuesOf(result)
    }
    return values
  },
}

function valuesOf({ problems, passAt, exactMatch, judge, outcomes }: RunResult): Values {
  return {
    problems,
    ...(passAt['1'] && { [judge === 'run' ? 'pass@1 %' : 'match %']: percentages(passAt['1']) }),
    ...(exactMatch && judge === 'run' && { 'exact match %': percentages(exactMatch) }),
    outcomes,
  }
}
