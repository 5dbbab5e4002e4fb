/** Dates are `Date` objects at midnight UTC, spans of days are numbers. */
import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { infix, operand } from './expressions.ts'
import { helper } from './helpers.ts'
import type { Writing } from './writing.ts'
import { atom, call, construct, levels, method, unary, type Written } from './written.ts'

export function dateArithmetic(
  { operator, left, right }: Expression & { kind: 'arithmetic' },
  writing: Writing,
): Written {
  const [a, b] = [operand(left, writing), operand(right, writing)]
  if (left.type.kind === 'date' && right.type.kind === 'date')
    return call(helper('daysBetween', writing), [b, a])
  const [date, days] = left.type.kind === 'date' ? [a, b] : [b, a]
  const isNegative = days.level === levels.unary
  const by =
    operator === '+'
      ? days
      : isNegative
        ? { doc: ['-(', days.doc, ')'], level: levels.unary }
        : unary('-', days)
  return call(helper('addDays', writing), [date, by])
}

/** Calls of `date` and its methods; `undefined` for other names. */
export function dateBuiltin(of: Expression & { kind: 'builtin' }, writing: Writing): Written | undefined {
  const given = of.arguments.map((part) => operand(part, writing))
  const [date] = given
  switch (of.name) {
    case 'date':
      return dateFrom(given as [Written, Written, Written], of.arguments, writing)
    case 'date.year':
      return method(date!, 'getUTCFullYear')
    case 'date.month':
      return infix(method(date!, 'getUTCMonth'), '+', atom('1'), levels.sum)
    case 'date.day':
      return method(date!, 'getUTCDate')
    case 'date.weekday':
      // Sunday is 0 in JavaScript, Monday in Python.
      return infix(
        atom(['(', infix(method(date!, 'getUTCDay'), '+', atom('6'), levels.sum).doc, ')']),
        '%',
        atom('7'),
        levels.product,
      )
    case 'date.isoformat':
      return isoText(date!)
    case 'date.fromisoformat':
      return writing.catches ? call(helper('parseDate', writing), [date!]) : construct('Date', [date!])
    case 'date.replace':
      return replaced(of, given, writing)
    case 'timedelta':
      if (given.length > 1) throw new Unsupported('spans other than days')
      return date ?? atom('0')
    case 'timedelta.days':
      return date!
    default:
      return undefined
  }
}

/** `2024-02-29`. */
export function isoText(date: Written): Written {
  return method(method(date, 'toISOString'), 'slice', [atom('0'), atom('10')])
}

/** A day that does not exist is an error in Python alone; where errors are caught, a helper sees to it. */
function dateFrom(
  [year, month, day]: [Written, Written, Written],
  given: readonly (Expression | undefined)[],
  writing: Writing,
): Written {
  if (writing.catches && !given.every((part) => part?.kind === 'int'))
    return call(helper('makeDate', writing), [year, month, day])
  const [, monthOf] = given
  const index = monthOf?.kind === 'int' ? atom(String(monthOf.value - 1)) : before(month)
  return construct('Date', [call('Date.UTC', [year, index, day])])
}

/** Months count from 0. */
function before(month: Written): Written {
  return infix(month, '-', atom('1'), levels.sum)
}

function replaced(
  of: Expression & { kind: 'builtin' },
  given: readonly Written[],
  writing: Writing,
): Written {
  const [date, ...parts] = given as [Written, ...Written[]]
  const isGiven = (index: number) =>
    of.arguments[index + 1] !== undefined && of.arguments[index + 1]!.kind !== 'none'
  const year = isGiven(0) ? parts[0]! : method(date, 'getUTCFullYear')
  const month = isGiven(1) ? parts[1]! : undefined
  const day = isGiven(2) ? parts[2]! : method(date, 'getUTCDate')
  if (writing.catches)
    return call(helper('makeDate', writing), [
      year,
      month ?? infix(method(date, 'getUTCMonth'), '+', atom('1'), levels.sum),
      day,
    ])
  const given1 = of.arguments[2]
  const index =
    month === undefined
      ? method(date, 'getUTCMonth')
      : given1?.kind === 'int'
        ? atom(String(given1.value - 1))
        : before(month)
  return construct('Date', [call('Date.UTC', [year, index, day])])
}
