import { scanBrackets } from '../syntax/index.ts'
import { indentOf, type Surroundings } from './situation.ts'

/**
 * Cuts from a suggestion what the document has already: closing brackets and quotes right of the cursor, the
 * rest of the line, and the lines that follow. What is left may be empty. A suggestion is only ever shortened,
 * and only at its end.
 */
export function trimToDocument(text: string, around: Surroundings): string {
  let trimmed = text.trimEnd()
  for (const cut of [atDoubledQuote, atDoubledBracket, atFollowingLine, withoutOverlap])
    trimmed = cut(trimmed, around).trimEnd()
  return trimmed
}

/** Inside a string whose end stands right of the cursor: `"█"` needs no second quote. */
function atDoubledQuote(text: string, { lineBefore, lineAfter }: Surroundings): string {
  const { quote } = scanBrackets(lineBefore)
  if (quote === undefined || !lineAfter.startsWith(quote)) return text
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === quote) return text.slice(0, at)
  }
  return text
}

/**
 * At a bracket that closes nothing in the suggestion and that the document closes itself: right of the cursor,
 * less the brackets that the line still leaves open, or on the next line at the same indentation.
 */
function atDoubledBracket(text: string, { lineBefore, lineAfter, nextLine }: Surroundings): string {
  const before = scanBrackets(lineBefore)
  const rest = lineAfter.trimStart()
  const spare = new Map<string, number>()
  for (const { character, offset } of scanBrackets(text, before.quote).unmatched) {
    const lineStart = text.lastIndexOf('\n', offset) + 1
    if (lineStart === 0 && /^[)\]}"'`;,\s]*$/.test(rest) && rest.includes(character)) {
      const left = spare.get(character) ?? count(before.open, character) - count([...rest], character)
      if (left <= 0) return text.slice(0, offset)
      spare.set(character, left - 1)
    }
    const line = text.slice(lineStart)
    if (lineStart > 0 && line.trimStart()[0] === character && nextLine.trimStart()[0] === character)
      if (indentOf(line) === indentOf(nextLine)) return text.slice(0, lineStart - 1)
  }
  return text
}

/** Before a line that is the document's next one, whatever its length: brackets, `end`, or code. */
function atFollowingLine(text: string, { nextLine }: Surroundings): string {
  if (nextLine === '') return text
  let offset = text.indexOf('\n') + 1
  while (offset > 0) {
    const end = text.indexOf('\n', offset)
    const line = text.slice(offset, end < 0 ? text.length : end)
    if (line.trimEnd() === nextLine) return text.slice(0, offset - 1)
    offset = end + 1
  }
  return text
}

/** Without an end that is how the rest of the line begins, such as `;` or `, last)`. Brackets were looked at before. */
function withoutOverlap(text: string, { lineAfter }: Surroundings): string {
  const rest = lineAfter.trim()
  if (text.includes('\n') || /^[)\]}"'`]/.test(rest)) return text
  for (let length = Math.min(rest.length, text.length); length > 0; length--)
    if (text.endsWith(rest.slice(0, length))) return text.slice(0, -length)
  return text
}

function count(list: string[], wanted: string): number {
  return list.filter((character) => character === wanted).length
}
