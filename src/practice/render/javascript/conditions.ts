import type { Comparison, Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { Unsupported } from '../renderer.ts'
import { modulo } from './arithmetic.ts'
import { comparison } from './comparators.ts'
import { infix, isObject, isPure, logic, operand } from './expressions.ts'
import { helper } from './helpers.ts'
import { arrayOf } from './iterables.ts'
import { keyOf } from './keys.ts'
import { atLeast, type Writing, withName } from './writing.ts'
import { arrow, atom, call, levels, method, property, unary, type Written } from './written.ts'

/** As a condition: a list, string, set or map counts as false where it is empty. */
export function truth(of: Expression, writing: Writing, negated = false): Written {
  switch (of.type.kind) {
    case 'list':
    case 'string':
    case 'char':
    case 'tuple':
      return infix(
        property(operand(of, writing), 'length'),
        negated ? '===' : '>',
        atom('0'),
        negated ? levels.equality : levels.relation,
      )
    case 'set':
    case 'map':
      return infix(
        property(operand(of, writing), 'size'),
        negated ? '===' : '>',
        atom('0'),
        negated ? levels.equality : levels.relation,
      )
    case 'int':
    case 'float':
    case 'days':
      return infix(operand(of, writing), negated ? '===' : '!==', atom('0'), levels.equality)
    case 'bool':
      return negated ? opposite(of, writing) : operand(of, writing)
    case 'optional':
      if (of.type.of.kind !== 'record' && of.type.of.kind !== 'date')
        throw new Unsupported('the truth of an optional')
      return infix(operand(of, writing), negated ? '===' : '!==', atom('null'), levels.equality)
    default:
      throw new Unsupported(`the truth of a ${of.type.kind}`)
  }
}

const opposites = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const

/** `a !== b` for `not a == b`. */
function opposite(of: Expression, writing: Writing): Written {
  if (of.kind === 'not') return truth(of.value, writing)
  if (of.kind === 'in' || of.kind === 'is-none') return operand({ ...of, negated: !of.negated }, writing)
  if (of.kind === 'compare') {
    const isTotal = of.operator === '==' || of.operator === '!=' || of.left.type.kind !== 'float'
    // No float is both not less and not greater but NaN, which the language does not have; people keep the `!` there.
    if (isTotal) return operand({ ...of, operator: opposites[of.operator] }, writing)
  }
  return unary('!', operand(of, writing))
}

const primitive: ReadonlySet<Type['kind']> = new Set([
  'int',
  'float',
  'bool',
  'string',
  'char',
  'days',
  'none',
])

/** Whether `===` compares values of the type as Python's `==` does. */
export function isPrimitive(type: Type): boolean {
  return primitive.has(type.kind) || (type.kind === 'optional' && isPrimitive(type.of))
}

/** By value. */
export function equality(left: Expression, right: Expression, negated: boolean, writing: Writing): Written {
  const sign = negated ? '!==' : '==='
  const type = left.type
  if (isPrimitive(type)) {
    const parity = remainderTest(left, right, negated, writing)
    return parity ?? infix(operand(left, writing), sign, operand(right, writing), levels.equality)
  }
  if (type.kind === 'date')
    return infix(
      method(operand(left, writing), 'getTime'),
      sign,
      method(operand(right, writing), 'getTime'),
      levels.equality,
    )
  for (const [empty, other] of [
    [left, right],
    [right, left],
  ] as const)
    if (isEmptyLiteral(empty)) return truth(other, writing, !negated)
  if (left.kind === 'tuple' && right.kind === 'tuple') {
    const pairs = left.items.map((item, index) => equality(item, right.items[index]!, negated, writing))
    return pairs.reduce((all, pair) =>
      negated ? logic(all, '||', pair, levels.or, writing) : logic(all, '&&', pair, levels.and, writing),
    )
  }
  const equal = call(helper(equalHelper(type), writing), [operand(left, writing), operand(right, writing)])
  return negated ? unary('!', equal) : equal
}

function isEmptyLiteral(of: Expression): boolean {
  if (of.kind === 'convert') return isEmptyLiteral(of.value)
  if (of.kind === 'list' || of.kind === 'set') return of.items.length === 0
  return of.kind === 'map' && of.entries.length === 0
}

function equalHelper(type: Type): string {
  if (type.kind === 'list' && isPrimitive(type.of)) return 'arraysEqual'
  if (type.kind === 'tuple' && type.of.every(isPrimitive)) return 'arraysEqual'
  // Whatever their items are, they stand in sets and maps as what `===` compares.
  if (type.kind === 'set') return 'setsEqual'
  if (type.kind === 'map' && isPrimitive(type.value)) return 'mapsEqual'
  return 'deepEqual'
}

/**
 * A remainder compared with a number. Its sign does not matter against 0; `n % 2 == 1` is `n % 2 !== 0`, since
 * JavaScript's is -1 for odd numbers below 0.
 */
function remainderTest(
  left: Expression,
  right: Expression,
  negated: boolean,
  writing: Writing,
): Written | undefined {
  if (left.kind !== 'arithmetic' || left.operator !== '%' || right.kind !== 'int') return undefined
  const plain = modulo(left, writing, true)
  if (right.value === 0) return infix(plain, negated ? '!==' : '===', atom('0'), levels.equality)
  const isTwo = left.right.kind === 'int' && left.right.value === 2
  if (!isTwo || right.value !== 1 || atLeast(left.left, 0, writing)) return undefined
  return infix(plain, negated ? '===' : '!==', atom('0'), levels.equality)
}

const relations = new Set<Type['kind']>(['int', 'float', 'string', 'char', 'days', 'date'])

export function order(left: Expression, operator: Comparison, right: Expression, writing: Writing): Written {
  if (relations.has(left.type.kind))
    return infix(operand(left, writing), operator, operand(right, writing), levels.relation)
  const difference = comparison(left, right, writing)
  return infix(difference, operator, atom('0'), levels.relation)
}

export function isNone({ value, negated }: Expression & { kind: 'is-none' }, writing: Writing): Written {
  return infix(operand(value, writing), negated ? '!==' : '===', atom('null'), levels.equality)
}

export function contained(
  { item, container, negated }: Expression & { kind: 'in' },
  writing: Writing,
): Written {
  const found = containedPlainly(item, container, writing)
  return negated ? unary('!', found) : found
}

function containedPlainly(item: Expression, container: Expression, writing: Writing): Written {
  if (container.type.kind === 'set') return method(operand(container, writing), 'has', [keyOf(item, writing)])
  if (container.type.kind === 'map' || isKeys(container)) {
    const map = isKeys(container) ? container.arguments[0]! : container
    if (isObject(map, writing)) return call('Object.hasOwn', [operand(map, writing), operand(item, writing)])
    return method(operand(map, writing), 'has', [keyOf(item, writing)])
  }
  if (container.type.kind === 'string' || container.type.kind === 'char')
    return method(operand(container, writing), 'includes', [operand(item, writing)])
  const array = arrayOf(container, writing)
  if (isPrimitive(item.type)) return method(array, 'includes', [operand(item, writing)])
  if (!isPure(item)) throw new Unsupported('a compound value that can be computed only once')
  return withName(['other', 'entry', 'candidate'], writing, (name) => {
    const other: Expression = { kind: 'name', name, type: item.type }
    return method(array, 'some', [arrow([name], equality(other, item, false, writing))])
  })
}

function isKeys(of: Expression): of is Expression & { kind: 'builtin' } {
  return of.kind === 'builtin' && of.name === 'dict.keys'
}

/** `a && b` of what is written already. */
export function allOf(conditions: readonly Expression[], writing: Writing): Written {
  const [first, ...rest] = conditions.map((condition) => truth(condition, writing))
  return rest.reduce<Written>((left, right) => logic(left, '&&', right, levels.and, writing), first!)
}
