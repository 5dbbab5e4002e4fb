import type { Expression } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { expression, operand } from './expressions.ts'
import { before } from './iteration.ts'
import { intValue, isInt, isSimple } from './numbers.ts'
import type { Writing } from './writing.ts'
import { atom, bind, index, infix, levels, send, withBlock } from './written.ts'

type Slice = Expression & { kind: 'slice' }

/** Python's slices end where the list does; Ruby's are nil where they begin behind its end. */
export function slice(of: Slice, writing: Writing): Operand {
  if (of.step !== 1) return stepped(of, writing)
  const { start, stop } = of
  const from = start === undefined || isInt(start, 0) ? undefined : start
  const binary =
    of.of.kind === 'builtin' && (of.of.name === 'bin' || of.of.name === 'hex') ? of.of : undefined
  if (binary && isInt(from, 2) && !stop)
    return send(operand(binary.arguments[0]!, writing), 'to_s', binary.name === 'bin' ? '2' : '16')
  if (!from) return stop ? upTo(operand(of.of, writing), stop, of, writing) : whole(of.of, writing)
  const place = intValue(from)
  const rest = place !== undefined && place < 0 ? lastOf(-place, of, writing) : undefined
  if (rest) return stop ? upTo(rest, stop, of, writing) : rest
  return stop ? part(from, stop, of, writing) : following(from, of, writing)
}

function isList({ of }: Slice): boolean {
  return of.type.kind === 'list'
}

function whole(of: Expression, writing: Writing): Operand {
  return of.type.kind === 'list' ? send(operand(of, writing), 'dup') : operand(of, writing)
}

/** The beginning. A range from 0 is never nil. */
function upTo(receiver: Operand, stop: Expression, of: Slice, writing: Writing): Operand {
  if (isList(of) && ((intValue(stop) ?? -1) >= 0 || writing.knowledge.atLeast(stop, 0)))
    return send(receiver, 'first', expression(stop, writing))
  return index(receiver, ['0...', bind(operand(stop, writing), levels.or)])
}

/** `xs[-n:]`. */
function lastOf(count: number, of: Slice, writing: Writing): Operand {
  const receiver = operand(of.of, writing)
  if (isList(of)) return send(receiver, 'last', String(count))
  const end = index(receiver, `-${count}..`)
  if (writing.knowledge.hasLength(of.of, count)) return end
  if (!isSimple(of.of)) throw new Unsupported('the end of a text that is computed')
  return infix(end, '||', receiver, levels.or)
}

/** `xs[n:]`. */
function following(start: Expression, of: Slice, writing: Writing): Operand {
  const receiver = operand(of.of, writing)
  const { knowledge } = writing
  const place = intValue(start)
  const isInside =
    place === undefined ? knowledge.withinLength(start, of.of, 0) : knowledge.hasLength(of.of, place)
  const isPositive = place !== undefined || knowledge.atLeast(start, 0)
  if (isList(of) && isPositive) return send(receiver, 'drop', expression(start, writing))
  const end = index(receiver, [bind(operand(start, writing), levels.or), '..'])
  return isInside ? end : orEmpty(end, of)
}

/** `xs[a:b]`, `xs[a, n]` for `xs[a:a + n]`. */
function part(start: Expression, stop: Expression, of: Slice, writing: Writing): Operand {
  const receiver = operand(of.of, writing)
  const { knowledge } = writing
  const place = intValue(start)
  const isInside =
    place === undefined ? knowledge.withinLength(start, of.of, 0) : knowledge.hasLength(of.of, place)
  const from = operand(start, writing)
  const length = lengthFrom(start, stop)
  const taken =
    length && ((intValue(length) ?? -1) >= 0 || knowledge.atLeast(length, 0))
      ? index(receiver, from.doc, expression(length, writing))
      : index(receiver, [bind(from, levels.or), ...upper(stop, writing)])
  return isInside ? taken : orEmpty(taken, of)
}

function upper(stop: Expression, writing: Writing) {
  const last = before(stop)
  if (last && writing.knowledge.atLeast(last, 0)) return ['..', bind(operand(last, writing), levels.or)]
  return ['...', bind(operand(stop, writing), levels.or)]
}

/** `n` of `a:a + n`. */
function lengthFrom(start: Expression, stop: Expression): Expression | undefined {
  if (stop.kind !== 'arithmetic' || stop.operator !== '+' || start.kind !== 'name') return undefined
  return stop.left.kind === 'name' && stop.left.name === start.name ? stop.right : undefined
}

function orEmpty(of: Operand, slice: Slice): Operand {
  return infix(of, '||', atom(isList(slice) ? '[]' : "''"), levels.or)
}

/** `xs[::-1]`, and `xs[a::n]`. */
function stepped(of: Slice, writing: Writing): Operand {
  if (of.step === -1 && !of.start && !of.stop) return send(operand(of.of, writing), 'reverse')
  if (of.step < 0) throw new Unsupported('such a slice')
  const inner: Expression = { ...of, step: 1 }
  const hasBounds = of.start !== undefined || of.stop !== undefined
  const items = hasBounds ? operand(inner, writing) : operand(of.of, writing)
  const list = isList(of) ? items : send(items, 'chars')
  const kept = withBlock(send(list, 'each_slice', String(of.step)), 'map', 'part', 'part.first')
  return isList(of) ? kept : send(kept, 'join')
}
