import { integerIn, type Random } from '../lib/index.ts'
import type { Tokenizer } from '../tokenizer/index.ts'

/**
 * Fill-in-the-middle (Bavarian et al. 2022, arXiv 2207.14255), at the level of the context: a piece of a file
 * is cut in three at character positions, and its middle is moved to the end. Cuts are of the text, not of
 * the tokens, since a cursor stands between characters; the parts are tokenized apart, as a prompt is.
 */
export interface FimCut {
  prefix: string
  middle: string
  suffix: string
}

/**
 * Where the middle lies, each with its share.
 * - `line`: from a character of a line to the line's end, as when one types.
 * - `lines`: from a line's first character (or, half of the time, from within it) to the end of one of the
 *   eight lines after it, as when a statement or a body is asked for.
 * - `span`: between two characters, each as likely as the others, as in the paper.
 */
export const fimMix = { line: 0.4, lines: 0.3, span: 0.3 }

export type FimKind = keyof typeof fimMix

/** Draws a kind by {@link fimMix}. */
export function drawFimKind(random: Random): FimKind {
  const number = random()
  if (number < fimMix.line) return 'line'
  return number < fimMix.line + fimMix.lines ? 'lines' : 'span'
}

/** Cuts `text` in three; `prefix + middle + suffix` is `text`. A text of blank lines is always cut as a `span`. */
export function cutForFim(text: string, kind: FimKind, random: Random): FimCut {
  const lines = kind === 'span' ? [] : filledLines(text)
  if (lines.length === 0) {
    const one = integerIn(random, 0, text.length)
    const other = integerIn(random, 0, text.length)
    return cutAt(text, Math.min(one, other), Math.max(one, other))
  }
  const first = integerIn(random, 0, lines.length - 1)
  const line = lines[first] as Line
  if (kind === 'line') return cutAt(text, integerIn(random, line.start, line.end - 1), line.end)
  const last = lines[Math.min(lines.length - 1, first + integerIn(random, 1, 8))] as Line
  const start = random() < 0.5 ? line.start : integerIn(random, line.start, line.end - 1)
  return cutAt(text, start, last.end)
}

/** From a line's first character that is not blank to the end of its last. */
interface Line {
  start: number
  end: number
}

function filledLines(text: string): Line[] {
  return Array.from(text.matchAll(/[^\s](?:[^\r\n]*[^\s])?/g), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function cutAt(text: string, start: number, end: number): FimCut {
  const from = beforePair(text, start)
  const to = beforePair(text, end)
  return { prefix: text.slice(0, from), middle: text.slice(from, to), suffix: text.slice(to) }
}

/** `at`, or one less where a surrogate pair would be split there. */
function beforePair(text: string, at: number): number {
  const inPair = isSurrogate(text.charCodeAt(at - 1), 0xd800) && isSurrogate(text.charCodeAt(at), 0xdc00)
  return inPair ? at - 1 : at
}

function isSurrogate(unit: number, first: number): boolean {
  return unit >= first && unit < first + 0x400
}

/**
 * Prefix–suffix–middle, as prompts come, or suffix–prefix–middle, where a growing prefix keeps the cached
 * suffix. The model learns both.
 */
export type FimOrder = 'psm' | 'spm'

/** Token ids of a cut: `<prefix>P<suffix>S<middle>M<end>`, or `<prefix><suffix>S<middle>PM<end>`. */
export function arrangeFim(cut: FimCut, order: FimOrder, tokenizer: Tokenizer): number[] {
  const { fimPrefix, fimSuffix, fimMiddle, end } = tokenizer.special
  const prefix = tokenizer.encode(cut.prefix)
  const suffix = tokenizer.encode(cut.suffix)
  const middle = tokenizer.encode(cut.middle)
  return order === 'psm'
    ? [fimPrefix, ...prefix, fimSuffix, ...suffix, fimMiddle, ...middle, end]
    : [fimPrefix, fimSuffix, ...suffix, fimMiddle, ...prefix, ...middle, end]
}

/**
 * Takes about `tokens` tokens of text away where it is furthest from the middle: from the start of the prefix
 * and the end of the suffix, in proportion to their lengths. The middle stays whole.
 */
export function trimFim(cut: FimCut, tokens: number): FimCut {
  const room = cut.prefix.length + cut.suffix.length
  const away = Math.min(room, tokens * 3)
  const fromPrefix = room === 0 ? 0 : Math.ceil((away * cut.prefix.length) / room)
  const suffixLength = cut.suffix.length - (away - fromPrefix)
  return {
    prefix: cut.prefix.slice(beforePair(cut.prefix, fromPrefix)),
    middle: cut.middle,
    suffix: cut.suffix.slice(0, beforePair(cut.suffix, suffixLength)),
  }
}
