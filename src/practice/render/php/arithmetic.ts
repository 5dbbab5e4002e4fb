import type { Arithmetic, Expression } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { plusDays } from './dates.ts'
import { operand } from './expressions.ts'
import { intValue } from './numbers.ts'
import type { Writing } from './writing.ts'
import { atom, call, flat, infix, levels, list, number, prefix } from './written.ts'

const operatorLevels: Readonly<Record<Arithmetic, number>> = {
  '|': levels['|'],
  '^': levels['^'],
  '&': levels['&'],
  '<<': levels.shift,
  '>>': levels.shift,
  '+': levels.sum,
  '-': levels.sum,
  '*': levels.product,
  '/': levels.product,
  '//': levels.product,
  '%': levels.product,
  '**': levels.power,
}

export function arithmetic(of: Expression & { kind: 'arithmetic' }, writing: Writing): Operand {
  const { operator, left, right } = of
  const kinds = [left.type.kind, right.type.kind]
  if (kinds.includes('date')) return plusDays(of, writing)
  switch (of.type.kind) {
    case 'string':
      if (operator === '+')
        return infix(operand(left, writing), '.', operand(right, writing), levels.concatenation)
      return kinds[0] === 'int' ? repeated(right, left, writing) : repeated(left, right, writing)
    case 'list':
      return lists(of, writing)
    case 'set':
      return sets(operator, operand(left, writing), operand(right, writing))
    case 'tuple':
      throw new Unsupported('tuples put together')
    case 'bool':
      throw new Unsupported('bits of truth')
  }
  if (of.type.kind === 'float' && kinds.every((kind) => kind !== 'days')) return floats(of, writing)
  const [a, b] = [operand(left, writing), operand(right, writing)]
  if (operator === '//') return floorDivided(left, right, a, b, writing)
  if (operator === '%') return modulo(left, right, a, b, writing)
  return infix(a, operator, b, operatorLevels[operator])
}

/** The int that a value is made a float of. */
export function widened(of: Expression): Expression | undefined {
  return of.kind === 'convert' && of.type.kind === 'float' && of.value.type.kind === 'int'
    ? of.value
    : undefined
}

/** PHP divides and multiplies ints and floats alike. */
function floats({ operator, left, right }: Expression & { kind: 'arithmetic' }, writing: Writing): Operand {
  if (operator === '//' || operator === '%') throw new Unsupported(`${operator} of floats`)
  const [a, b] = [widened(left) ?? left, widened(right) ?? right]
  const isWhole = a !== left && b !== right && operator !== '/'
  return infix(operand(isWhole ? left : a, writing), operator, operand(b, writing), operatorLevels[operator])
}

function repeated(of: Expression, times: Expression, writing: Writing): Operand {
  return call('str_repeat', operand(of, writing), notNegative(times, writing))
}

/** `max(0, $n)` where it is not known that it is no less. */
export function notNegative(of: Expression, writing: Writing): Operand {
  const written = operand(of, writing)
  if ((intValue(of) ?? -1) >= 0 || writing.knowledge.atLeast(of, 0)) return written
  return call('max', atom('0'), written)
}

function lists({ operator, left, right }: Expression & { kind: 'arithmetic' }, writing: Writing): Operand {
  if (operator === '+') {
    const [a, b] = [operand(left, writing), operand(right, writing)]
    if (!writing.spread) return call('array_merge', a, b)
    return list([a, b].map((part) => ['...', part.doc]))
  }
  const [items, times] = left.type.kind === 'int' ? [right, left] : [left, right]
  if (items.kind !== 'list' || items.items.length !== 1) throw new Unsupported('a list repeated')
  return call('array_fill', atom('0'), notNegative(times, writing), operand(items.items[0]!, writing))
}

export function sets(operator: Arithmetic, a: Operand, b: Operand): Operand {
  if (operator === '|') return infix(a, '+', b, levels.sum)
  if (operator === '&') return call('array_intersect_key', a, b)
  if (operator === '-') return call('array_diff_key', a, b)
  throw new Unsupported(`${operator} of sets`)
}

/** Towards negative infinity, as Python divides. */
export function floorDivided(
  left: Expression,
  right: Expression,
  a: Operand,
  b: Operand,
  writing: Writing,
): Operand {
  if (isPositive(left, writing) && isPositive(right, writing)) return call('intdiv', a, b)
  return prefix('(int) ', call('floor', infix(a, '/', b, levels.product)))
}

/** With the sign of the divisor, as Python has it. */
export function modulo(
  left: Expression,
  right: Expression,
  a: Operand,
  b: Operand,
  writing: Writing,
): Operand {
  const remainder = infix(a, '%', b, levels.product)
  if (isPositive(left, writing) && isPositive(right, writing)) return remainder
  const shifted = infix(remainder, '+', b, levels.sum)
  return infix(shifted, '%', b, levels.product)
}

export function isPositive(of: Expression, { knowledge }: Writing): boolean {
  const value = intValue(of)
  return value === undefined ? knowledge.atLeast(of, 0) : value >= 0
}

export function divmod(left: Expression, right: Expression, writing: Writing): Operand {
  const [a, b] = [operand(left, writing), operand(right, writing)]
  if (left.type.kind !== 'int') throw new Unsupported('divmod of floats')
  return list([floorDivided(left, right, a, b, writing).doc, modulo(left, right, a, b, writing).doc])
}

export function minusOne(of: Operand): Operand {
  const text = flat(of.doc)
  const [, before] = /^(.*) \+ 1$/.exec(text) ?? []
  if (before !== undefined && of.level === levels.sum) return { doc: before, level: levels.sum }
  return /^\d+$/.test(text) ? number(Number(text) - 1) : infix(of, '-', atom('1'), levels.sum)
}
