import type { EndEvent, Engine, GenerateEvent, TokenEvent } from '../inference/index.ts'
import { candidateSeed } from './candidate-seed.ts'
import type { CompletionPlan } from './completion-plan.ts'
import { type Indexed, mergeStreams } from './merge-streams.ts'
import { type PreparedPrompt, preparePrompt } from './prepare-prompt.ts'
import { RequestError } from './request-error.ts'

/** Streams of one request that run at the same time; the engine decides how many of all requests' do. */
const parallelStreams = 4

/** A candidate's finished completion. */
export interface Candidate {
  text: string
  tokens: TokenEvent[]
  end: EndEvent
}

/** Prepares the prompts of a plan one after the other. */
export async function preparePrompts(
  engine: Engine,
  plan: CompletionPlan,
  signal: AbortSignal,
): Promise<PreparedPrompt[]> {
  const prepared: PreparedPrompt[] = []
  for (const prompt of plan.prompts) prepared.push(await preparePrompt(engine, prompt, plan, signal))
  return prepared
}

/**
 * Streams every candidate of every prompt, side by side. An event's index is prompt × candidates + candidate.
 * An abort of `signal` throws a 503: the client is gone, or the server is shutting down.
 */
export async function* streamCandidates(
  engine: Engine,
  plan: CompletionPlan,
  prompts: PreparedPrompt[],
  signal: AbortSignal,
): AsyncGenerator<Indexed<GenerateEvent>> {
  const sources = prompts.flatMap((prepared) =>
    Array.from({ length: plan.candidates }, (_, candidate) => (stop: AbortSignal) => {
      if (plan.maxTokens === 0) return nothing(prepared)
      return engine.generate({
        prompt: prepared.prompt,
        maxTokens: plan.maxTokens,
        stop: plan.stop,
        sampling: { ...plan.sampling, seed: candidateSeed(plan.sampling.seed, candidate) },
        topLogprobs: plan.logprobs ?? 0,
        // Ranking candidates needs them even where the client did not ask.
        skipLogprobs: plan.logprobs === undefined && plan.candidates === plan.choices,
        signal: AbortSignal.any([signal, stop]),
      })
    }),
  )
  for await (const event of mergeStreams(sources, parallelStreams)) {
    if (event.value.type === 'end' && event.value.reason === 'cancelled') throw cancelled()
    yield event
  }
}

/** Runs every candidate to its end. */
export async function collectCandidates(
  engine: Engine,
  plan: CompletionPlan,
  prompts: PreparedPrompt[],
  signal: AbortSignal,
): Promise<Candidate[][]> {
  const tokens: TokenEvent[][] = Array.from({ length: prompts.length * plan.candidates }, () => [])
  const ends: EndEvent[] = []
  for await (const { index, value } of streamCandidates(engine, plan, prompts, signal)) {
    if (value.type === 'token') tokens[index]!.push(value)
    else ends[index] = value
  }
  const candidates = tokens.map((events, index): Candidate => {
    const end = ends[index]
    if (!end) throw cancelled()
    return { text: events.map(({ text }) => text).join(''), tokens: events, end }
  })
  return prompts.map((_, prompt) =>
    candidates.slice(prompt * plan.candidates, (prompt + 1) * plan.candidates),
  )
}

/** The `count` candidates whose tokens are likeliest on average, best first; equal ones keep their order. */
export function rankCandidates(candidates: readonly Candidate[], count: number): Candidate[] {
  return candidates.toSorted((a, b) => meanLogprob(b) - meanLogprob(a) || 0).slice(0, count)
}

/** Mean log-probability of a candidate's tokens in nats; minus infinity for an empty completion. */
function meanLogprob({ tokens }: Candidate): number {
  if (tokens.length === 0) return Number.NEGATIVE_INFINITY
  return tokens.reduce((sum, { logprob }) => sum + logprob, 0) / tokens.length
}

/** `max_tokens: 0` asks for the prompt alone, mostly to `echo` it with its log-probabilities. */
async function* nothing({ tokenCount }: PreparedPrompt): AsyncGenerator<GenerateEvent> {
  yield {
    type: 'end',
    reason: 'length',
    promptTokens: tokenCount,
    cachedTokens: 0,
    completionTokens: 0,
    truncated: false,
  }
}

function cancelled(): RequestError {
  return new RequestError(503, 'The request was cancelled.', { code: 'cancelled' })
}
