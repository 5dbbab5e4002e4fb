import { setTimeout as sleep } from 'node:timers/promises'
import {
  ApiError,
  type Completion,
  type CompletionChoice,
  type CompletionInput,
  createClient,
} from '../../api/index.ts'
import { UserError } from '../../lib/index.ts'
import type { Problem } from '../problem.ts'
import { isPassing, within } from './failure.ts'
import type { Sample, Sampling } from './sample.ts'
import { cutAtStops } from './stop.ts'
import type { Server, Source } from './subject.ts'

/** What one choice of an answer says of a sample. */
export type Drawn = Pick<Sample, 'completion' | 'tokens' | 'meanLogprob' | 'finish'>

export interface Question {
  problem: Problem
  /** Seed of the first choice; the next has the next. */
  seed: number
  count: number
  /** Whether log-probabilities are asked for: they cost time. */
  logprobs: boolean
}

/** Asks one server. Answers with at least one sample and at most `count`, in the order of their seeds. */
export type Ask = (question: Question, signal?: AbortSignal) => Promise<Drawn[]>

export interface AskOptions {
  source: Pick<Source, 'modelName' | 'logprobs'>
  sampling: Pick<Sampling, 'temperature' | 'topP'>
  /** Seconds that one request may take. */
  timeout: number
  /** Milliseconds to wait before each further try of what failed in passing. */
  retryDelays: readonly number[]
}

/** What OpenAI's own server takes; others may take more. */
const leastStops = 4

/**
 * Makes the function that asks one server. It learns what the server does not take (more than four stop strings,
 * log-probabilities, several choices) and does without; where the window is too small for prompt and completion
 * together, the completion gets what the prompt leaves. A prompt that leaves nothing gets an empty completion of
 * no tokens that ended by `length`.
 * @throws what `explainFailure` can explain, after the last try.
 */
export function createAsk(server: Server, options: AskOptions): Ask {
  const { source, sampling, timeout, retryDelays } = options
  const client = createClient(server)
  const takes = { stops: Number.POSITIVE_INFINITY, logprobs: true, choices: Number.POSITIVE_INFINITY }

  const once = (request: CompletionInput, signal: AbortSignal | undefined): Promise<Completion> =>
    within(timeout, signal, (limited) => client.complete(request, { signal: limited }))

  async function patiently(request: CompletionInput, signal: AbortSignal | undefined): Promise<Completion> {
    for (const delay of retryDelays) {
      try {
        return await once(request, signal)
      } catch (error) {
        if (!isPassing(error)) throw error
        await sleep(delay, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted())
      }
    }
    return await once(request, signal)
  }

  /** Takes back what the server refused; false where the refusal is about something else. */
  function doWithout(refusal: ApiError, { n = 1, stop, logprobs }: CompletionInput): boolean {
    const isAbout = (field: string, words: RegExp) =>
      refusal.param === field || (refusal.param === undefined && words.test(refusal.message))
    if (Array.isArray(stop) && stop.length > leastStops && isAbout('stop', /\bstop\b/i)) {
      takes.stops = leastStops
      return true
    }
    if (typeof logprobs === 'number' && isAbout('logprobs', /log_?probs/i)) {
      takes.logprobs = false
      return true
    }
    if ((n ?? 1) > 1 && isAbout('n', /\bn\b/)) {
      takes.choices = 1
      return true
    }
    return false
  }

  return async ({ problem, seed, count, logprobs }, signal) => {
    let maxTokens = problem.maxTokens
    for (;;) {
      const stops = problem.stops.slice(0, takes.stops)
      const request: CompletionInput = {
        model: source.modelName,
        ...wirePrompt(problem),
        max_tokens: maxTokens,
        temperature: sampling.temperature,
        top_p: sampling.topP,
        n: Math.min(count, takes.choices),
        seed,
        ...(stops.length > 0 ? { stop: stops } : {}),
        ...(logprobs && takes.logprobs ? { logprobs: source.logprobs } : {}),
      }
      try {
        return toDrawn(await patiently(request, signal), problem, request)
      } catch (error) {
        if (!(error instanceof ApiError) || !(error.status === 400 || error.status === 422)) throw error
        const room = roomAfter(error, maxTokens)
        if (room === undefined && !doWithout(error, request)) throw error
        if (room !== undefined && room < 1)
          return Array.from({ length: count }, () => ({ completion: '', tokens: 0, finish: 'length' }))
        maxTokens = room ?? maxTokens
      }
    }
  }
}

function wirePrompt({ prompt }: Problem): Pick<CompletionInput, 'prompt' | 'suffix'> {
  return prompt.kind === 'prefix' ? { prompt: prompt.text } : { prompt: prompt.prefix, suffix: prompt.suffix }
}

/**
 * Tokens that a refusal leaves for the completion; undefined where it is not about the window. OpenAI, vLLM and
 * Understudy name the window and the prompt's tokens; where neither is told, half of what was asked for is tried.
 */
function roomAfter({ code, message }: ApiError, asked: number): number | undefined {
  if (code !== 'context_length_exceeded' && !/\bcontext\b/i.test(message)) return undefined
  const told = /context\D*(\d+) tokens.*?\(\D*(\d+)(?: tokens)? (?:in|from) (?:the|your)/is.exec(message)
  const room = told ? Number(told[1]) - Number(told[2]) : Number.NaN
  return room < asked ? room : Math.floor(asked / 2)
}

function toDrawn(answer: Completion, problem: Problem, request: CompletionInput): Drawn[] {
  const asked = request.n ?? 1
  const choices = answer.choices.toSorted((a, b) => a.index - b.index).slice(0, asked)
  if (choices.length === 0)
    throw new UserError(
      'The server answered a request without any completion.',
      'Look at its log, and whether the model completes text at all.',
    )
  const used = answer.usage?.completion_tokens
  const each = used === undefined ? undefined : Math.round(used / choices.length)
  return choices.map((choice) => drawnFrom(choice, problem.stops, each, request.max_tokens ?? 0))
}

function drawnFrom(
  { text, logprobs, finish_reason }: CompletionChoice,
  stops: readonly string[],
  usedTokens: number | undefined,
  maxTokens: number,
): Drawn {
  const completion = cutAtStops(text, stops)
  const isCut = completion.length < text.length
  const finish = finish_reason === 'length' && !isCut ? 'length' : 'stop'
  if (!logprobs) return { completion, tokens: usedTokens ?? (finish === 'length' ? maxTokens : 0), finish }
  // What stands after a stop that only we cut at is no part of the sample.
  const kept = isCut ? tokensBefore(logprobs.tokens, completion.length) : logprobs.tokens.length
  const values = logprobs.token_logprobs.slice(0, kept)
  const known = values.filter((value) => value !== null)
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const isKnown = known.length > 0 && known.length === values.length
  return { completion, tokens: kept, ...(isKnown ? { meanLogprob: mean } : {}), finish }
}

function tokensBefore(tokens: readonly string[], length: number): number {
  let end = 0
  const count = tokens.findIndex((token) => {
    const begins = end
    end += token.length
    return begins >= length
  })
  return count < 0 ? tokens.length : count
}
