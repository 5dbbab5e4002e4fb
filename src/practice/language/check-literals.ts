import { type Checker, openAt } from './checker.ts'
import { coerce } from './coerce.ts'
import { head, isOpen } from './open-types.ts'
import type { Expression } from './program.ts'
import { isKey } from './read-type.ts'
import { type Node, refuse } from './surface.ts'
import { BOOL, FLOAT, INT, listOf, mapOf, optionalOf, STRING, setOf, type Type, tupleOf } from './types.ts'

const largest = Number.MAX_SAFE_INTEGER

export function integer(node: Node): Expression {
  const value = Number(node.text.replaceAll('_', ''))
  if (Number.isNaN(value)) return refuse(node, 'this is no integer', 'Write it in decimal.')
  if (value > largest) return refuse(node, 'integers stay within ±2^53', 'Use a smaller number.')
  return { kind: 'int', value, type: INT }
}

export function float(node: Node): Expression {
  const value = Number(node.text.replaceAll('_', ''))
  if (!Number.isFinite(value))
    return refuse(node, 'this is no number of the language', 'Write it as 1.5 or 1e-9.')
  return { kind: 'float', value, type: FLOAT }
}

export function truth(value: boolean): Expression {
  return { kind: 'bool', value, type: BOOL }
}

export function none(checker: Checker, node: Node): Expression {
  return { kind: 'none', type: optionalOf(openAt(checker, node, 'none')) }
}

/** A string without holes, also one in several pieces. One character may turn out to be a char. */
export function text(checker: Checker, node: Node): Expression {
  const value = node.type === 'concatenated_string' ? node.children.map(textOf).join('') : textOf(node)
  const letter = [...value].length === 1
  return { kind: 'string', value, type: letter ? openAt(checker, node, 'letter', true) : STRING }
}

/** What a string literal stands for. */
export function textOf(node: Node): string {
  const prefix = prefixOf(node)
  if (prefix.includes('b')) return refuse(node, 'there are no bytes', 'Use a string.')
  if (prefix.includes('f'))
    return refuse(node, 'an f-string does not belong here', 'Write it as one f-string.')
  return node.children
    .filter((child) => child.type === 'string_content')
    .map((content) => decode(content, content.text, prefix.includes('r')))
    .join('')
}

/** The letters before the quote, in lower case. */
export function prefixOf(node: Node): string {
  const start = node.children.find((child) => child.type === 'string_start')
  return (start?.text ?? '').replace(/["']/g, '').toLowerCase()
}

const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
}

/** Python's escapes, as they are in a string that is not raw. */
export function decode(at: Node, content: string, raw: boolean): string {
  if (raw) return content
  return content.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g,
    (whole, code: string) => {
      const short = code.length === 1 ? escapes[code] : undefined
      if (short !== undefined) return short
      const point = code.length > 1 ? Number.parseInt(code.slice(1), 16) : Number.NaN
      if (!(point <= 0x10ffff))
        return refuse(at, `\`${whole}\` is no escape`, 'Write `\\\\` for a backslash.')
      return String.fromCodePoint(point)
    },
  )
}

export function list(checker: Checker, node: Node, want?: Type): Expression {
  const wanted = want && head(want)
  const of = wanted?.kind === 'list' ? wanted.of : openAt(checker, node, 'item')
  return { kind: 'list', items: items(checker, node.children, of), type: listOf(of) }
}

export function set(checker: Checker, node: Node, want?: Type): Expression {
  const wanted = want && head(want)
  const of = wanted?.kind === 'set' ? wanted.of : openAt(checker, node, 'item')
  const type = setOf(of)
  const found: Expression = { kind: 'set', items: items(checker, node.children, of), type }
  keyed(node, of)
  return found
}

function items(checker: Checker, nodes: readonly Node[], of: Type): Expression[] {
  return nodes.map((item) => {
    plain(item)
    return coerce(checker.check(item, of), of, item)
  })
}

export function plain(item: Node): void {
  if (item.type.endsWith('splat'))
    refuse(
      item,
      'nothing is unpacked into a list or a call',
      'Write `xs + [x]`, or name the arguments one by one.',
    )
}

export function map(checker: Checker, node: Node, want?: Type): Expression {
  const wanted = want && head(want)
  const key = wanted?.kind === 'map' ? wanted.key : openAt(checker, node, 'key')
  const value = wanted?.kind === 'map' ? wanted.value : openAt(checker, node, 'value')
  const entries = node.children.map((pair) => {
    if (pair.type !== 'pair')
      return refuse(pair, 'a dict is not unpacked into another', 'Use `.copy()` and `.update()`.')
    const [left, right] = pair.children as [Node, Node]
    return {
      key: coerce(checker.check(left, key), key, left),
      value: coerce(checker.check(right, value), value, right),
    }
  })
  keyed(node, key)
  return { kind: 'map', entries, type: mapOf(key, value) }
}

/** Refuses keys that can be changed. */
export function keyed(at: Node, key: Type): void {
  if (!isOpen(key) && !isKey(head(key)))
    refuse(
      at,
      'what can be changed is no key of a dict and no item of a set',
      'Use numbers, strings, dates or tuples of them.',
    )
}

export function tuple(checker: Checker, node: Node, want?: Type): Expression {
  const wanted = want && head(want)
  if (node.children.length < 2)
    return refuse(node, 'a tuple has two items or more here', 'Use the value itself, or a list.')
  const found = node.children.map((item, index) => {
    plain(item)
    const of = wanted?.kind === 'tuple' ? wanted.of[index] : undefined
    return checker.check(item, of)
  })
  return { kind: 'tuple', items: found, type: tupleOf(...found.map((item) => head(item.type))) }
}
