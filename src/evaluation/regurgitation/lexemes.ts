/**
 * Lexemes without a grammar, so that the same text gives the same lexemes in every language, in comments and in
 * broken code: a word (letters, digits, `_`, `$`, everything beyond ASCII), or a run of one and the same
 * punctuation mark. White space is left out; comments and strings are kept, as words. Of the corpus, 65 of them are
 * about 290 bytes with the white space between.
 */

/** Calls `visit` with a 32-bit hash of each lexeme and its place in `text` in UTF-16 units, in order. */
export function eachLexeme(text: string, visit: (hash: number, start: number, end: number) => void): void {
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isSpace(code)) {
      at++
      continue
    }
    const start = at
    let hash = mix(seed, code)
    at++
    if (isWord(code))
      for (; at < text.length && isWord(text.charCodeAt(at)); at++) hash = mix(hash, text.charCodeAt(at))
    else for (; at < text.length && text.charCodeAt(at) === code; at++) hash = mix(hash, code)
    visit(finish(hash), start, at)
  }
}

/** The lexemes of a text as numbers, with where each begins and ends. */
export function lexemesOf(text: string): { hashes: Int32Array; starts: number[]; ends: number[] } {
  const hashes: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  eachLexeme(text, (hash, start, end) => {
    hashes.push(hash)
    starts.push(start)
    ends.push(end)
  })
  return { hashes: Int32Array.from(hashes), starts, ends }
}

const seed = 0x811c9dc5 | 0

function mix(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

/** FNV-1a leaves short words close together; this spreads them (murmur3's finalizer). */
function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

function isWord(code: number): boolean {
  if (code > 127) return !isSpace(code)
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  )
}

/** Unicode's White_Space, control characters and the byte order mark. */
function isSpace(code: number): boolean {
  if (code <= 32) return true
  if (code <= 0xa0) return code >= 0x7f
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  )
}
