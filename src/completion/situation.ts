/** A document and the cursor in it: all that a suggestion is made from. */
export interface Situation {
  text: string
  /** UTF-16 units before the cursor. */
  offset: number
  /** Id of the language table. */
  language: string
  /** The file's path or name, for the reader; empty where there is none. */
  path: string
}

/** What a text is around the cursor, cut where the brain's rules look. */
export interface Surroundings {
  /** All before the cursor, and all after it. */
  prefix: string
  suffix: string
  /** The cursor's line up to the cursor, and from it on without the line end. */
  lineBefore: string
  lineAfter: string
  /** The nearest line above and below that is not blank, whole; empty where there is none. */
  previousLine: string
  nextLine: string
}

export function surroundings({ text, offset }: Pick<Situation, 'text' | 'offset'>): Surroundings {
  const prefix = text.slice(0, offset)
  const suffix = text.slice(offset)
  const lineStart = prefix.lastIndexOf('\n') + 1
  const lineEnd = suffix.indexOf('\n') < 0 ? suffix.length : suffix.indexOf('\n')
  return {
    prefix,
    suffix,
    lineBefore: prefix.slice(lineStart),
    lineAfter: suffix.slice(0, lineEnd).replace(/\r$/, ''),
    previousLine: lastLine(prefix.slice(0, lineStart).trimEnd()),
    nextLine: /^[^\S\n]*\S.*$/m.exec(suffix.slice(lineEnd + 1))?.[0].trimEnd() ?? '',
  }
}

/** The blanks that a line begins with. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

/** Columns of an indentation, a tab counting as four: enough to compare lines of one file. */
export function indentWidth(line: string): number {
  return indentOf(line).replaceAll('\t', '    ').length
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1)
}
