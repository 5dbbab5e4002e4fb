/**
 * Words as decontamination compares them: runs of letters, digits and underscores, lower-cased, so that neither
 * layout nor punctuation nor comment marks hide a copy.
 */

/** True for the code of a character of a word. */
export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code > 127
  )
}

/** The words of a text with single spaces between, around them as well, so that whole words can be searched. */
export function spacedWords(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\w\u0080-\uffff]+/g)
      ?.join(' ') ?? ''
  } `
}

/** Calls `visit` with a hash of each identifier of `text`; `max_value`, `maxValue` and `MaxValue` have the same. */
export function eachName(text: string, visit: (name: number) => void): void {
  let hash = 0
  for (let i = 0; i <= text.length; i++) {
    let code = i < text.length ? text.charCodeAt(i) : 32
    if (code === 95) continue
    if (!isWordCode(code)) {
      if (hash !== 0) visit(hash)
      hash = 0
      continue
    }
    if (code >= 65 && code <= 90) code += 32
    hash = Math.imul(hash ^ code, 0x9e3779b1)
    hash ^= hash >>> 15
    if (hash === 0) hash = 1
  }
}
