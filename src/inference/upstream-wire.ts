import type { GenerateRequest, ScoredToken } from './engine.ts'
import { EngineError, type EngineErrorKind } from './engine-error.ts'

/** The part of OpenAI's completions protocol that an upstream engine speaks, and its way into the engine's words. */

/** OpenAI takes no more stop strings than this; the engine itself looks out for all of them. */
const stopLimit = 4

/** The body of a streamed completion. Extensions of vLLM and llama.cpp are sent only where they are used. */
export function toWireRequest(
  request: Omit<GenerateRequest, 'signal'>,
  model: string,
): Record<string, unknown> {
  const { prompt, maxTokens, stop, sampling, topLogprobs } = request
  const { temperature, topP, topK, minP, seed, logitBias } = sampling
  return {
    model,
    prompt: prompt.kind === 'text' ? prompt.text : prompt.kind === 'tokens' ? prompt.tokens : prompt.prefix,
    ...(prompt.kind === 'infill' ? { suffix: prompt.suffix } : {}),
    max_tokens: maxTokens,
    temperature,
    top_p: topP,
    ...(topK > 0 ? { top_k: topK } : {}),
    ...(minP > 0 ? { min_p: minP } : {}),
    ...(sampling.repetitionPenalty === 1 ? {} : { repetition_penalty: sampling.repetitionPenalty }),
    ...(sampling.frequencyPenalty === 0 ? {} : { frequency_penalty: sampling.frequencyPenalty }),
    ...(sampling.presencePenalty === 0 ? {} : { presence_penalty: sampling.presencePenalty }),
    ...(Object.keys(logitBias).length === 0 ? {} : { logit_bias: logitBias }),
    ...(stop.length === 0 ? {} : { stop: stop.slice(0, stopLimit) }),
    seed,
    // Some servers take 0 for none at all.
    logprobs: Math.max(1, topLogprobs),
    stream: true,
    stream_options: { include_usage: true },
  }
}

/** One message of a stream. */
export interface WireChunk {
  tokens: { text: string; logprob: number; top: ScoredToken[] }[]
  finish: 'stop' | 'length' | undefined
  usage: { prompt: number; completion: number; cached: number } | undefined
}

/** Ids are not told by the protocol. */
export const unknownId = -1

/** Reads a message of a stream, trusting nothing in it. Throws {@link EngineError} where it is an error or no message. */
export function readChunk(data: string): WireChunk {
  const message = record(parse(data))
  if (!message) throw new EngineError('upstream', 'The upstream server sent something that is no completion.')
  if (message.error !== undefined)
    throw new EngineError(
      'upstream',
      `The upstream server failed: ${errorMessage(message) ?? 'no reason given'}`,
    )
  const choice = record(list(message.choices)[0]) ?? {}
  const reason = choice.finish_reason
  return {
    tokens: readTokens(typeof choice.text === 'string' ? choice.text : '', record(choice.logprobs)),
    finish: typeof reason !== 'string' ? undefined : reason === 'length' ? 'length' : 'stop',
    usage: readUsage(record(message.usage)),
  }
}

/**
 * The tokens of a choice. Where the server's spelling of them does not give the text (tokens that are part of a
 * character), the last one carries all of it.
 */
function readTokens(text: string, logprobs: Record<string, unknown> | undefined): WireChunk['tokens'] {
  const spelled = list(logprobs?.tokens).map(String)
  if (spelled.length === 0) return text === '' ? [] : [{ text, logprob: Number.NaN, top: [] }]
  const exact = spelled.join('') === text
  return spelled.map((token, i) => ({
    text: exact ? token : i === spelled.length - 1 ? text : '',
    logprob: number(list(logprobs?.token_logprobs)[i]) ?? Number.NaN,
    top: readTop(list(logprobs?.top_logprobs)[i]),
  }))
}

function readTop(value: unknown): ScoredToken[] {
  const entries = Object.entries(record(value) ?? {}).flatMap(([text, logprob]) =>
    typeof logprob === 'number' ? [{ id: unknownId, text, logprob }] : [],
  )
  return entries.sort((a, b) => b.logprob - a.logprob)
}

function readUsage(usage: Record<string, unknown> | undefined): WireChunk['usage'] {
  if (!usage) return undefined
  return {
    prompt: number(usage.prompt_tokens) ?? 0,
    completion: number(usage.completion_tokens) ?? 0,
    cached: number(record(usage.prompt_tokens_details)?.cached_tokens) ?? 0,
  }
}

/** The log-probabilities of an echoed prompt, one for each of `tokens`. */
export function readScores(data: string, tokens: number[], topLogprobs: number): ScoredToken[] {
  const choice = record(list(record(parse(data))?.choices)[0])
  const logprobs = record(choice?.logprobs)
  const spelled = list(logprobs?.tokens)
  if (spelled.length < tokens.length)
    throw new EngineError('unsupported', 'The upstream server does not give log-probabilities of prompts.')
  return tokens.map((id, i) => ({
    id,
    text: String(spelled[i]),
    logprob: i === 0 ? undefined : number(list(logprobs?.token_logprobs)[i]),
    ...(topLogprobs > 0 ? { top: readTop(list(logprobs?.top_logprobs)[i]).slice(0, topLogprobs) } : {}),
  }))
}

/** The models that a server lists, with the length of their context where it tells. */
export function readModels(data: string): { id: string; contextLength: number | undefined }[] {
  return list(record(parse(data))?.data).flatMap((entry) => {
    const model = record(entry)
    if (typeof model?.id !== 'string') return []
    // vLLM; this project and others; llama.cpp's server.
    const length =
      number(model.max_model_len) ?? number(model.context_length) ?? number(record(model.meta)?.n_ctx)
    return [{ id: model.id, contextLength: length }]
  })
}

/** An HTTP status and body as an error. */
export function toEngineError(status: number, body: string): EngineError {
  const said = errorMessage(record(parse(body)))
  const message = said
    ? `The upstream server answered ${status}: ${said}`
    : `The upstream server answered ${status}.`
  return new EngineError(kindOfStatus(status), message)
}

function kindOfStatus(status: number): EngineErrorKind {
  if (status === 429 || status === 503) return 'overloaded'
  if (status === 400 || status === 413 || status === 422) return 'invalid'
  return 'upstream'
}

function errorMessage(body: Record<string, unknown> | undefined): string | undefined {
  const { error } = body ?? {}
  const message = typeof error === 'string' ? error : record(error)?.message
  return typeof message === 'string' ? message.slice(0, 500) : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
