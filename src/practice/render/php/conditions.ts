import type { Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { widened } from './arithmetic.ts'
import { operand } from './expressions.ts'
import { intValue, isInt, isSimple } from './numbers.ts'
import { inside, type Writing } from './writing.ts'
import { atom, call, compared, infix, item, levels, prefix } from './written.ts'

const opposite = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const

export function not(value: Expression, writing: Writing): Operand {
  if (value.kind === 'not') return operand(value.value, writing)
  if (value.kind === 'in' || value.kind === 'is-none')
    return operand({ ...value, negated: !value.negated }, writing)
  if (value.kind === 'compare' && (value.operator === '==' || value.operator === '!='))
    return compare({ ...value, operator: opposite[value.operator] }, writing)
  return prefix('!', operand(value, writing), levels.not)
}

export function compare(of: Expression & { kind: 'compare' }, writing: Writing): Operand {
  const special = emptiness(of, writing) ?? remainder(of, writing) ?? search(of, writing)
  if (special) return special
  const left = widened(of.left) ?? of.left
  const right = widened(of.right) ?? of.right
  const { type } = of.left
  const [a, b] = [operand(left, writing), operand(right, writing)]
  if (of.operator === '==' || of.operator === '!=') {
    // Floats meet ints, and objects, maps and sets are equal by what they hold.
    const strict = isStrict(type)
    return compared(a, of.operator === '==' ? (strict ? '===' : '==') : strict ? '!==' : '!=', b)
  }
  if (type.kind === 'string' || type.kind === 'char')
    return compared(call('strcmp', a, b), of.operator, atom('0'))
  if (type.kind === 'set' || type.kind === 'bool') throw new Unsupported('such an order')
  if (type.kind === 'tuple' || type.kind === 'list')
    return compared(spaceship(left, right, writing), of.operator, atom('0'))
  return compared(a, of.operator, b)
}

function isStrict(type: Type): boolean {
  switch (type.kind) {
    case 'int':
    case 'days':
    case 'bool':
    case 'string':
    case 'char':
      return true
    case 'optional':
    case 'list':
      return isStrict(type.of)
    case 'tuple':
      return type.of.every(isStrict)
    default:
      return false
  }
}

/** A number below, at or above 0 as `left` comes before, with or after `right`. */
export function spaceship(left: Expression, right: Expression, writing: Writing): Operand {
  const { type } = left
  if (left.kind === 'negate' && right.kind === 'negate') return spaceship(right.value, left.value, writing)
  if (left.kind === 'not' && right.kind === 'not') return spaceship(right.value, left.value, writing)
  if (type.kind === 'tuple') {
    const parts = type.of.map((of, index) =>
      spaceship(part(left, index, of), part(right, index, of), writing),
    )
    return parts.reduce((all, next) => infix(all, '?:', next, levels.conditional))
  }
  const [a, b] = [operand(left, writing), operand(right, writing)]
  if (type.kind === 'string' || type.kind === 'char') return call('strcmp', a, b)
  if (!['int', 'float', 'bool', 'date', 'days'].includes(type.kind))
    throw new Unsupported(`the order of a ${type.kind}`)
  return compared(a, '<=>', b)
}

function part(tuple: Expression, index: number, type: Type): Expression {
  if (tuple.kind === 'tuple') return tuple.items[index]!
  return { kind: 'index', of: tuple, index: { kind: 'int', value: index, type: { kind: 'int' } }, type }
}

/** `$xs === []`, `$text === ''`. */
function emptiness(
  { operator, left, right }: Expression & { kind: 'compare' },
  writing: Writing,
): Operand | undefined {
  const [of] = left.kind === 'builtin' && left.name === 'len' ? left.arguments : []
  if (!of || of.kind === 'comprehension' || !isInt(right, 0) || operator === '<' || operator === '>=')
    return undefined
  const isEmpty = operator === '==' || operator === '<='
  const written = operand(of, writing)
  if (of.type.kind === 'string') return compared(written, isEmpty ? '===' : '!==', atom("''"))
  if (writing.emptyLiteral) return compared(written, isEmpty ? '===' : '!==', atom('[]'))
  return compared(call('count', written), isEmpty ? '===' : '>', atom('0'))
}

/** Whether something is divisible does not depend on the remainder's sign. */
function remainder(
  { operator, left, right }: Expression & { kind: 'compare' },
  writing: Writing,
): Operand | undefined {
  if (operator !== '==' && operator !== '!=') return undefined
  if (left.kind !== 'arithmetic' || left.operator !== '%' || left.type.kind !== 'int') return undefined
  const value = intValue(right)
  if (value !== 0 && !(value === 1 && isInt(left.right, 2))) return undefined
  const written = infix(operand(left.left, writing), '%', operand(left.right, writing), levels.product)
  const isZero = (value === 0) === (operator === '==')
  return compared(written, isZero ? '===' : '!==', atom('0'))
}

/** `strpos` is false where `find` is -1. */
function search(
  { operator, left, right }: Expression & { kind: 'compare' },
  writing: Writing,
): Operand | undefined {
  if (left.kind !== 'builtin' || (left.name !== 'str.find' && left.name !== 'str.rfind')) return undefined
  const value = intValue(right)
  const isAbsent = (value === -1 && operator === '==') || (value === 0 && operator === '<')
  const isFound =
    (value === -1 && (operator === '!=' || operator === '>')) || (value === 0 && operator === '>=')
  if (!isAbsent && !isFound) return undefined
  const args = left.arguments.map((arg) => operand(arg, writing))
  return compared(
    call(left.name === 'str.find' ? 'strpos' : 'strrpos', ...args),
    isAbsent ? '===' : '!==',
    atom('false'),
  )
}

export function between(of: Expression & { kind: 'between' }, writing: Writing): Operand {
  if (!isSimple(of.value)) throw new Unsupported('a value between two others that is not a name')
  const left: Expression = {
    kind: 'compare',
    operator: of.lowOperator,
    left: of.low,
    right: of.value,
    type: of.type,
  }
  const right: Expression = {
    kind: 'compare',
    operator: of.highOperator,
    left: of.value,
    right: of.high,
    type: of.type,
  }
  return infix(operand(left, writing), '&&', operand(right, inside(writing)), levels.and)
}

export function membership(
  { item: wanted, container, negated }: Expression & { kind: 'in' },
  writing: Writing,
): Operand {
  const found = member(wanted, container, writing)
  return negated ? prefix('!', found, levels.not) : found
}

function member(wanted: Expression, container: Expression, writing: Writing): Operand {
  const value = operand(wanted, writing)
  const { type } = container
  if (container.kind === 'builtin' && container.name === 'dict.keys')
    return member(wanted, container.arguments[0]!, writing)
  const within = operand(container, writing)
  switch (type.kind) {
    case 'string':
      return call('str_contains', within, value)
    case 'set':
    case 'map': {
      const mayBeNull = type.kind === 'map' && type.value.kind === 'optional'
      const isPlace = ['name', 'field', 'index'].includes(container.kind)
      return mayBeNull || !isPlace
        ? call('array_key_exists', value, within)
        : call('isset', item(within, value.doc))
    }
    case 'list':
    case 'tuple':
      return isStrict(wanted.type)
        ? call('in_array', value, within, atom('true'))
        : call('in_array', value, within)
    default:
      throw new Unsupported(`what is in a ${type.kind}`)
  }
}
