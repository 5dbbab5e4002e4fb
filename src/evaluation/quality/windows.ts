import { type ScoredText, scoreText, sumFrom } from './scored-text.ts'
import { isTooLong, type ServedModel } from './served-model.ts'

export interface WindowOptions {
  /** Tokens of a window at most. */
  context: number
  /** Share of a window that is read again as context of the next one, 0 to below 1. */
  overlap: number
}

export interface TextScore {
  nats: number
  /** UTF-8 bytes of the tokens that were scored: all of the text but its first token. */
  bytes: number
  /** Tokens read, those of the overlap again. */
  tokens: number
  windows: number
}

/** Share of the window that is aimed at, since how many tokens a text has is known only afterwards. */
const aim = 0.95
/** Characters a token before the first answer tells: rather too many, since being refused costs little. */
const firstGuess = 3.5
/** What is left of a window that was refused. */
const shrink = 0.85
/** A window that does not fit although it is this short never will. */
const shortest = 16

/**
 * Scores a text of any length by windows that fit the model: each begins `overlap` of a window before the place
 * where the last one ended, and only what is new is summed, so that every byte is counted once and, but at the
 * text's beginning, with context before it. Windows end at line ends where one is near. They depend on the text and
 * the server's answers alone.
 */
export async function scoreByWindows(
  served: ServedModel,
  text: string,
  { context, overlap }: WindowOptions,
  signal?: AbortSignal,
): Promise<TextScore> {
  const sum: TextScore = { nats: 0, bytes: 0, tokens: 0, windows: 0 }
  let charactersPerToken = firstGuess
  let at = 0
  let clean = true
  while (at < text.length) {
    signal?.throwIfAborted()
    let room = Math.max(shortest, Math.floor(context * charactersPerToken * aim))
    for (;;) {
      const wished = at - Math.floor(room * overlap)
      const start = clean && overlap > 0 && at > 0 ? cutBefore(text, Math.max(0, wished), 0).at : at
      const end = cutBefore(text, start + room, Math.max(at, start + Math.floor(room * (7 / 8))))
      const window = text.slice(start, end.at)
      const scored = await scoreOrTooLong(served, window, signal)
      if (scored === undefined && room > shortest) {
        room = Math.max(shortest, Math.floor(room * shrink))
        continue
      }
      if (scored === undefined) throw new RangeError(`A window of ${window.length} characters does not fit.`)
      const { nats, bytes } = sumFrom(scored, window, at - start)
      sum.nats += nats
      sum.bytes += bytes
      sum.tokens += scored.tokens.length
      sum.windows++
      charactersPerToken = window.length / Math.max(1, scored.tokens.length)
      at = end.at
      clean = end.clean
      break
    }
  }
  return sum
}

async function scoreOrTooLong(
  served: ServedModel,
  window: string,
  signal: AbortSignal | undefined,
): Promise<ScoredText | undefined> {
  try {
    return await scoreText(served, window, signal)
  } catch (error) {
    if (isTooLong(error)) return undefined
    throw error
  }
}

/**
 * The best place to cut in (least, limit]: behind a line's end, else before a space, else between two ASCII
 * characters, where tokens can be told apart (`clean`), else between any two characters.
 */
function cutBefore(text: string, limit: number, least: number): { at: number; clean: boolean } {
  if (limit >= text.length) return { at: text.length, clean: true }
  const ascii = (at: number) => text.charCodeAt(at) < 128
  const last = (fits: (at: number) => boolean): number => {
    for (let at = limit; at > least; at--) if (ascii(at - 1) && ascii(at) && fits(at)) return at
    return 0
  }
  const clean = last((at) => text[at - 1] === '\n') || last((at) => text[at] === ' ') || last(() => true)
  if (clean > 0) return { at: clean, clean: true }
  const splits = (text.charCodeAt(limit) & 0xfc00) === 0xdc00 && limit > least + 1
  return { at: splits ? limit - 1 : limit, clean: false }
}
