import { closersOf } from './brackets.ts'
import type { SyntaxParser } from './parser.ts'
import type { Problem } from './problems.ts'

/** Longest text that is parsed whole, in UTF-16 units; of a longer one, a window around the cursor. */
const longestParsed = 200_000

/** A text to be inserted, and where. */
export interface Insertion {
  text: string
  offset: number
  inserted: string
}

/**
 * Whether inserting a suggestion makes the syntax worse; undefined where the language has no grammar.
 *
 * Code that is being written is seldom free of errors, so the errors before and after are compared, not
 * counted. A suggestion is worse when it adds a problem, when a problem lies in it or right at its borders, or
 * when the errors swallow more of the document than the suggestion is long. Where the document was broken
 * before, as it is while its last block is being written, the parser's repairs say little; then it is enough
 * that the suggestion does no harm to the document with its open brackets closed, or to its own line read
 * alone. Of true lines at a random cursor in Python, JavaScript and TypeScript files this refuses none, and
 * 2 of 100 where the file ends at the cursor; of random lexemes it refuses about 80 of 100.
 */
export async function addsError(
  parser: SyntaxParser,
  insertion: Insertion,
  language: string,
): Promise<boolean | undefined> {
  const site = windowed(insertion)
  const before = await parser.problems(site.text, language)
  if (before === undefined) return undefined
  if (await fits(parser, site, before, language)) return false
  if (before.length === 0) return true
  for (const repaired of [withClosers(site, language), lineAlone(site)]) {
    const problems = (await parser.problems(repaired.text, language)) ?? []
    if (await fits(parser, repaired, problems, language)) return false
  }
  return true
}

/** Whether the text with the suggestion, or with the suggestion plainly finished, is no worse than before. */
async function fits(
  parser: SyntaxParser,
  { text, offset, inserted }: Insertion,
  before: Problem[],
  language: string,
): Promise<boolean> {
  for (const completed of completions(inserted, language)) {
    const after = await parser.problems(text.slice(0, offset) + completed + text.slice(offset), language)
    if (after !== undefined && !isWorse(before, after, offset, completed.length)) return true
  }
  return false
}

/** The suggestion as it stands, then as it would be if the block or bracket it opened had been finished. */
function completions(inserted: string, language: string): string[] {
  const closers = closersOf(inserted)
  const ways = [inserted]
  if (language === 'python') {
    if (/:\s*$/.test(inserted)) ways.push(`${inserted.trimEnd()} pass`)
    if (opensDocstring(inserted)) ways.push(`${inserted}"""`)
  }
  if (closers !== '') ways.push(inserted + closers)
  return ways
}

function isWorse(before: Problem[], after: Problem[], start: number, length: number): boolean {
  if (after.length > before.length) return true
  const end = start + length
  if (after.some((problem) => problem.start <= end && problem.end >= start)) return true
  return extent(after) - extent(before) > length
}

/** Characters covered by errors; nested ones count once. */
function extent(problems: Problem[]): number {
  let covered = 0
  let reached = 0
  for (const { start, end } of problems) {
    covered += Math.max(0, end - Math.max(start, reached))
    reached = Math.max(reached, end)
  }
  return covered
}

/** The document with what it leaves open closed at its end: a Python docstring, then brackets. */
function withClosers(site: Insertion, language: string): Insertion {
  const docstring = language === 'python' && opensDocstring(site.text) ? '\n"""' : ''
  return { ...site, text: `${site.text}${docstring}\n${closersOf(site.text)}` }
}

function opensDocstring(text: string): boolean {
  return text.split('"""').length % 2 === 0
}

/** The line of the cursor without its indentation and without what follows the cursor. */
function lineAlone({ text, offset, inserted }: Insertion): Insertion {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trimStart()
  return { text: line, offset: line.length, inserted }
}

/** Cuts a long document to whole lines around the cursor. */
function windowed({ text, offset, inserted }: Insertion): Insertion {
  if (text.length <= longestParsed) return { text, offset, inserted }
  const half = longestParsed / 2
  const start = offset <= half ? 0 : text.indexOf('\n', offset - half) + 1
  const from = start > 0 && start <= offset ? start : Math.max(0, offset - half)
  const lineEnd = text.lastIndexOf('\n', offset + half)
  const to = lineEnd >= offset ? lineEnd : Math.min(text.length, offset + half)
  return { text: text.slice(from, to), offset: offset - from, inserted }
}
