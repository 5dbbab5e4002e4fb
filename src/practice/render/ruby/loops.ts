import type { Expression, Statement } from '../../language/program.ts'
import { type Pattern, patternsOf } from '../patterns.ts'
import { type Doc, hardline, indent, type Operand } from '../print.ts'
import { operand } from './expressions.ts'
import { itemsOf, minusOne, parameter, sourceOf } from './iteration.ts'
import { intValue } from './numbers.ts'
import type { Writing } from './writing.ts'
import { send } from './written.ts'

/** `xs.each do |x|`, or the method that says better what is gone through. */
export function loop(
  of: Statement & { kind: 'for' },
  block: (body: readonly Statement[]) => Doc,
  writing: Writing,
): Doc {
  const { patterns, body } = patternsOf(of)
  const { receiver, parameters } = eachOf(patterns, of.iterable, writing)
  const names = /^[_, ]+$/.test(parameters) ? '' : ` |${parameters}|`
  const inner = block(body)
  return [
    receiver.doc,
    ` do${names}`,
    Array.isArray(inner) && inner.length === 0 ? '' : indent(hardline, inner),
    hardline,
    'end',
  ]
}

function eachOf(
  patterns: readonly Pattern[],
  iterable: Expression,
  writing: Writing,
): { receiver: Operand; parameters: string } {
  const parameters = patterns.map(parameter).join(', ')
  if (iterable.kind === 'builtin') {
    const [of] = iterable.arguments
    switch (iterable.name) {
      case 'range':
        return { receiver: counting(iterable, writing), parameters }
      case 'dict.keys':
        return { receiver: send(operand(of!, writing), 'each_key'), parameters }
      case 'dict.values':
        return { receiver: send(operand(of!, writing), 'each_value'), parameters }
      case 'dict.items':
        return { receiver: send(operand(of!, writing), 'each'), parameters }
      case 'enumerate': {
        const source = sourceOf(patterns, iterable, writing)
        return { receiver: source.receiver, parameters: source.parameters }
      }
      case 'reversed':
        if (of!.type.kind !== 'list' || of!.kind === 'builtin') break
        return { receiver: send(operand(of!, writing), 'reverse_each'), parameters }
    }
  }
  switch (iterable.kind === 'builtin' && iterable.name === 'reversed' ? 'list' : iterable.type.kind) {
    case 'string':
      return { receiver: send(operand(iterable, writing), 'each_char'), parameters }
    case 'map':
      return { receiver: send(operand(iterable, writing), 'each_key'), parameters }
    case 'set':
      return { receiver: send(operand(iterable, writing), 'each'), parameters }
    default:
      return { receiver: send(itemsOf(iterable, writing), 'each'), parameters }
  }
}

/** `n.times`, `a.upto(b)`, `a.downto(b)` or a range. */
function counting(range: Expression & { kind: 'builtin' }, writing: Writing): Operand {
  const args = range.arguments
  const [start, stop] = args.length === 1 ? [undefined, args[0]!] : (args as [Expression, Expression])
  const step = intValue(args[2])
  const source = sourceOf([], range, writing)
  if (args.length < 3 && writing.counted) {
    if (!start || intValue(start) === 0) return send(operand(stop, writing), 'times')
    return send(operand(start, writing), 'upto', minusOne(stop, writing).doc)
  }
  const isLoop = step !== undefined && step !== 1
  return isLoop ? source.receiver : send(source.receiver, 'each')
}
