import { type Completion, type CompletionRequest, completion } from './completions.ts'
import { errorBody } from './errors.ts'
import { type Health, health } from './health.ts'
import { type ModelList, modelList } from './models.ts'
import { readServerSentEvents } from './server-sent-events.ts'
import {
  type ModelDetails,
  type ModelDetailsList,
  modelDetails,
  modelDetailsList,
} from './understudy-models.ts'
import type { z } from './zod.ts'

/** A request as callers write it: `stream` is chosen by the function that sends it. */
export type CompletionInput = Omit<CompletionRequest, 'stream' | 'stream_options'>

export interface CallOptions {
  signal?: AbortSignal
}

export interface ClientOptions {
  /** Where the server is, such as `http://127.0.0.1:8420`; a trailing `/v1` is allowed. */
  baseUrl: string
  token?: string
}

/**
 * A typed client of the server's API and, as far as `/v1` goes, of any server that speaks OpenAI's completions.
 * Runs wherever `fetch` does. Refusals and unreadable answers throw {@link ApiError}; an abort throws the
 * signal's reason.
 */
export interface Client {
  complete(request: CompletionInput, options?: CallOptions): Promise<Completion>
  /** The chunks of one streamed completion, the last with the usage. Leaving the loop cancels the request. */
  streamCompletion(request: CompletionInput, options?: CallOptions): AsyncGenerator<Completion>
  models(options?: CallOptions): Promise<ModelList>
  health(options?: CallOptions): Promise<Health>
  /** What the model picker shows. */
  modelDetails(options?: CallOptions): Promise<ModelDetailsList>
  /** Offers a GGUF file that lies on the server's machine. */
  addModel(path: string, options?: CallOptions): Promise<ModelDetails>
}

/** What a server refused or failed at, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** The HTTP status; undefined for an error inside a stream that had begun well. */
  readonly status: number | undefined
  readonly param: string | undefined
  readonly code: string | undefined

  constructor(
    message: string,
    details: { status?: number; param?: string; code?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
    this.status = details.status
    this.param = details.param
    this.code = details.code
  }
}

export function createClient({ baseUrl, token }: ClientOptions): Client {
  const root = baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '')

  async function call(path: string, body: unknown, { signal }: CallOptions = {}): Promise<Response> {
    const headers: Record<string, string> = {}
    if (token !== undefined) headers.authorization = `Bearer ${token}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    const response = await fetch(`${root}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    if (!response.ok) throw toApiError(await response.text(), response.status)
    return response
  }

  async function callFor<T extends z.ZodType>(
    schema: T,
    path: string,
    body: unknown,
    options?: CallOptions,
  ): Promise<z.infer<T>> {
    const response = await call(path, body, options)
    return parseAs(schema, await response.text(), response.status)
  }

  return {
    complete: (request, options) =>
      callFor(completion, '/v1/completions', { ...request, stream: false }, options),
    async *streamCompletion(request, options) {
      const body = { ...request, stream: true, stream_options: { include_usage: true } }
      const response = await call('/v1/completions', body, options)
      if (!response.body) throw new ApiError('The server sent an empty answer.', { status: response.status })
      for await (const { event, data } of readServerSentEvents(response.body)) {
        if (data === '[DONE]') return
        if (event === 'error' || data.startsWith('{"error"')) throw toApiError(data, undefined)
        yield parseAs(completion, data, response.status)
      }
      throw new ApiError('The server closed the stream before its end.', { status: response.status })
    },
    models: (options) => callFor(modelList, '/v1/models', undefined, options),
    health: (options) => callFor(health, '/health', undefined, options),
    modelDetails: (options) => callFor(modelDetailsList, '/understudy/models', undefined, options),
    addModel: (path, options) => callFor(modelDetails, '/understudy/models', { path }, options),
  }
}

function parseAs<T extends z.ZodType>(schema: T, text: string, status: number): z.infer<T> {
  const parsed = schema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new ApiError('The server sent an answer that is not in the expected form.', {
    status,
    cause: parsed.error,
  })
}

function toApiError(text: string, status: number | undefined): ApiError {
  const parsed = errorBody.safeParse(parseJson(text))
  const where = status === undefined ? {} : { status }
  if (!parsed.success) return new ApiError(`The server answered with status ${status ?? 'unknown'}.`, where)
  const { message, param, code } = parsed.data.error
  return new ApiError(message, { ...where, ...(param ? { param } : {}), ...(code ? { code } : {}) })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
