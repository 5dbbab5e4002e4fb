import type { Expression } from '../../language/program.ts'
import { bind, type Doc, group, type Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { annotation } from './annotations.ts'
import { dateArithmetic } from './dates.ts'
import { infix, isSimple, operand } from './expressions.ts'
import { templated } from './format.ts'
import { helper } from './helpers.ts'
import { iterableOf } from './iterables.ts'
import { lengthObject } from './ranges.ts'
import { atLeast, type Writing, withName } from './writing.ts'
import {
  array,
  arrow,
  atom,
  call,
  construct,
  levels,
  method,
  spread,
  spreadItem,
  type Written,
} from './written.ts'

type Arithmetic = Expression & { kind: 'arithmetic' }

export function arithmetic(of: Arithmetic, writing: Writing): Written {
  const { left, right, type } = of
  const kinds = [left.type.kind, right.type.kind]
  if (kinds.includes('date')) return dateArithmetic(of, writing)
  if (type.kind === 'set') return sets(of, writing)
  if (type.kind === 'list') return of.operator === '+' ? concatenated(of, writing) : repeated(of, writing)
  if (type.kind === 'string') return of.operator === '+' ? texts(of, writing) : repeatedText(of, writing)
  return numbers(of, writing)
}

const product = { '*': '*', '/': '/' } as const

function numbers(of: Arithmetic, writing: Writing): Written {
  const { operator, left, right } = of
  const [a, b] = [operand(left, writing), operand(right, writing)]
  switch (operator) {
    case '+':
    case '-':
      return infix(clear(a, '%', writing), operator, clear(b, '%', writing), levels.sum)
    case '*':
    case '/':
      return infix(clear(a, operator, writing), product[operator], b, levels.product)
    case '//':
      return floorDivided(of, writing)
    case '%':
      return modulo(of, writing)
    case '**':
      return power(a, b)
    case '<<':
      // `<<` cuts to 32 bits.
      if (left.kind === 'int' && left.value === 1) return powerOfTwo(right, writing)
      return infix(a, '*', powerOfTwo(right, writing), levels.product)
    case '>>':
      return call('Math.floor', [infix(a, '/', powerOfTwo(right, writing), levels.product)])
    case '&':
    case '|':
    case '^':
      return bits(of, operator, writing)
  }
}

/**
 * Bits of numbers within 32 bits, as JavaScript's operators have them; with a literal that has no more than 31, `&` is
 * right for every number.
 */
function bits({ left, right }: Arithmetic, operator: '&' | '|' | '^', writing: Writing): Written {
  checkBits(left, right)
  return infix(operand(left, writing), operator, operand(right, writing), levels[operator])
}

export function checkBits(...sides: Expression[]): void {
  for (const side of sides)
    if (side.kind === 'int' && Math.abs(side.value) >= 2 ** 31) throw new Unsupported('more than 32 bits')
}

function powerOfTwo(exponent: Expression, writing: Writing): Written {
  if (exponent.kind === 'int' && exponent.value < 31) return atom(String(2 ** exponent.value))
  return power(atom('2'), operand(exponent, writing))
}

function power(base: Operand, exponent: Operand): Written {
  // A minus before the base needs brackets by the grammar.
  return {
    doc: [bind(base, levels.postfix), ' ** ', bind(exponent, levels.power)],
    level: levels.power,
  }
}

/** Prettier's brackets around `%` beside `+`, and around one of `*`, `/`, `%` beside another. */
function clear(side: Operand, operator: string, writing: Writing): Operand {
  if (!writing.manner.clearer || side.level !== levels.product) return side
  const own = operatorOf(side.doc)
  if (operator === '%' ? own === '%' : own !== operator)
    return { doc: ['(', group(side.doc), ')'], level: levels.atom }
  return side
}

/** The last operator of what `infix` has written. */
function operatorOf(doc: Doc): string | undefined {
  return Array.isArray(doc) && typeof doc[1] === 'string' ? doc[1].trim() : undefined
}

/** Exact up to 2^53: the quotient of such numbers never rounds up to the next integer. */
function floorDivided({ left, right, type }: Arithmetic, writing: Writing): Written {
  if (type.kind === 'float' && !isPowerOfTwo(right))
    throw new Unsupported('the floor of a quotient of floats')
  const a = clear(operand(left, writing), '/', writing)
  return call('Math.floor', [infix(a, '/', operand(right, writing), levels.product)])
}

function isPowerOfTwo(of: Expression): boolean {
  const value = of.kind === 'convert' ? of.value : of
  return (
    (value.kind === 'int' || value.kind === 'float') &&
    value.value > 0 &&
    Number.isInteger(Math.log2(value.value))
  )
}

/** `a % b`, by a helper where `a` may be negative or `b` is. Only its being 0 is asked for where `plain`. */
export function modulo({ left, right, type }: Arithmetic, writing: Writing, plain = false): Written {
  const a = operand(left, writing)
  const b = operand(right, writing)
  if (plain || isPlainModulo(left, right, writing))
    return infix(clear(a, '%%', writing), '%', b, levels.product)
  if (type.kind === 'float') return call(helper('floatMod', writing), [a, b])
  if (!isSimple(left) || !isSimple(right)) return call(helper('mod', writing), [a, b])
  return writing.manner.modulo === 'inline'
    ? infix(atom(['((', a.doc, ' % ', b.doc, ') + ', b.doc, ')']), '%', b, levels.product)
    : call(helper('mod', writing), [a, b])
}

/** Whether JavaScript's `%`, which has the sign of its left side, is Python's here. */
export function isPlainModulo(left: Expression, right: Expression, writing: Writing): boolean {
  const divisor = right.kind === 'convert' ? right.value : right
  // A divisor of 0 is an error in Python.
  return (
    atLeast(left, 0, writing) && (divisor.kind === 'float' ? divisor.value > 0 : atLeast(divisor, 0, writing))
  )
}

function sets({ operator, left, right }: Arithmetic, writing: Writing): Written {
  const name = { '|': 'set.union', '&': 'set.intersection', '-': 'set.difference' }[
    operator as '|' | '&' | '-'
  ]
  return setOperation(name as 'set.union', operand(left, writing), operand(right, writing), writing)
}

/** Of ES2025 for JavaScript; TypeScript's library may be older. */
export function setOperation(
  name: 'set.union' | 'set.intersection' | 'set.difference',
  left: Written,
  right: Written,
  writing: Writing,
): Written {
  if (!writing.typed && writing.manner.sorted === 'toSorted') return method(left, name.slice(4), [right])
  if (name === 'set.union') return construct('Set', [array([spreadItem(left).doc, spreadItem(right).doc])])
  if (right.level < levels.atom) return call(helper(name, writing), [left, right])
  return withName(['item', 'x', 'value'], writing, (item) => {
    const has = method(right, 'has', [atom(item)])
    const keep = name === 'set.difference' ? { doc: ['!', has.doc], level: levels.unary } : has
    return construct('Set', [method(spread(left), 'filter', [arrow([item], keep)])])
  })
}

/** `[...a, ...b]`; literals give their items. */
function concatenated(of: Arithmetic, writing: Writing): Written {
  const items = (side: Expression): Doc[] => {
    if (side.kind === 'convert') return items(side.value)
    if (side.kind === 'arithmetic' && side.operator === '+')
      return [...items(side.left), ...items(side.right)]
    if (side.kind === 'list') return side.items.map((part) => group(operand(part, writing).doc))
    const source = side.kind === 'builtin' && side.name === 'list' ? (side.arguments[0] ?? side) : side
    return [spreadItem(iterableOf(source, writing)).doc]
  }
  return array([...items(of.left), ...items(of.right)])
}

/** `Array(n).fill(0)`; a list that is made anew for each place where its items can be changed. */
function repeated({ left, right, type }: Arithmetic, writing: Writing): Written {
  const [list, times] = left.type.kind === 'list' ? [left, right] : [right, left]
  const source = list.kind === 'convert' ? list.value : list
  const generic = writing.typed ? genericOf(type, writing) : ''
  if (source.kind === 'list' && source.items.length === 1 && type.kind === 'list') {
    const value = operand(source.items[0]!, writing)
    const isKnown = times.kind === 'int' ? times.value >= 0 : atLeast(times, 0, writing)
    if (isKnown && isShared(type.of.kind))
      return method(construct(`Array${generic}`, [operand(times, writing)]), 'fill', [value])
    if (!isShared(type.of.kind)) throw new Unsupported('one object in several places of a list')
    return call('Array.from', [lengthObject(operand(times, writing)), arrow([], value)])
  }
  const copies = call('Array.from', [
    lengthObject(operand(times, writing)),
    arrow([], operand(source, writing)),
  ])
  return method(copies, 'flat')
}

function genericOf(type: Expression['type'], writing: Writing): string {
  return type.kind === 'list' ? `<${annotation(type.of, writing)}>` : ''
}

function isShared(kind: string): boolean {
  return ['int', 'float', 'bool', 'string', 'char', 'days', 'optional'].includes(kind)
}

function repeatedText({ left, right }: Arithmetic, writing: Writing): Written {
  const [text, times] = left.type.kind === 'int' ? [right, left] : [left, right]
  const count = operand(times, writing)
  const isKnown = atLeast(times, 0, writing)
  return method(operand(text, writing), 'repeat', [isKnown ? count : call('Math.max', [atom('0'), count])])
}

/** A sum of texts; with a literal among them a template may be clearer. */
function texts(of: Arithmetic, writing: Writing): Written {
  const parts = (side: Expression): Expression[] => {
    if (side.kind === 'convert') return parts(side.value)
    return side.kind === 'arithmetic' && side.operator === '+'
      ? [...parts(side.left), ...parts(side.right)]
      : [side]
  }
  const all = parts(of)
  const isLiteral = ({ kind }: Expression) => kind === 'string'
  const isNumber = (part: Expression) => part.kind === 'builtin' && part.name === 'str'
  const isTemplate = all.some(isNumber) || (all.length > 2 && all.some(isLiteral))
  if (isTemplate && !all.every(isLiteral) && writing.manner.concatenate === 'template')
    return templated(
      all.map((value) => (value.kind === 'string' ? value.value : { value })),
      writing,
    )
  return infix(operand(of.left, writing), '+', operand(of.right, writing), levels.sum)
}
