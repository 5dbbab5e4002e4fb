import type { Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { widened } from './arithmetic.ts'
import { quantified } from './comprehensions.ts'
import { expression, operand } from './expressions.ts'
import { rangeOf } from './iteration.ts'
import { intValue, isInt, isSimple } from './numbers.ts'
import type { Writing } from './writing.ts'
import { atom, bind, compared, infix, levels, prefix, send } from './written.ts'

const opposite = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const

export function not(value: Expression, writing: Writing): Operand {
  if (value.kind === 'not') return operand(value.value, writing)
  if (value.kind === 'in' || value.kind === 'is-none')
    return operand({ ...value, negated: !value.negated }, writing)
  if (value.kind === 'compare' && (value.operator === '==' || value.operator === '!='))
    return compare({ ...value, operator: opposite[value.operator] }, writing)
  if (value.kind === 'builtin' && value.name === 'any')
    return quantified('none?', value.arguments[0]!, writing)
  return prefix('!', operand(value, writing), levels.unary)
}

/** The opposite of a condition, where that is shorter than `!`: what `unless` asks. */
export function positive(of: Expression): Expression | undefined {
  if (of.kind === 'not') return of.value
  if ((of.kind === 'in' || of.kind === 'is-none') && of.negated) return { ...of, negated: false }
  if (of.kind === 'compare' && of.operator === '>' && lengthOf(of.left) && isInt(of.right, 0))
    return { ...of, operator: '==' }
  return undefined
}

function lengthOf(of: Expression): Expression | undefined {
  return of.kind === 'builtin' && of.name === 'len' && of.arguments[0]!.kind !== 'comprehension'
    ? of.arguments[0]
    : undefined
}

export function compare(of: Expression & { kind: 'compare' }, writing: Writing): Operand {
  const { operator } = of
  const asked = asPredicate(of, writing)
  if (asked) return asked
  const left = widened(of.left) && !widened(of.right) ? widened(of.left)! : of.left
  const right = widened(of.right) && !widened(of.left) ? widened(of.right)! : of.right
  const [a, b] = [operand(left, writing), operand(right, writing)]
  const { type } = of.left
  if (operator === '==' || operator === '!=') return compared(a, operator, b)
  if (type.kind === 'tuple' || type.kind === 'list') {
    inOrder(type)
    return compared(compared(a, '<=>', b), operator, atom('0'))
  }
  if (type.kind === 'bool') throw new Unsupported('an order of true and false')
  return compared(a, operator, b)
}

/** Values that `<=>` orders. */
export function inOrder(type: Type): void {
  if (type.kind === 'tuple') type.of.forEach(inOrder)
  else if (type.kind === 'list') inOrder(type.of)
  else if (!['int', 'float', 'string', 'char', 'date', 'days'].includes(type.kind))
    throw new Unsupported(`the order of a ${type.kind}`)
}

/** `xs.empty?`, `n.even?`, `n.zero?`. */
function asPredicate(of: Expression & { kind: 'compare' }, writing: Writing): Operand | undefined {
  const { operator, left, right } = of
  const value = intValue(right)
  const length = lengthOf(left)
  if (
    length &&
    ((value === 0 && operator !== '<' && operator !== '>=') ||
      (value === 1 && (operator === '<' || operator === '>=')))
  ) {
    const empty = send(operand(length, writing), 'empty?')
    return operator === '==' || operator === '<=' || operator === '<'
      ? empty
      : prefix('!', empty, levels.unary)
  }
  const isEquality = operator === '==' || operator === '!='
  if (isEquality && right.kind === 'string' && right.value === '') {
    const empty = send(operand(left, writing), 'empty?')
    return operator === '==' ? empty : prefix('!', empty, levels.unary)
  }
  if (left.kind === 'builtin' && left.name === 'date.weekday' && value !== undefined)
    return compared(send(operand(left.arguments[0]!, writing), 'cwday'), operator, atom(String(value + 1)))
  if (left.type.kind !== 'int') return undefined
  if (
    isEquality &&
    left.kind === 'arithmetic' &&
    left.operator === '%' &&
    isInt(left.right, 2) &&
    (value === 0 || value === 1)
  )
    return send(operand(left.left, writing), (value === 0) === (operator === '==') ? 'even?' : 'odd?')
  if (!writing.predicates || value !== 0) return undefined
  if (operator === '==') return send(operand(left, writing), 'zero?')
  if (operator === '>') return send(operand(left, writing), 'positive?')
  if (operator === '<') return send(operand(left, writing), 'negative?')
  return undefined
}

export function between(of: Expression & { kind: 'between' }, writing: Writing): Operand {
  const { low, value, high } = of
  const written = [low, value, high].map((part) => operand(part, writing)) as [Operand, Operand, Operand]
  if (of.lowOperator === '<=' && of.highOperator === '<=' && value.type.kind !== 'tuple')
    return send(written[1], 'between?', written[0].doc, written[2].doc)
  if (of.lowOperator === '<=' && value.type.kind !== 'tuple' && value.type.kind !== 'list') {
    const range = atom(['(', bind(written[0], levels.or), '...', bind(written[2], levels.or), ')'])
    return send(range, 'cover?', written[1].doc)
  }
  if (!isSimple(value)) throw new Unsupported('a value between two others that is not a name')
  const left: Expression = {
    kind: 'compare',
    operator: of.lowOperator,
    left: low,
    right: value,
    type: of.type,
  }
  const right: Expression = {
    kind: 'compare',
    operator: of.highOperator,
    left: value,
    right: high,
    type: of.type,
  }
  return infix(compare(left, writing), '&&', compare(right, writing), levels.and)
}

export function membership(of: Expression & { kind: 'in' }, writing: Writing): Operand {
  const found = member(of, writing)
  return of.negated ? prefix('!', found, levels.unary) : found
}

function member({ item, container }: Expression & { kind: 'in' }, writing: Writing): Operand {
  const wanted = expression(item, writing)
  if (container.kind === 'builtin') {
    const of = container.arguments[0]
    if (container.name === 'dict.keys') return send(operand(of!, writing), 'key?', wanted)
    if (container.name === 'dict.values') return send(operand(of!, writing), 'value?', wanted)
    if (container.name === 'range') return send(rangeOf(container.arguments, writing), 'include?', wanted)
  }
  return send(operand(container, writing), container.type.kind === 'map' ? 'key?' : 'include?', wanted)
}
