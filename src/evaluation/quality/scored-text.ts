import { ApiError } from '../../api/index.ts'
import { UserError } from '../../lib/index.ts'
import type { ServedModel } from './served-model.ts'

/** A text's tokens with their log-probabilities, as a server gave them. */
export interface ScoredText {
  tokens: string[]
  /** Nats; null for a token that nothing stands before. */
  logprobs: (number | null)[]
}

/**
 * Has a server score a text by `echo` with `logprobs`. A beginning-of-text token that the server lists is left
 * out, and so is a token that it generated because it would not generate none. Throws what the client throws, and
 * a `UserError` where the server does not score prompts or its tokens do not spell the text.
 */
export async function scoreText(
  served: ServedModel,
  text: string,
  signal?: AbortSignal,
): Promise<ScoredText> {
  const ask = (maxTokens: number) =>
    served.complete(
      {
        model: served.model,
        prompt: text,
        echo: true,
        logprobs: served.logprobs,
        max_tokens: maxTokens,
        temperature: 0,
      },
      signal ? { signal } : {},
    )
  const answer = await ask(0).catch((error: unknown) => {
    if (
      error instanceof ApiError &&
      error.status === 400 &&
      /max_tokens/.test(`${error.param} ${error.message}`)
    )
      return ask(1)
    throw error
  })
  const logprobs = answer.choices[0]?.logprobs
  if (!logprobs || logprobs.tokens.length === 0 || logprobs.token_logprobs.every((value) => value === null))
    if (Buffer.byteLength(text) > 16) throw cannotScore(served)
  const tokens = logprobs?.tokens ?? []
  const wanted = asciiOf(text)
  const generated = answer.usage?.completion_tokens ?? 0
  const end = tokens.length - generated
  for (const start of [0, 1])
    if (asciiOf(tokens.slice(start, end).join('')) === wanted)
      return { tokens: tokens.slice(start, end), logprobs: logprobs?.token_logprobs.slice(start, end) ?? [] }
  throw cannotScore(served)
}

/**
 * Sums the tokens that begin at or behind `from`, an offset between two ASCII characters or 0. Tokens are placed by
 * counting ASCII characters: a token that is part of a character reads as U+FFFD, so that offsets in characters
 * drift, but an ASCII character is always one of one token.
 */
export function sumFrom(
  { tokens, logprobs }: ScoredText,
  text: string,
  from: number,
): { nats: number; bytes: number } {
  const before = asciiOf(text.slice(0, from)).length
  let ascii = 0
  let nats = 0
  let bytes = Buffer.byteLength(text.slice(from))
  for (const [index, token] of tokens.entries()) {
    const start = ascii
    ascii += asciiOf(token).length
    if (start < before) {
      // A token that begins before the place and ends behind it counts where it begins.
      if (ascii > before) bytes -= ascii - before
      continue
    }
    const logprob = logprobs[index] ?? null
    if (logprob === null) bytes -= Buffer.byteLength(token)
    else nats -= logprob
  }
  return { nats, bytes }
}

function asciiOf(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character counts, control characters too.
  return text.replace(/[^\x00-\x7f]+/g, '')
}

function cannotScore(served: ServedModel): UserError {
  return new UserError(
    `The server does not give the log-probabilities of a prompt of ${served.model}.`,
    'Bits per byte need /v1/completions with echo and logprobs; measure the other parts, or use another server.',
  )
}
