import type { SyntaxParser } from '../syntax/index.ts'
import type { SuggestionCache } from './cache.ts'
import { defaultThreshold, judge } from './gate.ts'
import type { Outcome, Quiet, Suggestion } from './outcome.ts'
import { type CompletePort, isTooLong, type PortToken } from './port.ts'
import { buildPrompt } from './prompt.ts'
import { type Situation, type Surroundings, surroundings } from './situation.ts'
import { dropUnfinishedLine, planStop, type StopPlan } from './stop.ts'
import { trimToDocument } from './trim.ts'

/** What the brain has to know of the model that it asks. */
export interface SuggestModel {
  contextLength: number
  infill: boolean
  /** Mean log-probability below which nothing is shown; undefined where it was never calibrated. */
  threshold?: number
}

export interface SuggestOptions {
  model: SuggestModel
  complete: CompletePort
  /** Without it, syntax is not judged. */
  parser?: SyntaxParser
  cache?: SuggestionCache
  signal?: AbortSignal
  /** Never more than the rest of the line, for readers who want no blocks. */
  singleLine?: boolean
  /** Called with the raw text while it is streamed. */
  onText?: (text: string) => void
}

/**
 * Makes one suggestion for a cursor, from the look in the cache to the gate: the whole path of one keystroke,
 * without an editor. Does not throw: a server that is away or an abort is an outcome like the others.
 */
export async function suggest(situation: Situation, options: SuggestOptions): Promise<Outcome> {
  const { cache, signal } = options
  const started = performance.now()
  const known = cache?.find(situation)
  if (known !== undefined) return known
  let outcome: Answer
  try {
    outcome = await ask(situation, options)
  } catch (error) {
    outcome = signal?.aborted
      ? { kind: 'quiet', reason: 'cancelled' }
      : {
          kind: 'quiet',
          reason: 'unavailable',
          message: error instanceof Error ? error.message : String(error),
        }
  }
  const answer = { ...outcome, milliseconds: performance.now() - started }
  if (answer.kind === 'suggestion' || (answer.reason !== 'cancelled' && answer.reason !== 'unavailable'))
    cache?.add(situation, answer)
  return answer
}

type Answer = Omit<Suggestion, 'milliseconds'> | Omit<Quiet, 'milliseconds'>

async function ask(situation: Situation, options: SuggestOptions): Promise<Answer> {
  const { model, parser, signal } = options
  const around = surroundings(situation)
  if (around.prefix.trim() === '') return { kind: 'quiet', reason: 'empty' }
  if (!mayAskHere(around)) return { kind: 'quiet', reason: 'mid-line' }
  const plan = planStop(around, situation.language, model.contextLength, options.singleLine)
  const streamed = await stream(around, plan, options)
  const whole =
    plan.lines === 'block' && !streamed.finished ? dropUnfinishedLine(streamed.text) : streamed.text
  const text = trimToDocument(whole, around)
  const threshold = model.threshold ?? defaultThreshold
  const judged = await judge(text, streamed.tokens, threshold, situation, around, parser)
  if (signal?.aborted) return { kind: 'quiet', reason: 'cancelled' }
  const { meanLogprob, refusal } = judged
  if (refusal !== undefined)
    return { kind: 'quiet', reason: refusal, ...(Number.isFinite(meanLogprob) ? { meanLogprob } : {}) }
  return { kind: 'suggestion', text: judged.text, meanLogprob }
}

/** Right of the cursor only closing punctuation may stand: in the midst of code a guess is in the way. */
function mayAskHere({ lineAfter }: Surroundings): boolean {
  return /^\s*[)\]}>"'`;:,]*\s*[{;,:]?\s*$/.test(lineAfter)
}

interface Streamed {
  text: string
  tokens: PortToken[]
  /** False where the token limit cut it off. */
  finished: boolean
}

/** Shares of the prompt's budget that are tried in turn. The least fits a tokenizer that knows only bytes. */
const shares = [1, 0.5]
const leastShare = 0.3

/** Streams until the plan says that it is enough; where the server finds the prompt too long, again with less. */
async function stream(around: Surroundings, plan: StopPlan, options: SuggestOptions): Promise<Streamed> {
  for (const share of shares) {
    try {
      return await streamOnce(around, plan, options, share)
    } catch (error) {
      if (!isTooLong(error)) throw error
    }
  }
  return streamOnce(around, plan, options, leastShare)
}

async function streamOnce(
  around: Surroundings,
  plan: StopPlan,
  { model, complete, signal, onText }: SuggestOptions,
  shrink: number,
): Promise<Streamed> {
  const { maxTokens, stop } = plan
  const prompt = buildPrompt(around, { ...model, maxTokens }, shrink)
  const enough = new AbortController()
  const either = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal])
  const tokens: PortToken[] = []
  let text = ''
  try {
    for await (const chunk of complete({ ...prompt, maxTokens, stop }, either)) {
      text += chunk.text
      tokens.push(...chunk.tokens)
      onText?.(text)
      const end = plan.end(text)
      if (end !== undefined) return { text: text.slice(0, end), tokens, finished: true }
    }
    if (tokens.length >= maxTokens) return { text, tokens, finished: false }
    // The model has ended: its last line is a whole one.
    return { text: text.slice(0, plan.end(`${text}\n`)), tokens, finished: true }
  } finally {
    enough.abort()
  }
}
