import type { Estimate } from '../report/result.ts'
import type { Judgement } from '../sampling/sample.ts'
import { estimateMean } from './bootstrap.ts'
import { passAtK, reportedK } from './pass-at-k.ts'

/** What scoring reads of one sample. */
export interface ScoredSample {
  outcome: Judgement['outcome']
  /** After the problem's own trim. */
  completion: string
  meanLogprob?: number | undefined
}

export interface ScoredProblem {
  id: string
  /** In the order of their index. */
  samples: ScoredSample[]
  /** What an exact match equals, white space at the ends aside. */
  reference?: string | undefined
}

export interface Score {
  passAt: Record<string, Estimate>
  exactMatch?: Estimate
  /** Over the first `samples` of each problem, as far as all have a log-probability. */
  ranked?: { byMeanLogprob: Estimate; random: Estimate; samples: number }
  /** Share of a problem's samples that differ from one another. */
  distinct: Estimate
  outcomes: Record<string, number>
}

/**
 * Scores a run. Every problem must have the same number of samples, at least one. Sums are taken in the order of
 * the problems, so the same judgements give the same figures to the last bit.
 */
export function scoreRun(problems: readonly ScoredProblem[], seed: number): Score {
  const n = problems[0]?.samples.length ?? 0
  if (n === 0 || problems.some(({ samples }) => samples.length !== n))
    throw new RangeError('Every problem needs the same number of samples, at least one.')
  const estimate = (of: (problem: ScoredProblem) => number, among = problems) =>
    estimateMean(among.map(of), seed)
  const passed = problems.map(({ samples }) => samples.filter(isPass).length)
  const referenced = problems.filter(({ reference }) => reference !== undefined)
  const rankable = Math.min(...problems.map(({ samples }) => leadingRankable(samples)))
  const leading = problems.map((problem) => ({ ...problem, samples: problem.samples.slice(0, rankable) }))
  const outcomes: Record<string, number> = {}
  for (const { samples } of problems)
    for (const { outcome } of samples) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  return {
    passAt: Object.fromEntries(
      reportedK(n).map((k) => [
        k,
        estimateMean(
          passed.map((c) => passAtK(n, c, k)),
          seed,
        ),
      ]),
    ),
    ...(referenced.length > 0 ? { exactMatch: estimate(matchingShare, referenced) } : {}),
    ...(rankable > 1
      ? {
          ranked: {
            byMeanLogprob: estimate(({ samples }) => likeliestPasses(samples), leading),
            random: estimate(({ samples }) => samples.filter(isPass).length / rankable, leading),
            samples: rankable,
          },
        }
      : {}),
    distinct: estimate(({ samples }) => new Set(samples.map(({ completion }) => completion)).size / n),
    outcomes,
  }
}

/** How many of the first samples have a log-probability. */
function leadingRankable(samples: readonly ScoredSample[]): number {
  const without = samples.findIndex(({ meanLogprob }) => meanLogprob === undefined)
  return without < 0 ? samples.length : without
}

function isPass({ outcome }: ScoredSample): boolean {
  return outcome === 'passed' || outcome === 'matched'
}

function matchingShare({ samples, reference }: ScoredProblem): number {
  return (
    samples.filter(({ completion }) => equalsReference(completion, reference ?? '')).length / samples.length
  )
}

/** Exact match, white space at the ends aside. */
export function equalsReference(completion: string, reference: string): boolean {
  return completion.trim() === reference.trim()
}

/** Share that passes of the samples whose mean log-probability is highest; mostly that is one. */
function likeliestPasses(samples: readonly ScoredSample[]): number {
  const highest = samples.reduce(
    (best, { meanLogprob = -Infinity }) => Math.max(best, meanLogprob),
    -Infinity,
  )
  const best = samples.filter(({ meanLogprob }) => meanLogprob === highest)
  return best.filter(isPass).length / best.length
}
