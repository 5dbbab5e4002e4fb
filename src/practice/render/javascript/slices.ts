import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { infix, operand } from './expressions.ts'
import { isInt } from './ranges.ts'
import { atLeast, type Writing, withName } from './writing.ts'
import { arrow, atom, levels, method, spread, type Written } from './written.ts'

type Slice = Expression & { kind: 'slice' }

/** `xs.slice(start, stop)`, whose bounds mean what Python's do; with a step, what is left of it by `filter`. */
export function slice(of: Slice, writing: Writing): Written {
  const digits = digitsOf(of, writing)
  if (digits !== undefined) return digits
  const isText = of.of.type.kind === 'string'
  const source = operand(of.of, writing)
  if (of.step === 1) return part(source, of, writing, true)
  const items = of.step > 0 ? part(source, of, writing, false) : backwards(source, of, writing)
  const stepped = everyNth(
    isText ? spread(items) : items,
    Math.abs(of.step),
    of.step < 0,
    isFreshPart(of),
    writing,
  )
  return isText ? method(stepped, 'join', [atom(writing.manner.quote.repeat(2))]) : stepped
}

/** `bin(n)[2:]`: the digits of a number, which is taken not to be negative. */
function digitsOf({ of, start, stop, step }: Slice, writing: Writing): Written | undefined {
  if (of.kind !== 'builtin' || (of.name !== 'bin' && of.name !== 'hex') || step !== 1 || stop !== undefined)
    return undefined
  if (start === undefined || !isInt(start, 2)) return undefined
  return method(operand(of.arguments[0]!, writing), 'toString', [atom(of.name === 'bin' ? '2' : '16')])
}

function isFreshPart({ start, stop, of }: Slice): boolean {
  return start !== undefined || stop !== undefined || of.type.kind === 'string'
}

/** `copies`: a whole list is a new one. */
function part(source: Written, { of, start, stop }: Slice, writing: Writing, copies: boolean): Written {
  if (start === undefined && stop === undefined) {
    if (!copies || of.type.kind === 'string') return source
    return writing.manner.sorted === 'slice' ? method(source, 'slice') : spread(source)
  }
  const bounds = [start === undefined ? atom('0') : operand(start, writing)]
  if (stop !== undefined) bounds.push(operand(stop, writing))
  return method(source, 'slice', bounds)
}

/** What `[start:stop:-k]` goes through, in its order from the start of the list. */
function backwards(source: Written, { of, start, stop }: Slice, writing: Writing): Written {
  if (start === undefined && stop === undefined) return source
  const isEnd = (bound: Expression) => bound.kind === 'int' && bound.value === -1
  for (const bound of [start, stop])
    if (bound !== undefined && !isEnd(bound) && !atLeast(bound, 0, writing))
      throw new Unsupported('bounds of a slice backwards that may be negative')
  if (stop !== undefined && isEnd(stop)) return method(source, 'slice', [atom('0'), atom('0')])
  const low = stop === undefined ? atom('0') : next(stop, writing)
  const high = start === undefined || isEnd(start) ? [] : [next(start, writing)]
  return of.type.kind === 'string' && stop === undefined && high.length === 0
    ? source
    : method(source, 'slice', [low, ...high])
}

function next(bound: Expression, writing: Writing): Written {
  if (bound.kind === 'int') return atom(String(bound.value + 1))
  return infix(operand(bound, writing), '+', atom('1'), levels.sum)
}

function everyNth(
  items: Written,
  step: number,
  reversed: boolean,
  fresh: boolean,
  writing: Writing,
): Written {
  const isNew = fresh
  const turned = !reversed
    ? items
    : isNew
      ? method(items, 'reverse')
      : writing.manner.sorted === 'toSorted'
        ? method(items, 'toReversed')
        : method(spread(items), 'reverse')
  if (step === 1) return turned
  return withName(['i', 'index'], writing, (i) => {
    const test = infix(
      infix(atom(i), '%', atom(String(step)), levels.product),
      '===',
      atom('0'),
      levels.equality,
    )
    return method(turned, 'filter', [arrow(['_', i], test)])
  })
}
