import type { Expression } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { operand } from './expressions.ts'
import { intValue, isInt } from './numbers.ts'
import type { Writing } from './writing.ts'
import { arrow, atom, call, infix, levels, number } from './written.ts'

/** `substr` and `array_slice` have their bounds as Python has, but a length instead of an end. */
export function slice(of: Expression & { kind: 'slice' }, writing: Writing): Operand {
  const receiver = operand(of.of, writing)
  const isList = of.of.type.kind === 'list'
  if (of.step !== 1) return stepped(of, receiver, isList)
  const name = isList ? 'array_slice' : 'substr'
  const binary =
    of.of.kind === 'builtin' && (of.of.name === 'bin' || of.of.name === 'hex') ? of.of : undefined
  if (binary && isInt(of.start, 2) && !of.stop)
    return call(binary.name === 'bin' ? 'decbin' : 'dechex', operand(binary.arguments[0]!, writing))
  const start = of.start === undefined || isInt(of.start, 0) ? undefined : of.start
  if (!of.stop) return start ? call(name, receiver, operand(start, writing)) : receiver
  if (!start) return call(name, receiver, atom('0'), operand(of.stop, writing))
  return call(name, receiver, operand(start, writing), length(start, of.stop, writing))
}

function length(start: Expression, stop: Expression, writing: Writing): Operand {
  const [from, to] = [intValue(start), intValue(stop)]
  if (to !== undefined && to < 0) {
    if (from !== undefined || writing.knowledge.atLeast(start, 0)) return number(to)
  } else if (from !== undefined && to !== undefined && from >= 0) return number(Math.max(0, to - from))
  const isSame = start.kind === 'name' && stop.kind === 'arithmetic' && stop.operator === '+'
  if (isSame && stop.left.kind === 'name' && stop.left.name === start.name) {
    const count = intValue(stop.right)
    if ((count ?? -1) >= 0 || writing.knowledge.atLeast(stop.right, 0)) return operand(stop.right, writing)
    return call('max', atom('0'), operand(stop.right, writing))
  }
  const areInside = [start, stop].every(
    (bound) => (intValue(bound) ?? -1) >= 0 || writing.knowledge.atLeast(bound, 0),
  )
  if (!areInside) throw new Unsupported('a part whose ends may be negative')
  return call('max', atom('0'), infix(operand(stop, writing), '-', operand(start, writing), levels.sum))
}

function stepped(
  { start, stop, step }: Expression & { kind: 'slice' },
  receiver: Operand,
  isList: boolean,
): Operand {
  if (step === -1 && !start && !stop) return call(isList ? 'array_reverse' : 'strrev', receiver)
  const from = start ? intValue(start) : 0
  if (step < 0 || stop || from === undefined || from < 0) throw new Unsupported('such a slice')
  const items = isList ? receiver : call('str_split', receiver)
  const first = String(from % step)
  const isTaken = `$i % ${step} === ${first}${from >= step ? ` && $i >= ${from}` : ''}`
  const kept = call('array_filter', items, arrow(['$i'], atom(isTaken)), atom('ARRAY_FILTER_USE_KEY'))
  return isList ? call('array_values', kept) : call('implode', kept)
}
