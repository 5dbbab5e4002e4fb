import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { expression, lowered, type Use } from './expressions.ts'
import { copyOf } from './lists.ts'
import { unexported } from './names.ts'
import { bracketed } from './places.ts'
import { atom, binary, call, type Go, print, slice } from './syntax.ts'
import { emit, fresh, helper, isSimple, type Writing } from './writing.ts'

/** `xs[a:b]`, `s[::-1]`: bounds that leave the list end at its end, as in Python. */
export function sliced(of: Expression & { kind: 'slice' }, writing: Writing, use: Use): Go {
  const { start, stop, step } = of
  const isText = of.of.type.kind === 'string'
  if (step === -1 && !start && !stop)
    return isText ? helper(writing, 'reverse', expression(of.of, writing)) : reversed(of, writing)
  if (step !== 1) return stepped(of, writing)
  const held = expression(of.of, writing, 'read')
  const simple =
    isSimple(of.of) || held.kind === 'atom' ? held : keptAs(held, writing, isText ? 'text' : 'items')
  const low =
    start && (writing.sound.has(of) ? expression(start, writing) : boundOf(start, of.of, simple, writing))
  const high = stop && boundOf(stop, of.of, simple, writing)
  if (start && stop && low && high && !writing.knowledge.ordered(start, stop, of.of))
    return crossed(of, simple, low, high, writing)
  const shared = slice(bracketed(simple), low && isZero(low) ? undefined : low, high)
  return isText || use === 'read' || writing.shared.has(of) ? shared : copyOf(shared, of, writing)
}

function isZero(of: Go): boolean {
  return of.kind === 'atom' && of.text === '0'
}

function keptAs(held: Go, writing: Writing, wanted: string): Go {
  const kept = unexported(fresh(writing, wanted, 'held'))
  emit(writing, `${kept} := ${print(held)}`)
  return atom(kept)
}

/** Start or stop of a slice, between 0 and the length. */
function boundOf(at: Expression, of: Expression, held: Go, writing: Writing): Go {
  const { knowledge } = writing
  const length = call('len', held)
  if (at.kind === 'int' && at.value >= 0 && knowledge.hasLength(of, at.value)) return atom(String(at.value))
  const back =
    at.kind === 'negate'
      ? at.value
      : at.kind === 'int' && at.value < 0
        ? ({ ...at, value: -at.value } as Expression)
        : undefined
  if (back) {
    if (!knowledge.atLeast(back, 1)) return helper(writing, 'bound', expression(at, writing), length)
    const from = binary(length, '-', expression(back, writing))
    const fits =
      back.kind === 'int' ? knowledge.hasLength(of, back.value) : knowledge.withinLength(back, of, 0)
    return fits ? from : helper(writing, 'max', from, atom('0'))
  }
  const value = expression(at, writing)
  return knowledge.withinLength(at, of, 0) || isLengthOf(at, of)
    ? value
    : helper(writing, 'min', value, length)
}

function isLengthOf(at: Expression, of: Expression): boolean {
  return at.kind === 'builtin' && at.name === 'len' && JSON.stringify(at.arguments[0]) === JSON.stringify(of)
}

/** Start may lie behind stop: Python's slice is empty then. */
function crossed(of: Expression & { kind: 'slice' }, held: Go, low: Go, high: Go, writing: Writing): Go {
  const isText = of.of.type.kind === 'string'
  const end = helper(writing, 'max', low, high)
  const shared = slice(bracketed(held), low, end)
  return isText ? shared : copyOf(shared, of, writing)
}

function reversed(of: Expression & { kind: 'slice' }, writing: Writing): Go {
  const type = of.type.kind === 'list' ? of.type.of : of.type
  const item = fresh(writing, 'item', 'element')
  const iterable: Expression = { kind: 'builtin', name: 'reversed', arguments: [of.of], type: of.type }
  return lowered(
    {
      kind: 'comprehension',
      form: 'list',
      item: { kind: 'name', name: item, type },
      clauses: [{ names: [{ name: item, type }], iterable, conditions: [] }],
      type: of.type,
    },
    writing,
  )
}

/** `xs[a:b:2]`: the items at the indices of a range. */
function stepped(of: Expression & { kind: 'slice' }, writing: Writing): Go {
  const { start, stop, step, of: held } = of
  if (step < 1 || !isSimple(held)) throw new Unsupported('a slice with this step')
  const INT = { kind: 'int' } as const
  const length: Expression = { kind: 'builtin', name: 'len', arguments: [held], type: INT }
  const from: Expression = start ?? { kind: 'int', value: 0, type: INT }
  if (!writing.knowledge.atLeast(from, 0) || (stop && !writing.knowledge.atLeast(stop, 0)))
    throw new Unsupported('a slice with a step and a negative bound')
  const to: Expression = stop
    ? { kind: 'builtin', name: 'min', arguments: [stop, length], type: INT }
    : length
  const i = { kind: 'name', name: fresh(writing, 'i', 'j', 'k'), type: INT } as const
  const range: Expression = {
    kind: 'builtin',
    name: 'range',
    arguments: [from, to, { kind: 'int', value: step, type: INT }],
    type: { kind: 'list', of: INT },
  }
  const isText = held.type.kind === 'string'
  const itemType = held.type.kind === 'list' ? held.type.of : ({ kind: 'char' } as const)
  const made: Expression = {
    kind: 'comprehension',
    form: isText ? 'generator' : 'list',
    item: { kind: 'index', of: held, index: i, type: itemType },
    clauses: [{ names: [{ name: i.name, type: INT }], iterable: range, conditions: [] }],
    type: { kind: 'list', of: itemType },
  }
  if (!isText) return lowered(made, writing)
  const empty: Expression = { kind: 'string', value: '', type: { kind: 'string' } }
  return lowered({ kind: 'builtin', name: 'str.join', arguments: [empty, made], type: of.type }, writing)
}
