import classes from './unicode-classes.json' with { type: 'json' }

/**
 * What the pre-tokenizer asks of a character: letter (Unicode L), number (N), white space (White_Space), or none
 * of them. The ranges are kept in a file at the version of Unicode that llama.cpp has, 15.1, because those of
 * JavaScript's `\p{L}` grow with each version of Node, and the ids of a trained model must not.
 */
export const CharacterClass = { other: 0, letter: 1, number: 2, whitespace: 3 } as const

const classByCodePoint = new Uint8Array(0x110000)
fill(classes.letter, CharacterClass.letter)
fill(classes.number, CharacterClass.number)
fill(classes.whitespace, CharacterClass.whitespace)

/** Each line holds ranges such as `41-5a` and single code points, in hex. */
function fill(lines: string[], value: number): void {
  for (const range of lines.join(' ').split(' ')) {
    const [first, last] = range.split('-')
    const start = Number.parseInt(first!, 16)
    classByCodePoint.fill(value, start, (last === undefined ? start : Number.parseInt(last, 16)) + 1)
  }
}

/** Class of a code point; a lone surrogate is `other`, as is the U+FFFD that replaces it in UTF-8. */
export function classOf(codePoint: number): number {
  return classByCodePoint[codePoint]!
}

/** Class of the character that begins at `index` (UTF-16 code units). */
export function classAt(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  return classByCodePoint[unit >= 0xd800 && unit < 0xdc00 ? text.codePointAt(index)! : unit]!
}
