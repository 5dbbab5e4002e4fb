import type { Expression, IndexExpression } from '../../language/program.ts'
import { bind, bracketed, type Doc, group, type Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { expressionsIn } from '../walk.ts'
import { arithmetic } from './arithmetic.ts'
import { builtin } from './builtins.ts'
import { comprehension, mapComprehension } from './comprehensions.ts'
import { contained, equality, isNone, order, truth } from './conditions.ts'
import { formatted } from './format.ts'
import { countsFromStart } from './indexes.ts'
import { keyOf } from './keys.ts'
import { fieldName, number, quoted } from './literals.ts'
import { slice } from './slices.ts'
import { spell } from './spelling.ts'
import type { Writing } from './writing.ts'
import {
  array,
  arrow,
  atom,
  call,
  conditional,
  construct,
  item,
  levels,
  method,
  nonNull,
  property,
  unary,
  type Written,
} from './written.ts'

/** An expression that stands for itself: an argument, an item, a right-hand side. */
export function expression(of: Expression, writing: Writing): Doc {
  return group(operand(of, writing).doc)
}

export function operand(of: Expression, writing: Writing): Written {
  const inner = (part: Expression) => operand(part, writing)
  switch (of.kind) {
    case 'name':
      return writing.renames.get(of.name) ?? atom(spell(of.name, 'variable'))
    case 'self':
      return atom('this')
    case 'int':
    case 'float':
      return { doc: number(of.value), level: of.value < 0 ? levels.unary : levels.atom }
    case 'bool':
      return atom(String(of.value))
    case 'string':
      return atom(quoted(of.value, writing.manner.quote))
    case 'none':
      return atom('null')
    case 'list':
    case 'tuple':
      return array(of.items.map((part) => expression(part, writing)))
    case 'set':
      return setOf(of, writing)
    case 'map':
      return mapOf(of, writing)
    case 'construct':
      return constructed(of, writing)
    case 'call':
      return call(spell(of.function, 'function'), of.arguments.map(inner))
    case 'method':
      return method(inner(of.of), methodName(of.name, writing), of.arguments.map(inner))
    case 'builtin':
      return builtin(of, writing)
    case 'index':
      return indexed(of, writing)
    case 'field':
      return property(inner(of.of), fieldOf(of.name, writing))
    case 'slice':
      return slice(of, writing)
    case 'unwrap':
    case 'convert':
      return inner(of.value)
    case 'negate':
      return negated(inner(of.value))
    case 'invert':
      return unary('~', inner(of.value))
    case 'not':
      return truth(of.value, writing, true)
    case 'arithmetic':
      return arithmetic(of, writing)
    case 'logic': {
      const level = of.operator === 'and' ? levels.and : levels.or
      return logic(
        truth(of.left, writing),
        of.operator === 'and' ? '&&' : '||',
        truth(of.right, writing),
        level,
        writing,
      )
    }
    case 'compare':
      if (of.operator === '==' || of.operator === '!=')
        return equality(of.left, of.right, of.operator === '!=', writing)
      return order(of.left, of.operator, of.right, writing)
    case 'between':
      return between(of, writing)
    case 'in':
      return contained(of, writing)
    case 'is-none':
      return isNone(of, writing)
    case 'conditional':
      return (
        nullish(of, writing) ?? conditional(truth(of.condition, writing), inner(of.then), inner(of.otherwise))
      )
    case 'comprehension':
      return comprehension(of, writing)
    case 'map-comprehension':
      return mapComprehension(of, writing)
    case 'lambda':
      return arrow(
        of.parameters.map(({ name }) => spell(name, 'variable')),
        inner(of.body),
      )
    case 'format':
      return formatted(of.parts, writing)
  }
}

export function fieldOf(name: string, writing: Writing): string {
  const spelled = spell(name, 'field')
  return writing.hidden.has(name) ? spelled.replace(/^_/, '#') : spelled
}

export function methodName(name: string, writing: Writing): string {
  const spelled = spell(name, 'function')
  if (!name.startsWith('_')) return spelled
  return `${writing.hidden.has(name) ? '#' : '_'}${spelled}`
}

function negated(value: Written): Written {
  // `- -x` is not `--x`.
  return value.level === levels.unary
    ? { doc: ['-(', value.doc, ')'], level: levels.unary }
    : unary('-', value)
}

/** `value ?? other` for `value if value is not None else other`. */
function nullish(
  { condition, then, otherwise }: Expression & { kind: 'conditional' },
  writing: Writing,
): Written | undefined {
  if (condition.kind !== 'is-none' || !isPure(condition.value)) return undefined
  const [known, other] = condition.negated ? [then, otherwise] : [otherwise, then]
  const value = operand(condition.value, writing)
  if (known.kind !== 'unwrap' || JSON.stringify(operand(known, writing).doc) !== JSON.stringify(value.doc))
    return undefined
  return infix(
    value,
    '??',
    { doc: bind(operand(other, writing), levels['|']), level: levels.atom },
    levels.nullish,
  )
}

/** `left && right`; Prettier shows what binds tighter by brackets. */
export function logic(
  left: Operand,
  operator: '&&' | '||',
  right: Operand,
  level: number,
  writing: Writing,
): Written {
  const clear = (side: Operand): Operand =>
    writing.manner.clearer && operator === '||' && side.level === levels.and
      ? { doc: ['(', group(side.doc), ')'], level: levels.atom }
      : side
  // `a && (b && c)` is `a && b && c`.
  return infix(clear(left), operator, clear(right), level, level)
}

/** A left-associative operator; a chain of one level breaks after each of its operators. */
export function infix(
  left: Operand,
  operator: string,
  right: Operand,
  level: number,
  least = level + 1,
): Written {
  const side = (of: Operand, least: number) =>
    of.level < least ? ['(', group(of.doc), ')'] : of.level === level ? of.doc : group(of.doc)
  return {
    doc: [side(left, level), ` ${operator}`, { kind: 'line', flat: ' ' }, side(right, least)],
    level,
  }
}

function between(of: Expression & { kind: 'between' }, writing: Writing): Written {
  const { low, value, high, lowOperator, highOperator } = of
  if (!isPure(value)) throw new Unsupported('a value between bounds that can be computed only once')
  const first =
    writing.manner.between === 'value-inside'
      ? order(low, lowOperator, value, writing)
      : order(value, lowOperator === '<' ? '>' : '>=', low, writing)
  return logic(first, '&&', order(value, highOperator, high, writing), levels.and, writing)
}

const changing = new Set<string>(['list.pop', 'dict.pop', 'dict.setdefault', 'print'])

/** Whether to compute it again gives the same and does nothing. */
export function isPure(of: Expression): boolean {
  return [...expressionsIn(of)].every((part) => {
    if (part.kind === 'call' || part.kind === 'method') return false
    return part.kind !== 'builtin' || !changing.has(part.name)
  })
}

/** A name, a field or a literal: it may be written twice. */
export function isSimple(of: Expression): boolean {
  if (of.kind === 'convert' || of.kind === 'unwrap') return isSimple(of.value)
  if (of.kind === 'field') return isSimple(of.of)
  return ['name', 'self', 'int', 'float', 'bool', 'string', 'none'].includes(of.kind)
}

function setOf({ items }: Expression & { kind: 'set' }, writing: Writing): Written {
  if (items.length === 0) return construct('Set', [])
  return construct('Set', [array(items.map((part) => group(keyOf(part, writing).doc)))])
}

function mapOf({ entries }: Expression & { kind: 'map' }, writing: Writing): Written {
  if (entries.length === 0) return construct('Map', [])
  const pairs = entries.map(
    ({ key, value }) => array([keyOf(key, writing).doc, expression(value, writing)]).doc,
  )
  return construct('Map', [array(pairs)])
}

/** `{ I: 1, V: 5 }`. */
export function plainObject({ entries }: Expression & { kind: 'map' }, writing: Writing): Doc {
  const fields = entries.map(({ key, value }) => {
    const name =
      key.kind === 'string'
        ? fieldName(key.value, writing.manner.quote)
        : ['[', expression(key, writing), ']']
    return [name, ': ', expression(value, writing)]
  })
  return braces(fields)
}

export function braces(fields: readonly Doc[]): Doc {
  return fields.length === 0 ? '{}' : bracketed('{', spaced(fields), '}', ',')
}

/** Blanks inside the braces where they stand on one line. */
function spaced(fields: readonly Doc[]): Doc[] {
  const blank: Doc = { kind: 'if-broken', broken: '', flat: ' ' }
  return fields.map((field, index) => [
    index === 0 ? blank : '',
    field,
    index === fields.length - 1 ? blank : '',
  ])
}

/** Records are objects, fields in the order of their declaration; classes are made with `new`. */
function constructed(
  { name, arguments: given }: Expression & { kind: 'construct' },
  writing: Writing,
): Written {
  const record = writing.program.records.find((of) => of.name === name)
  if (record === undefined)
    return construct(
      spell(name, 'type'),
      given.map((value) => operand(value, writing)),
    )
  const fields = record.fields.map((field, index) => {
    const key = spell(field.name, 'field')
    const value = operand(given[index]!, writing)
    return value.doc === key ? key : [key, ': ', group(value.doc)]
  })
  return atom(braces(fields))
}

/** `xs[i]`, `xs.at(-1)`, `counts.get(key)`. Where the sign of an index is not known, `at` takes it from either end. */
function indexed(of: IndexExpression, writing: Writing): Written {
  const receiver = operand(of.of, writing)
  const sure = (value: Written) => (writing.typed ? nonNull(value) : value)
  if (of.of.type.kind === 'map') {
    if (isObject(of.of, writing)) return objectItem(receiver, of.index, writing)
    return sure(method(receiver, 'get', [keyOf(of.index, writing)]))
  }
  const fromEnd = endIndex(of.index)
  if (fromEnd !== undefined) {
    if (of.of.type.kind === 'tuple') return item(receiver, atom(String(of.of.type.of.length - fromEnd)))
    const byLength = isSimple(of.of) && (writing.typed || writing.manner.last === 'length')
    if (byLength)
      return item(receiver, infix(property(receiver, 'length'), '-', atom(String(fromEnd)), levels.sum))
    return sure(method(receiver, 'at', [operand(of.index, writing)]))
  }
  const index = operand(of.index, writing)
  return isLast(of) || countsFromStart(of.index, writing)
    ? item(receiver, index)
    : sure(method(receiver, 'at', [index]))
}

/** `xs[len(xs) - 1]`. */
function isLast({ of, index }: IndexExpression): boolean {
  if (
    index.kind !== 'arithmetic' ||
    index.operator !== '-' ||
    index.left.kind !== 'builtin' ||
    index.left.name !== 'len'
  )
    return false
  const isOne = index.right.kind === 'int' && index.right.value === 1
  return isOne && JSON.stringify(index.left.arguments[0]) === JSON.stringify(of)
}

/** 1 for `-1`. */
function endIndex(index: Expression): number | undefined {
  if (index.kind === 'int' && index.value < 0) return -index.value
  return index.kind === 'negate' && index.value.kind === 'int' ? index.value.value : undefined
}

/** What stands left of an assignment. */
export function target(of: Expression, writing: Writing): Written {
  if (of.kind !== 'index') return operand(of, writing)
  if (of.of.type.kind === 'map') {
    if (isObject(of.of, writing)) return objectItem(operand(of.of, writing), of.index, writing)
    throw new Unsupported('a key of a map among several targets')
  }
  const fromEnd = endIndex(of.index)
  const receiver = operand(of.of, writing)
  if (fromEnd === undefined) return item(receiver, operand(of.index, writing))
  if (!isSimple(of.of)) throw new Unsupported('the end of a list that has no name')
  return item(receiver, infix(property(receiver, 'length'), '-', atom(String(fromEnd)), levels.sum))
}

/** Whether the map is a plain object here. */
export function isObject(map: Expression, writing: Writing): boolean {
  return map.kind === 'name' && writing.objects.has(map.name)
}

function objectItem(receiver: Written, key: Expression, writing: Writing): Written {
  if (key.kind === 'string' && fieldName(key.value) === key.value) return property(receiver, key.value)
  return item(receiver, operand(key, writing))
}
