/** Where completions end that no stop string can tell: by indentation and by braces. */

/** Up to the first line that is neither indented nor blank: the body of a Python function. */
export function cutAtUnindentedLine(code: string): string {
  const lines = code.split('\n')
  const end = lines.findIndex((line) => line.trim() !== '' && !/^[ \t]/.test(line))
  return end < 0 ? code : lines.slice(0, end).join('\n')
}

/**
 * After the brace that closes the block which the prompt opened; undefined where it is never closed. Braces are
 * counted wherever they stand, in strings and comments too, as the official harnesses do.
 */
export function cutAfterClosingBrace(code: string): string | undefined {
  let depth = 1
  for (const { index, 0: brace } of code.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1
    if (depth === 0) return code.slice(0, index + 1)
  }
  return undefined
}
