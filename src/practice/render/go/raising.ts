import type { Expression } from '../../language/program.ts'
import type { Knowledge } from '../knowledge.ts'

/**
 * Whether computing this expression itself, its parts aside, may raise a ValueError that Go has to hand on as an
 * `error`. What panics in Go where Python raises, as `xs[0]` of an empty list, is left to panic, but not inside `try`.
 */
export function canRaise(of: Expression, knowledge: Knowledge, inTry: boolean): boolean {
  if (of.kind !== 'builtin') return false
  const [first, second] = of.arguments
  switch (of.name) {
    case 'int':
      return isText(first!) && !knowledge.isDigit(first!) && !isDigits(first!)
    case 'float':
      return isText(first!)
    case 'list.index':
    case 'list.remove':
    case 'str.index':
      return !knowledge.isMember(second!, first!)
    case 'date.fromisoformat':
      return !(first!.kind === 'string')
    case 'date':
      return !isDay(of.arguments as [Expression, Expression, Expression], knowledge)
    case 'date.replace':
      return replaceCanRaise(of.arguments)
    case 'math.sqrt':
    case 'math.log':
      return inTry && !knowledge.atLeast(first!, 0)
    case 'min':
    case 'max':
      return inTry && of.arguments.length === 1 && !of.options?.default && !knowledge.hasLength(first!, 1)
    default:
      return false
  }
}

function isText(of: Expression): boolean {
  return of.type.kind === 'string' || of.type.kind === 'char'
}

function isDigits(of: Expression): boolean {
  return of.kind === 'string' && /^[0-9]+$/.test(of.value)
}

/** A day that every month has, in a month that there is. */
function isDay([, month, day]: [Expression, Expression, Expression], knowledge: Knowledge): boolean {
  if (month.kind === 'int' && day.kind === 'int')
    return (
      month.value >= 1 && month.value <= 12 && day.value >= 1 && day.value <= 28 + (month.value === 2 ? 0 : 2)
    )
  return isMonth(month, knowledge) && day.kind === 'int' && day.value >= 1 && day.value <= 28
}

function isMonth(month: Expression, knowledge: Knowledge): boolean {
  return knowledge.atLeast(month, 1) && knowledge.atMost(month, 12)
}

function replaceCanRaise([, year, month, day]: readonly Expression[]): boolean {
  const isKept = (of: Expression | undefined) => of === undefined || of.kind === 'none'
  if (!isKept(day))
    return !(day!.kind === 'int' && day!.value <= 28 && (isKept(month) || month!.kind === 'int'))
  return !isKept(year) || !isKept(month)
}
