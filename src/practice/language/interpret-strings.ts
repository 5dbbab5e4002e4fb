import { type Machine, Raised, unsupported } from './interpret-machine.ts'
import { iterate, type Runtime } from './interpret-values.ts'

/**
 * The methods of Python's `str`. Strings hold no characters beyond U+FFFF (the border sees to it), so that
 * JavaScript's units are Python's characters, and both order them alike.
 */
type StringMethod = (machine: Machine, text: string, ...rest: never[]) => Runtime

/** What `str.isspace` and `strip` call white space; JavaScript's own set differs. */
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const spaceAtStart = new RegExp(`^[${SPACE}]+`)
const spaceAtEnd = new RegExp(`[${SPACE}]+$`)
const onlySpace = new RegExp(`^[${SPACE}]+$`)
const nextWord = new RegExp(`[^${SPACE}]+`, 'g')
const END = '\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029'
const lineEnd = new RegExp(`\\r\\n|[${END}]`)

export function stripSpace(text: string): string {
  return text.replace(spaceAtStart, '').replace(spaceAtEnd, '')
}

function strip(text: string, characters: string | null | undefined, left: boolean, right: boolean): string {
  if (characters === undefined || characters === null) {
    const started = left ? text.replace(spaceAtStart, '') : text
    return right ? started.replace(spaceAtEnd, '') : started
  }
  let start = 0
  let end = text.length
  if (left) while (start < end && characters.includes(text[start]!)) start++
  if (right) while (end > start && characters.includes(text[end - 1]!)) end--
  return text.slice(start, end)
}

/** Letters that follow a letter are lower case, others upper case: `they're` is `They'Re`. */
function title(text: string): string {
  return text.replace(/[\p{Lu}\p{Ll}\p{Lt}]+/gu, (word) => capitalize(word))
}

function capitalize(text: string): string {
  const first = text.charAt(0).toUpperCase()
  return first.charAt(0) + first.slice(1).toLowerCase() + text.slice(1).toLowerCase()
}

