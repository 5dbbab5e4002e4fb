import { sha256 } from '../../lib/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Problem } from '../problem.ts'
import type { Judgement, Sample } from '../sampling/sample.ts'
import { createJudge, trimmed } from './judge.ts'
import type { RunFolder } from './run-folder.ts'

interface FlakyOptions {
  run: Pick<RunFolder, 'again'>
  problems: ReadonlyMap<string, Problem>
  samples: ReadonlyMap<string, Sample>
  judgements: ReadonlyMap<string, Judgement>
  sandbox: Sandbox
  /** How many programs to run once more at most. */
  count: number
  signal?: AbortSignal
}

/**
 * Runs programs that passed once more, and answers with the problems of those that then did not: their tests, or
 * the machine, cannot be relied on. Which programs depends on the samples alone, spread evenly over them.
 */
export async function findFlaky(options: FlakyOptions): Promise<string[]> {
  const { run, problems, samples, judgements, sandbox, count, signal } = options
  const done = new Map(run.again.records.map((record) => [`${record.problem} ${record.index}`, record]))
  let failure: { error: unknown } | undefined
  const judge = createJudge({
    sandbox,
    ...(signal ? { signal } : {}),
    onJudgement(judgement) {
      run.again.append([judgement])
      done.set(`${judgement.problem} ${judgement.index}`, judgement)
    },
    onFailure: (error) => {
      failure = { error }
    },
  })
  const chosen = choose(differentPassed(problems, samples, judgements), count)
  for (const sample of chosen)
    if (!done.has(`${sample.problem} ${sample.index}`)) judge.add(problems.get(sample.problem)!, sample)
  await judge.finish()
  if (failure) throw failure.error
  const changed = chosen.filter(({ problem, index }) => done.get(`${problem} ${index}`)?.outcome !== 'passed')
  return [...new Set(changed.map(({ problem }) => problem))].toSorted()
}

/** Of samples that passed with the same completion, one. */
function differentPassed(
  problems: FlakyOptions['problems'],
  samples: FlakyOptions['samples'],
  judgements: FlakyOptions['judgements'],
): Sample[] {
  const different = new Map<string, Sample>()
  for (const [place, sample] of samples) {
    if (judgements.get(place)?.outcome !== 'passed') continue
    const completion = trimmed(problems.get(sample.problem)!, sample.completion)
    const key = sha256(JSON.stringify([sample.problem, completion]))
    const known = different.get(key)
    if (known === undefined || sample.index < known.index) different.set(key, sample)
  }
  return [...different.values()].toSorted(
    (a, b) => (a.problem < b.problem ? -1 : a.problem > b.problem ? 1 : 0) || a.index - b.index,
  )
}

/** `count` items, evenly spread. */
function choose<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items]
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!)
}
