/** Ranges as arrays, and the numbers in them. */
import type { Expression } from '../../language/program.ts'
import { type Doc, group, type Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { infix, isSimple, operand } from './expressions.ts'
import type { Writing } from './writing.ts'
import { arrow, atom, call, levels, mentionsName, type Written } from './written.ts'

export interface Range {
  start: Expression
  stop: Expression
  /** Not 0. Where it is no literal, it is positive. */
  step: Expression
}

export function rangeOf(given: readonly Expression[]): Range {
  const int = (value: number): Expression => ({ kind: 'int', value, type: { kind: 'int' } })
  const [start, stop] = given.length === 1 ? [int(0), given[0]!] : [given[0]!, given[1]!]
  const step = given[2] ?? int(1)
  const value = step.kind === 'negate' && step.value.kind === 'int' ? int(-step.value.value) : step
  if (value.kind === 'int' && value.value === 0) throw new Unsupported('a range that does not move')
  return { start, stop, step: value }
}

export function isInt(of: Expression, value: number): boolean {
  return of.kind === 'int' && of.value === value
}

/** `Array.from({ length: n }, (_, i) => …)`; `write` gets what stands for the range's number. */
export function rangeArray(
  given: readonly Expression[],
  name: string,
  write: (number: Written) => Operand,
  writing: Writing,
  result: Doc = '',
): Written {
  const range = rangeOf(given)
  const value = write(rangeNumber(range, name, writing))
  const parameters = mentionsName(value.doc, name) ? ['_', name] : []
  return call('Array.from', [lengthObject(rangeLength(range, writing)), arrow(parameters, value, result)])
}

/** What the number at `index` is. */
export function rangeNumber({ start, step }: Range, index: string, writing: Writing): Written {
  const steps = isInt(step, 1) ? atom(index) : infix(atom(index), '*', operand(step, writing), levels.product)
  if (isInt(start, 0)) return steps
  if (step.kind === 'int' && step.value < 0) {
    const down =
      step.value === -1 ? atom(index) : infix(atom(index), '*', atom(String(-step.value)), levels.product)
    return infix(operand(start, writing), '-', down, levels.sum)
  }
  return isSimple(start) && start.kind === 'int'
    ? infix(steps, '+', operand(start, writing), levels.sum)
    : infix(operand(start, writing), '+', steps, levels.sum)
}

/** How many numbers; below 0 where there are none, which `Array.from` takes for 0. */
function rangeLength({ start, stop, step }: Range, writing: Writing): Written {
  const down = step.kind === 'int' && step.value < 0
  const distance = down ? difference(start, stop, writing) : difference(stop, start, writing)
  const size: Expression = step.kind === 'int' ? { ...step, value: Math.abs(step.value) } : step
  if (isInt(size, 1)) return distance
  return call('Math.ceil', [infix(distance, '/', operand(size, writing), levels.product)])
}

/** `a - b`, with literals worked out. */
function difference(a: Expression, b: Expression, writing: Writing): Written {
  if (isInt(b, 0)) return operand(a, writing)
  if (a.kind === 'int' && b.kind === 'int') return atom(String(a.value - b.value))
  if (a.kind === 'arithmetic' && a.operator === '+' && a.right.kind === 'int' && b.kind === 'int') {
    const rest = a.right.value - b.value
    if (rest === 0) return operand(a.left, writing)
    return infix(operand(a.left, writing), rest < 0 ? '-' : '+', atom(String(Math.abs(rest))), levels.sum)
  }
  const below =
    b.kind === 'negate' && b.value.kind === 'int' ? b.value.value : b.kind === 'int' ? -b.value : 0
  if (below > 0) return infix(operand(a, writing), '+', atom(String(below)), levels.sum)
  return infix(operand(a, writing), '-', operand(b, writing), levels.sum)
}

/** `{ length: n }`. */
export function lengthObject(length: Operand): Written {
  return atom(['{ length: ', group(length.doc), ' }'])
}
