import type { CompletionLogprobs } from '../api/index.ts'
import type { ScoredToken } from '../inference/index.ts'

/** A token of the prompt or of the completion, as both appear in `logprobs`. */
export type LoggedToken = Pick<ScoredToken, 'id' | 'text' | 'logprob' | 'top'>

/** Stands for a probability of zero, whose logarithm JSON cannot write; OpenAI's number for it. */
const leastLogprob = -9999

/**
 * The `logprobs` object for tokens whose text begins `offset` characters after the start of the prompt. As in
 * OpenAI's answers, the alternatives at each position include the token itself, so there may be one more than asked.
 */
export function toLogprobs(tokens: readonly LoggedToken[], offset: number): CompletionLogprobs {
  const offsets: number[] = []
  let position = offset
  for (const { text } of tokens) {
    offsets.push(position)
    position += countCharacters(text)
  }
  return {
    tokens: tokens.map(({ text }) => text),
    token_logprobs: tokens.map(({ logprob }) => writable(logprob)),
    top_logprobs: tokens.map(topOf),
    text_offset: offsets,
  }
}

/** Unicode characters (code points), as OpenAI counts them. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

function topOf({ id, text, logprob, top = [] }: LoggedToken): Record<string, number> | null {
  if (logprob === undefined) return null
  const known = top.some((token) => token.id === id && token.text === text)
  const all = known ? top : [...top, { id, text, logprob }]
  // A map on the way: a token may well be `constructor`. Parts of characters all read as U+FFFD; of those the
  // likeliest stands for all.
  const named = new Map<string, number>()
  for (const token of all) {
    const value = writable(token.logprob)
    if (value !== null && !named.has(token.text)) named.set(token.text, value)
  }
  return Object.fromEntries(named)
}

/** A log-probability as JSON can hold it: null where it is not known, which is NaN behind an upstream server. */
function writable(logprob: number | undefined): number | null {
  return logprob === undefined || Number.isNaN(logprob) ? null : Math.max(logprob, leastLogprob)
}
