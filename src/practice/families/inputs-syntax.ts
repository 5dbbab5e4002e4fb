import { UserError } from '../../lib/index.ts'

/** An input generator as it is written: `list(int(0, 9), 0..8)`. Each part knows where it begins, counted from 0. */
export type Part = { at: number } & (
  | { kind: 'call'; name: string; parts: Part[] }
  | { kind: 'range'; from: number; to: number }
  | Literal
)

/** As Python writes it; `2.0` is a float. */
export type Literal =
  | { kind: 'int'; value: number }
  | { kind: 'float'; value: number }
  | { kind: 'string'; value: string }
  | { kind: 'bool'; value: boolean }
  | { kind: 'none'; value: null }

/** One of the things that a text is made of; the last, an error, is any other character. */
const token =
  /\s*(?:(?<range>-?\d+\.\.-?\d+)|(?<float>-?\d+\.\d+)|(?<int>-?\d+)|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<name>[A-Za-z_]\w*)|(?<mark>[(),])|(?<end>$)|(?<error>.))/suy

/** @throws UserError that names the column. */
export function parseParts(text: string): Part {
  const tokens = [...text.matchAll(new RegExp(token, 'suyg'))].map((match) => read(text, match))
  let next = 0
  const isMark = (mark: string) => tokens[next]?.mark === mark

  function part(): Part {
    const { at, value, name } = tokens[next]!
    if (value === undefined && name === undefined)
      fault(text, at, 'here a generator, a number or a text is missing', 'Write for example int(0, 9).')
    next++
    if (value !== undefined) return { at, ...value }
    return { at, kind: 'call', name: name!, parts: isMark('(') ? partsInBrackets() : [] }
  }

  function partsInBrackets(): Part[] {
    const parts: Part[] = []
    do {
      next++
      if (isMark(')')) break
      parts.push(part())
    } while (isMark(','))
    if (!isMark(')')) fault(text, tokens[next]!.at, 'here a comma or a closing bracket is missing', 'Add it.')
    next++
    return parts
  }

  const whole = part()
  if (next < tokens.length - 1)
    fault(text, tokens[next]!.at, 'here the generator should end', 'Remove the rest.')
  return whole
}

interface Token {
  at: number
  mark?: string
  name?: string
  value?: Literal | { kind: 'range'; from: number; to: number }
}

const words = new Map<string, Literal>([
  ['True', { kind: 'bool', value: true }],
  ['False', { kind: 'bool', value: false }],
  ['None', { kind: 'none', value: null }],
])

function read(text: string, match: RegExpExecArray): Token {
  const { range, float, int, string, name, mark, error } = match.groups!
  const at = match.index + match[0].search(/\S|$/)
  if (error !== undefined) fault(text, at, `${error} does not belong here`, 'Remove it.')
  if (range !== undefined) {
    const [from = 0, to = 0] = range.split('..').map(Number)
    if (from > to) fault(text, at, `the range ${range} is empty`, 'Write the smaller number first.')
    return { at, value: { kind: 'range', from, to } }
  }
  if (float !== undefined) return { at, value: { kind: 'float', value: Number(float) } }
  if (int !== undefined) return { at, value: { kind: 'int', value: Number(int) } }
  if (string !== undefined) return { at, value: { kind: 'string', value: unquote(text, at, string) } }
  if (name !== undefined) return words.has(name) ? { at, value: words.get(name)! } : { at, name }
  return mark === undefined ? { at } : { at, mark }
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' }

function unquote(text: string, at: number, literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/gsu, (_, escaped: string) => {
    const meant = escapes[escaped]
    if (meant === undefined)
      fault(text, at, `the text has \\${escaped}`, 'Use \\n, \\t, \\r, \\\\, \\" or \\\'.')
    return meant!
  })
}

/** Says what is wrong with a generator, and where. */
export function fault(text: string, at: number, problem: string, hint: string): never {
  throw new UserError(`Input generator ${text}, column ${at + 1}: ${problem}.`, hint)
}
