import type { Sandbox, Verdict } from '../../sandbox/index.ts'
import type { Rendered, Renderer } from '../render/renderer.ts'

/** What running a rendering said of it. */
export type Verification =
  | { outcome: 'agrees' }
  /** It gave something else than the interpreter, or did not run at all. */
  | { outcome: 'disagrees'; reason: string }
  /** Nothing ran: the toolchain or the sandbox is missing. Never to be counted as a failure. */
  | { outcome: 'refused'; message: string }

/**
 * Runs renderings of one language against the interpreter's examples, all in one program of the sandbox, since starting
 * and compiling take most of the time. A program that does not come to its end (one rendering does not compile, exits, or
 * never ends) is halved until the culprit stands alone. Answers in the order of the batch.
 */
export async function verifyRenderings(
  renderer: Pick<Renderer, 'check'>,
  batch: readonly Rendered[],
  sandbox: Pick<Sandbox, 'run'>,
  signal?: AbortSignal,
): Promise<Verification[]> {
  if (batch.length === 0) return []
  const verdict = await sandbox.run(renderer.check(batch), signal)
  if (verdict.outcome === 'refused')
    return batch.map(() => ({ outcome: 'refused', message: verdict.message }))
  if (verdict.outcome === 'passed') {
    const lines = readLines(verdict.stdout, batch.length)
    if (lines !== undefined) return lines
  }
  if (batch.length === 1) return [{ outcome: 'disagrees', reason: reasonOf(verdict) }]
  const middle = batch.length >> 1
  return [
    ...(await verifyRenderings(renderer, batch.slice(0, middle), sandbox, signal)),
    ...(await verifyRenderings(renderer, batch.slice(middle), sandbox, signal)),
  ]
}

/** One line a rendering, as {@link Renderer.check} says; undefined where one is missing. */
function readLines(stdout: string, count: number): Verification[] | undefined {
  const found = new Map<number, string>()
  for (const line of stdout.split('\n')) {
    const [, index, said] = /^(\d+) (.+)$/.exec(line) ?? []
    if (index !== undefined && said !== undefined) found.set(Number(index), said)
  }
  const verifications = Array.from({ length: count }, (_, index): Verification | undefined => {
    const said = found.get(index)
    if (said === undefined) return undefined
    return said === 'ok' ? { outcome: 'agrees' } : { outcome: 'disagrees', reason: said }
  })
  return verifications.every((one) => one !== undefined) ? verifications : undefined
}

function reasonOf(verdict: Exclude<Verdict, { outcome: 'refused' }>): string {
  switch (verdict.outcome) {
    case 'passed':
      return 'printed no verdict'
    case 'failed': {
      const detail = verdict.stderr.trim().split('\n').slice(-3).join(' ')
      return `${verdict.stage === 'compile' ? 'does not compile' : verdict.reason}: ${detail}`.slice(0, 500)
    }
    case 'timed-out':
      return 'ran out of time'
    case 'out-of-memory':
      return 'ran out of memory'
  }
}
