import type { Arithmetic, Expression } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { operand } from './expressions.ts'
import type { Writing } from './writing.ts'
import { index, infix, levels, send } from './written.ts'

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
  if (kinds.includes('date') || kinds.includes('days')) return withDays(of, writing)
  if (operator === '*' && kinds[0] === 'int' && kinds[1] !== 'int' && kinds[1] !== 'float')
    return infix(operand(right, writing), '*', operand(left, writing), levels.product)
  if (of.type.kind === 'float' || kinds.includes('float')) return floats(of, writing)
  if (operator === '**') {
    const [base, exponent] = [operand(left, writing), operand(right, writing)]
    return { doc: infix(base, '**', exponent, levels.power).doc, level: levels.power }
  }
  return infix(
    operand(left, writing),
    operator === '//' ? '/' : operator,
    operand(right, writing),
    operatorLevels[operator],
  )
}

/** Ruby computes with floats where one side is one, so the other needs no `to_f`. */
function floats({ operator, left, right }: Expression & { kind: 'arithmetic' }, writing: Writing): Operand {
  const [a, b] = [widened(left), widened(right)]
  if (operator === '//')
    return send(index(send(operand(left, writing), 'divmod', operand(right, writing).doc), '0'), 'to_f')
  if (a && b) {
    if (operator === '/') return send(operand(a, writing), 'fdiv', operand(b, writing).doc)
    return infix(operand(left, writing), operator, operand(b, writing), operatorLevels[operator])
  }
  return infix(operand(a ?? left, writing), operator, operand(b ?? right, writing), operatorLevels[operator])
}

/** The int that a value is made a float of. */
export function widened(of: Expression): Expression | undefined {
  return of.kind === 'convert' && of.type.kind === 'float' && of.value.type.kind === 'int'
    ? of.value
    : undefined
}

/** Spans of days are whole numbers. */
function withDays(
  { operator, left, right, type }: Expression & { kind: 'arithmetic' },
  writing: Writing,
): Operand {
  const [a, b] = [operand(left, writing), operand(right, writing)]
  if (left.type.kind === 'date' && right.type.kind === 'date')
    return send(infix(a, '-', b, levels.sum), 'to_i')
  if (left.type.kind === 'days' && right.type.kind === 'date') return infix(b, operator, a, levels.sum)
  if (operator === '/' && type.kind === 'float') return send(a, 'fdiv', b.doc)
  if (type.kind !== 'days' && type.kind !== 'date' && type.kind !== 'int')
    throw new Unsupported('such a span')
  return infix(a, operator === '//' ? '/' : operator, b, operatorLevels[operator])
}
