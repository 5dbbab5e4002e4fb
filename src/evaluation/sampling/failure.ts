import { ApiError } from '../../api/index.ts'
import { messageOf, UserError } from '../../lib/index.ts'

/** Thrown where a server took longer than it was given. */
export class StalledError extends Error {
  override readonly name = 'StalledError'
  readonly seconds: number

  constructor(seconds: number, options?: { cause?: unknown }) {
    super(`no answer within ${seconds} s`, options)
    this.seconds = seconds
  }
}

/** Calls with a signal that also aborts after `seconds`; then it throws a {@link StalledError}. */
export async function within<T>(
  seconds: number,
  signal: AbortSignal | undefined,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(seconds * 1000)
  try {
    return await call(signal ? AbortSignal.any([signal, limit]) : limit)
  } catch (error) {
    signal?.throwIfAborted()
    throw limit.aborted ? new StalledError(seconds, { cause: error }) : error
  }
}

/** Whether asking again may help: the server is busy, restarting or gone for a moment. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 429 || (error.status ?? 500) >= 500
  // `fetch` throws a TypeError where there is no connection, or where it breaks.
  return error instanceof StalledError || error instanceof TypeError
}

/** What a server did wrong, as a sentence with a remedy; what is no server's fault is returned as it is. */
export function explainFailure(error: unknown, url: string): unknown {
  if (error instanceof StalledError)
    return new UserError(
      `The server at ${url} did not answer within ${error.seconds} s.`,
      'It may be overloaded: raise --timeout, or lower --per-request. The same command goes on from here.',
      { cause: error },
    )
  if (error instanceof TypeError)
    return new UserError(
      `No server answers at ${url}: ${messageOf(error.cause ?? error)}.`,
      'Start it again; the same command goes on from here.',
      { cause: error },
    )
  if (!(error instanceof ApiError)) return error
  const [message, hint] = describe(error, url)
  return new UserError(message, hint, { cause: error })
}

function describe(error: ApiError, url: string): [message: string, hint: string] {
  const { status = 500, message } = error
  if (status === 401 || status === 403)
    return [
      `The server at ${url} does not accept the token.`,
      'Give its token with --token or UNDERSTUDY_TOKEN.',
    ]
  if (status < 300)
    return [
      `What answers at ${url} does not speak OpenAI's completions: ${message}`,
      'Check the URL; it may be the address of a page or of a proxy.',
    ]
  if (status === 429 || status >= 500)
    return [
      `The server at ${url} failed: ${message}`,
      'Look at its log; the same command goes on from here once it works again.',
    ]
  return [`The server at ${url} refused: ${message}`, 'Check --server, --model-name and the sampling.']
}
