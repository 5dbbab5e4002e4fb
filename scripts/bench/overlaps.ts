import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { drawPythonSolutions, type Solution } from '../../src/practice/index.ts'
import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts'
import { benchData } from './evaluations.ts'
import type { Benchmark, Values } from './result.ts'

/** Exercises to draw; each family and many compositions come several times. */
const exercises = Number(process.env.UNDERSTUDY_OVERLAP_EXERCISES ?? 4_000)
/** Problems judged in one program of the sandbox. */
const problemsAtATime = 10

/** A benchmark's problem as `overlaps.py` reads it. */
interface Problem {
  id: string
  /** Defines the function, to know its parameters. */
  reference: string
  name: string
  /** Raises where the function of that name is wrong. */
  test: string
}

/**
 * Which problems of HumanEval and MBPP a solution of practice solves. A score without them tells what a model can do
 * that it was not shown.
 */
export const overlapsFigures: Benchmark = {
  name: 'overlaps',
  title: 'Problems of HumanEval and MBPP that an exercise of practice solves',
  cost: 'bubblewrap and the folder of public benchmarks; some minutes',
  async measure(): Promise<Values> {
    const solutions = await drawPythonSolutions(exercises, 1)
    const values: Values = { exercises, 'different solutions': solutions.length }
    const sandbox = await openSandbox()
    try {
      for (const [name, problems] of Object.entries({ HumanEval: humaneval(), MBPP: mbpp() })) {
        const found = await overlapsOf(problems, solutions, sandbox)
        values[`${name}, problems`] = problems.length
        values[`${name}, solved by an exercise`] = found.size
        values[`${name}, which and by what`] = Object.fromEntries(found)
      }
    } finally {
      await sandbox.close()
    }
    return values
  },
}

function humaneval(): Problem[] {
  return records('humaneval/HumanEval.jsonl.gz').map(
    ({ task_id, prompt, canonical_solution, test, entry_point }) => ({
      id: task_id!,
      reference: `${prompt}${canonical_solution}`,
      name: entry_point!,
      test: `${test}\ncheck(${entry_point})`,
    }),
  )
}

function mbpp(): Problem[] {
  return records('mbpp/mbpp.jsonl.gz').flatMap(({ task_id, code, test_list, test_setup_code }) => {
    const name = /^\s*assert\s+(?:\w+\()*?(\w+)\(/.exec(test_list?.[0] ?? '')?.[1]
    const tests = [test_setup_code ?? '', ...(test_list ?? [])].join('\n')
    return name === undefined ? [] : [{ id: `MBPP/${task_id}`, reference: code!, name, test: tests }]
  })
}

type Fields =
  | 'task_id'
  | 'prompt'
  | 'canonical_solution'
  | 'test'
  | 'entry_point'
  | 'code'
  | 'test_setup_code'

function records(path: string): (Partial<Record<Fields, string>> & { test_list?: string[] })[] {
  const text = gunzipSync(readFileSync(join(benchData, path))).toString('utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** By problem: the origins of the first exercise that solves it. */
async function overlapsOf(
  problems: readonly Problem[],
  solutions: readonly Solution[],
  sandbox: Sandbox,
): Promise<Map<string, string>> {
  const judge = readFileSync(join(import.meta.dirname, 'overlaps.py'), 'utf8')
  const lots = Array.from({ length: Math.ceil(problems.length / problemsAtATime) }, (_, lot) =>
    problems.slice(lot * problemsAtATime, (lot + 1) * problemsAtATime),
  )
  const found = new Map<string, string>()
  await Promise.all(
    lots.map(async (lot) => {
      const data = JSON.stringify({
        problems: lot,
        solutions: solutions.map(({ code, entry }) => [code, entry]),
      })
      const verdict = await sandbox.run({
        language: 'python',
        source: `data = ${JSON.stringify(data)}\n${judge}`,
        limits: { milliseconds: 300_000, outputBytes: 1 << 20 },
      })
      if (verdict.outcome !== 'passed')
        throw new Error(`judging overlaps: ${JSON.stringify(verdict).slice(0, 300)}`)
      for (const line of verdict.stdout.trim().split('\n').filter(Boolean)) {
        const [problem = '', solution] = line.split('\t')
        found.set(problem, solutions[Number(solution)]!.origins.join(' + '))
      }
    }),
  )
  return new Map([...found].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })))
}
