import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '../lib/index.ts'
import type { EndEvent, Engine, EngineModel, GenerateEvent, GenerateRequest } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { readEventData } from './server-sent-events.ts'
import { createTokenStream } from './token-stream.ts'
import {
  readChunk,
  readModels,
  readScores,
  toEngineError,
  toWireRequest,
  unknownId,
  type WireChunk,
} from './upstream-wire.ts'

export interface UpstreamEngineOptions {
  /** Where the server is, such as `http://127.0.0.1:8000`; a trailing `/v1` is allowed. */
  baseUrl: string
  apiKey?: string
  /** The model's name there; the first that the server lists where absent. */
  model?: string
  /** Tokens in the context window, where the server does not tell. Default 4096. */
  contextLength?: number
  signal?: AbortSignal
}

/** Milliseconds before each further attempt, as long as nothing has been answered. */
const retryDelays = [200, 1_000]

/**
 * An engine behind us that speaks OpenAI's completions (vLLM, llama.cpp's server, another of these). Token ids and
 * sizes that the protocol does not tell are unknown: `id` is -1, and a log-probability that was not sent is NaN.
 */
export async function createUpstreamEngine(options: UpstreamEngineOptions): Promise<Engine> {
  const { apiKey, signal } = options
  const root = options.baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '')
  const closing = new AbortController()
  const headers = {
    'content-type': 'application/json',
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  }

  /** Sends a request, again while it fails before it is answered. An abort throws the signal's reason. */
  async function call(path: string, body: object | undefined, cancel: AbortSignal): Promise<Response> {
    for (const delay of [...retryDelays, undefined]) {
      const answer = await attempt(path, body, cancel)
      if (answer instanceof Response) return answer
      if (delay === undefined || !answer.mayPass) throw answer.error
      await sleep(delay, undefined, { signal: cancel })
    }
    throw new Error('unreachable')
  }

  async function attempt(
    path: string,
    body: object | undefined,
    cancel: AbortSignal,
  ): Promise<Response | { error: EngineError; mayPass: boolean }> {
    try {
      const response = await fetch(`${root}${path}`, {
        method: body ? 'POST' : 'GET',
        headers,
        signal: cancel,
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      if (response.ok) return response
      const error = toEngineError(response.status, await response.text())
      return { error, mayPass: response.status === 429 || response.status >= 500 }
    } catch (cause) {
      cancel.throwIfAborted()
      const problem = `The upstream server at ${root} cannot be reached.`
      return { error: new EngineError('upstream', problem, { cause }), mayPass: true }
    }
  }

  async function* chunks(
    request: Omit<GenerateRequest, 'signal'>,
    cancel: AbortSignal,
  ): AsyncGenerator<WireChunk> {
    const response = await call('/v1/completions', toWireRequest(request, model.name), cancel)
    if (!response.body) throw new EngineError('upstream', 'The upstream server sent an empty answer.')
    try {
      for await (const data of readEventData(response.body)) {
        if (data.trim() === '[DONE]') return
        yield readChunk(data)
      }
    } catch (cause) {
      if (cause instanceof EngineError || cancel.aborted) throw cause
      const problem = `The connection to the upstream server broke: ${messageOf(cause)}.`
      throw new EngineError('upstream', problem, { cause })
    }
  }

  async function* generate({ signal: cancel, ...request }: GenerateRequest): AsyncGenerator<GenerateEvent> {
    if (closing.signal.aborted) throw new EngineError('died', 'The engine was closed.')
    // Aborted at the end in any case, which closes a connection that is still open.
    const leaving = new AbortController()
    const signals = [leaving.signal, closing.signal, ...(cancel ? [cancel] : [])]
    const stream = createTokenStream(request.stop)
    let usage: WireChunk['usage']
    let count = 0
    const end = (reason: EndEvent['reason']): EndEvent => ({
      type: 'end',
      reason,
      promptTokens: usage?.prompt ?? 0,
      cachedTokens: usage?.cached ?? 0,
      completionTokens: usage?.completion ?? count,
      truncated: false,
    })
    try {
      let finish: WireChunk['finish']
      for await (const chunk of chunks(request, AbortSignal.any(signals))) {
        usage = chunk.usage ?? usage
        finish = chunk.finish ?? finish
        for (const { text, logprob, top } of chunk.tokens) {
          count++
          const token = { id: unknownId, bytes: text, logprob, top: top.slice(0, request.topLogprobs) }
          const { events, stopped } = stream.push(token)
          yield* events
          if (stopped) return yield end('stop')
        }
      }
      yield* stream.flush()
      if (!finish) throw new EngineError('upstream', 'The upstream server ended the stream before its end.')
      yield end(finish)
    } catch (error) {
      if (closing.signal.aborted) throw new EngineError('died', 'The engine was closed.', { cause: error })
      if (!cancel?.aborted) throw error
      yield* stream.flush()
      yield end('cancelled')
    } finally {
      leaving.abort()
    }
  }

  const listed = readModels(await (await call('/v1/models', undefined, signal ?? closing.signal)).text())
  const chosen = options.model === undefined ? listed[0] : listed.find(({ id }) => id === options.model)
  const name = options.model ?? chosen?.id
  if (name === undefined)
    throw new EngineError('upstream', `The upstream server at ${root} lists no model. Name one.`)
  const model: EngineModel = {
    name,
    contextLength: chosen?.contextLength ?? options.contextLength ?? 4096,
    vocabularySize: Number.MAX_SAFE_INTEGER,
    // Whether a suffix is understood shows only when one is sent.
    infill: true,
  }

  const noTokens = async (): Promise<never> => {
    throw new EngineError('unsupported', 'The upstream server does not say how it splits text into tokens.')
  }
  return {
    model,
    generate,
    async score(tokens, { topLogprobs, signal: cancel }) {
      const logprobs = Math.max(1, topLogprobs)
      const body = { model: name, prompt: tokens, max_tokens: 0, echo: true, logprobs }
      const signals = [closing.signal, ...(cancel ? [cancel] : [])]
      const response = await call('/v1/completions', body, AbortSignal.any(signals))
      return readScores(await response.text(), tokens, topLogprobs)
    },
    tokenize: noTokens,
    detokenize: noTokens,
    dispose: async () => closing.abort(),
  }
}