function swapCase(text: string): string {
  return text.replace(/[\p{Lu}\p{Ll}]/gu, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

function split(text: string, separator: string | null | undefined, limit = -1): string[] {
  if (separator === '') throw new Raised('ValueError', 'empty separator')
  const parts = separator === undefined || separator === null ? splitWords(text, limit) : undefined
  if (parts !== undefined) return parts
  const all = text.split(separator as string)
  if (limit < 0 || all.length <= limit + 1) return all
  return [...all.slice(0, limit), all.slice(limit).join(separator as string)]
}

function splitWords(text: string, limit: number): string[] {
  if (limit < 0) return text.match(nextWord) ?? []
  const parts: string[] = []
  let rest = text.replace(spaceAtStart, '')
  while (rest !== '') {
    const end = parts.length === limit ? rest.length : rest.search(new RegExp(`[${SPACE}]|$`))
    parts.push(parts.length === limit ? rest : rest.slice(0, end))
    rest = rest.slice(end).replace(spaceAtStart, '')
  }
  return parts
}

function splitLines(text: string): string[] {
  const lines = text.split(lineEnd)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function find(text: string, part: string, start = 0): number {
  const from = start < 0 ? Math.max(0, start + text.length) : start
  return from > text.length ? -1 : text.indexOf(part, from)
}

function count(text: string, part: string): number {
  return part === '' ? text.length + 1 : text.split(part).length - 1
}

function replace(machine: Machine, text: string, old: string, by: string, limit = -1): string {
  const found = count(text, old)
  const times = limit < 0 ? found : Math.min(limit, found)
  machine.size(text.length + times * (by.length - old.length))
  if (times === found) return text.replaceAll(old, () => by)
  let left = times
  return text.replaceAll(old, (match) => (left-- > 0 ? by : match))
}

function pad(
  machine: Machine,
  text: string,
  width: number,
  fill: string | undefined,
  side: '<' | '>' | '^',
): string {
  if (fill !== undefined && fill.length !== 1)
    throw new Raised('TypeError', 'The fill character must be exactly one character long')
  const missing = Math.max(0, width - text.length)
  machine.size(text.length + missing)
  const half = Math.floor(missing / 2) + (missing & width & 1)
  const before = side === '<' ? 0 : side === '>' ? missing : half
  return (fill ?? ' ').repeat(before) + text + (fill ?? ' ').repeat(missing - before)
}

function zeroFill(machine: Machine, text: string, width: number): string {
  const sign = /^[+-]/.test(text) ? text.charAt(0) : ''
  machine.size(Math.max(width, text.length))
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

function partition(text: string, separator: string): string[] {
  if (separator === '') throw new Raised('ValueError', 'empty separator')
  const at = text.indexOf(separator)
  return at < 0 ? [text, '', ''] : [text.slice(0, at), separator, text.slice(at + separator.length)]
}

function join(machine: Machine, separator: string, parts: Iterable<Runtime>): string {
  const texts: string[] = []
  let length = 0
  for (const part of iterate(parts, machine)) {
    machine.step()
    texts.push(part as string)
    length += (part as string).length + separator.length
    if (length > machine.limits.size) break
  }
  machine.size(length)
  return texts.join(separator)
}

/** `isupper` and `islower`: some letter has a case, and none has the other. */
function isCased(text: string, wanted: RegExp, other: RegExp): boolean {
  return wanted.test(text) && !other.test(text)
}

function found(at: number): number {
  if (at < 0) throw new Raised('ValueError', 'substring not found')
  return at
}

/** `ord`, of one character. */
export function codeOf(text: string): number {
  if (text.length !== 1) throw new Raised('TypeError', 'ord() expected a character')
  return text.charCodeAt(0)
}

/** `chr`. */
export function characterOf(code: number): string {
  if (code < 0 || code > 0x10ffff) throw new Raised('ValueError', 'chr() arg not in range(0x110000)')
  if (code > 0xffff || (code >= 0xd800 && code < 0xe000)) throw unsupported(`chr(${code})`)
  return String.fromCharCode(code)
}

export const stringMethods = {
  'str.lower': (_, text) => text.toLowerCase(),
  'str.upper': (_, text) => text.toUpperCase(),
  'str.title': (_, text) => title(text),
  'str.capitalize': (_, text) => capitalize(text),
  'str.swapcase': (_, text) => swapCase(text),
  'str.strip': (_, text, characters?: string) => strip(text, characters, true, true),
  'str.lstrip': (_, text, characters?: string) => strip(text, characters, true, false),
  'str.rstrip': (_, text, characters?: string) => strip(text, characters, false, true),
  'str.split': (_, text, separator?: string, limit?: number) => split(text, separator, limit),
  'str.splitlines': (_, text) => splitLines(text),
  'str.join': (machine, text, parts: Runtime[]) => join(machine, text, parts),
  'str.replace': (machine, text, old: string, by: string, limit?: number) =>
    replace(machine, text, old, by, limit),
  'str.startswith': (_, text, part: string) => text.startsWith(part),
  'str.endswith': (_, text, part: string) => text.endsWith(part),
  'str.find': (_, text, part: string, start?: number) => find(text, part, start),
  'str.rfind': (_, text, part: string) => text.lastIndexOf(part),
  'str.index': (_, text, part: string, start?: number) => found(find(text, part, start)),
  'str.count': (_, text, part: string) => count(text, part),
  'str.isdigit': (_, text) => /^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u.test(text),
  'str.isalpha': (_, text) => /^\p{L}+$/u.test(text),
  'str.isalnum': (_, text) => /^[\p{L}\p{N}]+$/u.test(text),
  'str.isupper': (_, text) => isCased(text, /\p{Uppercase}/u, /[\p{Lowercase}\p{Lt}]/u),
  'str.islower': (_, text) => isCased(text, /\p{Lowercase}/u, /[\p{Uppercase}\p{Lt}]/u),
  'str.isspace': (_, text) => onlySpace.test(text),
  'str.zfill': zeroFill,
  'str.ljust': (machine, text, width: number, fill?: string) => pad(machine, text, width, fill, '<'),
  'str.rjust': (machine, text, width: number, fill?: string) => pad(machine, text, width, fill, '>'),
  'str.center': (machine, text, width: number, fill?: string) => pad(machine, text, width, fill, '^'),
  'str.removeprefix': (_, text, part: string) => (text.startsWith(part) ? text.slice(part.length) : text),
  'str.removesuffix': (_, text, part: string) =>
    part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text,
  'str.partition': (_, text, separator: string) => partition(text, separator),
} satisfies Record<string, StringMethod>
