import { UserError } from '../lib/index.ts'

/** Runs `work` with a signal that Ctrl-C and SIGTERM abort; a second Ctrl-C ends the process at once. */
export async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  hint = 'Run the same command again.',
): Promise<T> {
  const controller = new AbortController()
  const stop = () => controller.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await work(controller.signal)
  } catch (error) {
    if (error !== controller.signal.reason) throw error
    throw new UserError('Interrupted.', hint, { cause: error })
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}
