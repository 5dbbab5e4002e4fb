import type { ErrorBody } from '../api/index.ts'
import { EngineError, type EngineErrorKind } from '../inference/index.ts'
import { UserError } from '../lib/index.ts'
import { RequestError } from './request-error.ts'

export interface ErrorAnswer {
  status: number
  body: ErrorBody
}

const statusOfEngineError: Record<EngineErrorKind, number> = {
  died: 503,
  overloaded: 503,
  loading: 503,
  upstream: 502,
  unsupported: 400,
  invalid: 400,
}

/**
 * Anything that was thrown, as a status and a body in OpenAI's error shape. What nobody foresaw becomes a plain
 * 500 that tells nothing of the inside; the log has the rest.
 */
export function toErrorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof RequestError) return answer(error.status, error.message, error.code, error.param)
  if (error instanceof EngineError)
    return answer(statusOfEngineError[error.kind], error.message, `engine_${error.kind}`)
  if (isAbort(error)) return answer(503, 'The request was cancelled.', 'cancelled')
  if (error instanceof UserError) return answer(400, `${error.message} ${error.hint}`)
  const status = statusOfFrameworkError(error)
  if (status !== undefined) return answer(status, (error as Error).message)
  return answer(500, 'The server failed to answer this request.', 'internal_error')
}

/** What an engine throws where its signal aborts: the client has gone, or the server is shutting down. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

function answer(status: number, message: string, code?: string, param?: string): ErrorAnswer {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error'
  return { status, body: { error: { message, type, param: param ?? null, code: code ?? null } } }
}

/** Fastify's own refusals (a body that is not JSON, too large, of another type) carry their 4xx status. */
function statusOfFrameworkError(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const status = error.statusCode
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
