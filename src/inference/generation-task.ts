import type { Distribution } from './distribution.ts'
import type { EndEvent, GenerateEvent, GenerateRequest, ScoredToken } from './engine.ts'
import { type Candidates, createSampler } from './sampling.ts'
import type { SequenceTask } from './sequence-scheduler.ts'
import type { TokenBytes } from './token-bytes.ts'
import { createTokenStream } from './token-stream.ts'

/** How many of the likeliest tokens are read first, and where those are not enough. */
const shortList = 64
const longList = 1024

export interface GenerationInput {
  request: Omit<GenerateRequest, 'prompt' | 'signal'>
  /** The prompt as it is evaluated. */
  tokens: number[]
  truncated: boolean
  /** Tokens to generate at most, as far as the window goes. */
  limit: number
  vocabulary: TokenBytes
  emit(event: GenerateEvent): void
  failed(error: unknown): void
}

/** A completion: evaluates the prompt, then samples until an end, a stop string or the limit. */
export function createGenerationTask(input: GenerationInput): SequenceTask {
  const { request, tokens, limit, vocabulary, emit } = input
  const { sampling, topLogprobs } = request
  const sampler = createSampler(sampling, tokens)
  const stream = createTokenStream(request.stop)
  const listed = Math.max(topLogprobs, sampling.topK <= longList ? sampling.topK : 0)
  const steps = [shortList, longList, Number.POSITIVE_INFINITY].map((length) => Math.max(length, listed))
  // The likeliest token alone often suffices, also for a draw, and its probability is read before any list.
  if (topLogprobs === 0) steps.unshift(1)
  const skipLogprobs = request.skipLogprobs === true && topLogprobs === 0 && !sampler.needsLogits
  const relativeSteps = sampling.temperature === 0 ? [1] : [Math.max(shortList, listed), longList]
  let cachedTokens = 0
  let completionTokens = 0

  /** Reads as many candidates as the sampler needs to be exact. */
  async function choose(distribution: Distribution, offset: number) {
    for (const step of skipLogprobs ? relativeSteps : []) {
      const candidates = await distribution.relative(step)
      const choice = sampler.choose(candidates, 0)
      if (choice) return { choice, candidates }
    }
    for (const step of steps) {
      const candidates = await distribution.list(step)
      const choice = sampler.choose(candidates, offset)
      if (choice) return { choice, candidates }
    }
    throw new Error('The sampler chose no token from the whole vocabulary.')
  }

  function end(reason: EndEvent['reason']): undefined {
    for (const event of stream.flush()) emit(event)
    emitEnd(reason)
  }

  function emitEnd(reason: EndEvent['reason']): void {
    const { truncated } = input
    emit({ type: 'end', reason, promptTokens: tokens.length, cachedTokens, completionTokens, truncated })
  }

  return {
    tokens,
    reusable: tokens.length - 1,
    wantsLogits: (position) => position >= tokens.length - 1,
    begin(cached) {
      cachedTokens = cached
    },
    async read(_position, distribution) {
      const offset = sampler.needsLogits ? await distribution.offset() : 0
      const { choice, candidates } = await choose(distribution, offset)
      const { id, logprob } = choice
      // An end of text ends the stream, and so does any other control token: it can never become text.
      if (vocabulary.isControl(id)) return end('stop')
      completionTokens++
      const top = topTokens(candidates, topLogprobs, vocabulary)
      const { events, stopped } = stream.push({ id, bytes: vocabulary.bytesOf(id), logprob, top })
      for (const event of events) emit(event)
      if (stopped) {
        emitEnd('stop')
        return undefined
      }
      return completionTokens < limit ? id : end('length')
    },
    cancelled: () => end('cancelled'),
    failed: input.failed,
  }
}

export interface ScoringInput {
  /** The tokens to score, after `first`. */
  tokens: number[]
  first: number[]
  topLogprobs: number
  vocabulary: TokenBytes
  done(scored: ScoredToken[]): void
  failed(error: unknown): void
}

/** Log-probabilities of given tokens. Nothing of it comes from memory, since all distributions are needed. */
export function createScoringTask(input: ScoringInput): SequenceTask {
  const { first, topLogprobs, vocabulary } = input
  const tokens = [...first, ...input.tokens]
  const scored: ScoredToken[] = input.tokens
    .slice(0, 1)
    .map((id) => ({ id, text: tokenText(id, vocabulary), logprob: undefined }))
  return {
    tokens,
    reusable: 0,
    wantsLogits: (position) => position >= first.length,
    begin() {},
    async read(position, distribution) {
      const id = tokens[position + 1]
      if (id === undefined) {
        input.done(scored)
        return undefined
      }
      const { logprob, candidates } = await logprobOf(id, distribution)
      const top = topTokens(candidates, topLogprobs, vocabulary)
      scored.push({ id, text: tokenText(id, vocabulary), logprob, ...(topLogprobs > 0 ? { top } : {}) })
      return undefined
    },
    cancelled: () => input.failed(new DOMException('The scoring was cancelled.', 'AbortError')),
    failed: input.failed,
  }
}

async function logprobOf(
  id: number,
  distribution: Distribution,
): Promise<{ logprob: number; candidates: Candidates }> {
  const list = await distribution.list(shortList)
  const index = list.ids.indexOf(id)
  if (index >= 0) return { logprob: list.logprobs[index]!, candidates: list }
  const candidates = await distribution.list(Number.POSITIVE_INFINITY)
  return { logprob: candidates.logprobs[candidates.ids.indexOf(id)]!, candidates }
}

function topTokens({ ids, logprobs }: Candidates, count: number, vocabulary: TokenBytes): ScoredToken[] {
  return Array.from(ids.subarray(0, count), (id, i) => {
    return { id, text: tokenText(id, vocabulary), logprob: logprobs[i]! }
  })
}

/** A token's own text; part of a character shows as U+FFFD. */
function tokenText(id: number, vocabulary: TokenBytes): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(vocabulary.bytesOf(id))
}
