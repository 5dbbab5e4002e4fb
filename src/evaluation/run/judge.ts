import { availableParallelism } from 'node:os'
import { sha256 } from '../../lib/index.ts'
import type { Sandbox, Verdict } from '../../sandbox/index.ts'
import type { Problem } from '../problem.ts'
import type { Judgement, Sample } from '../sampling/sample.ts'
import { equalsReference } from '../scoring/score.ts'

/** The sandbox would not run a program: the benchmark has no score. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

export interface JudgeOptions {
  /** Absent where completions are only compared. */
  sandbox?: Sandbox
  signal?: AbortSignal
  onJudgement(judgement: Judgement): void
  /** The first failure; nothing is judged after it. */
  onFailure(error: unknown): void
}

/** Judges samples while others are drawn. */
export interface Judge {
  add(problem: Problem, sample: Sample): void
  /** Waits until all that was added is judged. Throws what `onFailure` told. */
  finish(): Promise<void>
}

/** Programs on their way at a time: enough that the sandbox never waits, few enough that memory does not matter. */
const width = 2 * availableParallelism()

/**
 * Judges by running, each different program once (a repeated one took 0 ms), or by comparing with the reference.
 */
export function createJudge(options: JudgeOptions): Judge {
  const { sandbox, signal, onJudgement, onFailure } = options
  const verdicts = new Map<string, Promise<Pick<Judgement, 'outcome' | 'reason' | 'milliseconds'>>>()
  const waiting: [Problem, Sample][] = []
  const running = new Set<Promise<void>>()
  let failure: { error: unknown } | undefined

  async function judge(problem: Problem, sample: Sample): Promise<void> {
    const place = { problem: sample.problem, index: sample.index }
    const completion = trimmed(problem, sample.completion)
    if (sandbox === undefined) {
      const outcome = equalsReference(completion, problem.reference ?? '') ? 'matched' : 'different'
      return onJudgement({ ...place, outcome, milliseconds: 0 })
    }
    if (problem.program === undefined) throw new Error(`${problem.id} has no program to judge by.`)
    const program = problem.program(completion)
    const key = sha256(JSON.stringify(program))
    const known = verdicts.get(key)
    if (known) return onJudgement({ ...place, ...(await known), milliseconds: 0 })
    const verdict = sandbox.run(program, signal).then((said) => {
      // What ended with the command may have ended because of it.
      signal?.throwIfAborted()
      return describeVerdict(said)
    })
    verdicts.set(key, verdict)
    onJudgement({ ...place, ...(await verdict) })
  }

  function fill(): void {
    while (running.size < width && !failure) {
      const next = waiting.pop()
      if (next === undefined) return
      const done = judge(...next)
        .catch((error: unknown) => {
          if (failure) return
          failure = { error }
          onFailure(error)
        })
        .finally(() => {
          running.delete(done)
          fill()
        })
      running.add(done)
    }
  }

  return {
    add(problem, sample) {
      waiting.push([problem, sample])
      fill()
    },
    async finish() {
      while (running.size > 0) await Promise.all(running)
      if (failure) throw failure.error
    },
  }
}

/** A completion as it is judged and compared. */
export function trimmed(problem: Problem, completion: string): string {
  return problem.trim ? problem.trim(completion) : completion
}

function describeVerdict(verdict: Verdict): Pick<Judgement, 'outcome' | 'reason' | 'milliseconds'> {
  if (verdict.outcome === 'refused') throw new RefusedError(verdict.message)
  const { outcome, milliseconds } = verdict
  const reason =
    verdict.outcome === 'failed'
      ? oneLine(verdict.reason)
      : verdict.outcome === 'timed-out' && verdict.stage === 'compile'
        ? 'the compilation took too long'
        : undefined
  return {
    outcome,
    ...(reason === undefined ? {} : { reason }),
    milliseconds: Math.round(milliseconds * 10) / 10,
  }
}

function oneLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 200)
}
