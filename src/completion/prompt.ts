import type { Surroundings } from './situation.ts'
import { estimateTokens, tokensAt } from './token-estimate.ts'

/** What the prompt may hold, by the model it is for. */
export interface PromptBudget {
  /** Tokens of the model's context window. */
  contextLength: number
  /** Tokens kept free for the completion. */
  maxTokens: number
  /** Whether the model can fill in before a suffix. */
  infill: boolean
}

export interface Prompt {
  prompt: string
  suffix?: string
}

/** Share of the budget that the suffix may take; what it leaves goes to the prefix. */
const suffixShare = 0.25
/** No more lines before the cursor than this: what is further off says little and costs time. */
const prefixLines = 256

/**
 * The window around the cursor that fits the model. It begins at a line's start, and moves on in steps of a
 * quarter of its size while the document grows, so that the engine finds most of the last prompt in its cache.
 * The cursor's own line is kept, whatever else has to go, down to what fits. `shrink` scales the budget for
 * another try after a server counted more tokens than were reckoned with.
 */
export function buildPrompt({ prefix, suffix }: Surroundings, budget: PromptBudget, shrink = 1): Prompt {
  const tokens = Math.max(16, budget.contextLength - budget.maxTokens - 8) * shrink
  // A blank rest is no suffix: at the end of a file plain continuation is what models know best.
  const after = budget.infill && suffix.trim() !== '' ? headOf(suffix, tokens * suffixShare) : ''
  const before = tailOf(prefix, tokens - estimateTokens(after))
  return after === '' ? { prompt: before } : { prompt: before, suffix: after }
}

/** The beginning of `text` within a budget, in whole lines where at least one fits. */
function headOf(text: string, budget: number): string {
  const fitting = take(text, budget)
  if (fitting.length === text.length) return text
  const lineEnd = fitting.lastIndexOf('\n')
  return lineEnd > 0 ? fitting.slice(0, lineEnd + 1) : fitting
}

/** The end of `text` within a budget, from a line's start on, the start moving in steps. */
function tailOf(text: string, budget: number): string {
  const over = estimateTokens(text) - budget
  const step = Math.max(1, Math.floor(budget / 4))
  const skipped = over <= 0 ? 0 : skip(text, Math.ceil(over / step) * step)
  const lineStart = skipped === 0 ? 0 : text.indexOf('\n', skipped - 1) + 1
  const start = skipped > 0 && lineStart === 0 ? text.length - takeLast(text, budget) : lineStart
  return lastLines(text.slice(start))
}

/** At most {@link prefixLines} lines, the start again moving in steps of a quarter. */
function lastLines(text: string): string {
  const lines = text.split('\n')
  const over = lines.length - prefixLines
  if (over <= 0) return text
  const step = prefixLines / 4
  return lines.slice(Math.ceil(over / step) * step).join('\n')
}

/** The longest beginning that takes no more than `budget`. */
function take(text: string, budget: number): string {
  let taken = 0
  let at = 0
  while (at < text.length && taken + tokensAt(text, at) <= budget) taken += tokensAt(text, at++)
  return wholeCharacters(text, at) ? text.slice(0, at) : text.slice(0, at - 1)
}

/** Length of the longest end that takes no more than `budget`. */
function takeLast(text: string, budget: number): number {
  let taken = 0
  let at = text.length
  while (at > 0 && taken + tokensAt(text, at - 1) <= budget) taken += tokensAt(text, --at)
  return text.length - (wholeCharacters(text, at) ? at : at + 1)
}

/** Index at which at least `taken` has been passed. */
function skip(text: string, taken: number): number {
  let passed = 0
  let at = 0
  while (at < text.length && passed < taken) passed += tokensAt(text, at++)
  return at
}

/** False in the middle of a surrogate pair. */
function wholeCharacters(text: string, index: number): boolean {
  const next = text.charCodeAt(index)
  return !(index > 0 && next >= 0xdc00 && next <= 0xdfff)
}
