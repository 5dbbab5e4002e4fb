import { CharacterClass, classAt, classOf } from './character-class.ts'

/**
 * The `qwen2` pre-tokenizer of llama.cpp: cuts text into words that BPE never merges across. As a regular
 * expression, with `\s` as Unicode's White_Space:
 *
 *     '(?i:[stmd]|re|ve|ll) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N} | ?[^\s\p{L}\p{N}]+[\r\n]*
 *     | \s*[\r\n]+ | \s+(?!\S) | \s+
 *
 * A scanner instead of the expression, because backtracking over long runs of white space is quadratic, and
 * JavaScript's `\s` is another set (it lacks U+0085 and has U+FEFF).
 */

const apostrophe = 0x27
const space = 0x20
const carriageReturn = 0x0d
const lineFeed = 0x0a

const isLineEnd = (unit: number) => unit === carriageReturn || unit === lineFeed

/** The words of a text, in order; joined they are the text. */
export function* splitWords(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = wordEnd(text, start)
    yield text.slice(start, end)
    start = end
  }
}

/**
 * Where the word that begins at `start` ends, both in UTF-16 code units. `start` is less than the text's
 * length and not inside a surrogate pair.
 */
export function wordEnd(text: string, start: number): number {
  const unit = text.charCodeAt(start)
  if (unit === apostrophe) {
    const length = contractionLength(text, start)
    if (length > 0) return start + length
  }

  const first = classAt(text, start)
  const next = start + (text.codePointAt(start)! > 0xffff ? 2 : 1)
  if (first === CharacterClass.number) return next

  if (!isLineEnd(unit)) {
    const lettersEnd = endOfRun(text, first === CharacterClass.letter ? start : next, CharacterClass.letter)
    if (first === CharacterClass.letter || lettersEnd > next) return lettersEnd
  }

  const symbols = unit === space ? next : start
  let end = endOfRun(text, symbols, CharacterClass.other)
  if (end > symbols) {
    while (end < text.length && isLineEnd(text.charCodeAt(end))) end++
    return end
  }
  return whitespaceEnd(text, start)
}

/** Length of `'s`, `'t`, `'m`, `'d`, `'re`, `'ve` or `'ll` in either case at `start`; else 0. */
function contractionLength(text: string, start: number): number {
  // Setting bit 5 makes ASCII capitals small; no character outside ASCII becomes one of these letters by it,
  // because charCodeAt gives more than 0x7f for it.
  const first = text.charCodeAt(start + 1) | 0x20
  if (first === 0x73 || first === 0x74 || first === 0x6d || first === 0x64) return 2
  const second = text.charCodeAt(start + 2) | 0x20
  if ((first === 0x72 || first === 0x76) && second === 0x65) return 3
  return first === 0x6c && second === 0x6c ? 3 : 0
}

/** A run of white space ends after its last line end; else before its last character when a word follows. */
function whitespaceEnd(text: string, start: number): number {
  let end = start
  let afterLineEnd = 0
  while (end < text.length && classOf(text.charCodeAt(end)) === CharacterClass.whitespace) {
    if (isLineEnd(text.charCodeAt(end))) afterLineEnd = end + 1
    end++
  }
  if (afterLineEnd > 0) return afterLineEnd
  return end < text.length && end - start > 1 ? end - 1 : end
}

function endOfRun(text: string, start: number, wanted: number): number {
  let end = start
  while (end < text.length && classAt(text, end) === wanted) end += text.codePointAt(end)! > 0xffff ? 2 : 1
  return end
}
