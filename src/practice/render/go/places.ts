import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { isEffectful } from './effects.ts'
import { expression } from './expressions.ts'
import { exported, unexported } from './names.ts'
import { atom, binary, call, type Go, index, print, select, unary } from './syntax.ts'
import { isArray, placeName } from './types.ts'
import { emit, fresh, isSimple, variable, type Writing } from './writing.ts'

/** What can be assigned to: `xs`, `*xs`, `xs[i]`, `table[key]`, `cart.items`. */
export function place(of: Expression, writing: Writing): Go {
  switch (of.kind) {
    case 'name':
      return writing.pointers.has(of.name) ? unary('*', variable(of.name)) : variable(of.name)
    case 'field':
      return select(expression(of.of, writing, 'read'), fieldName(of, writing))
    case 'index':
      return item(of, writing)
    case 'unwrap':
      return place(of.value, writing)
    default:
      throw new Unsupported(`a change of what ${of.kind} gives`)
  }
}

/** A field as Go spells it: records show theirs, classes do not. */
export function fieldName(of: { of: Expression; name: string }, writing: Writing): string {
  const type = of.of.type
  const isClass =
    type.kind === 'record' &&
    writing.module.survey.program.classes.some((declared) => declared.name === type.name)
  return isClass ? unexported(of.name) : exported(of.name)
}

/** An index from 0 on: `len(xs)-1` for a negative one. */
export function indexFrom(of: Expression, at: Expression, container: Go, writing: Writing): Go {
  const length = () => call('len', container)
  if (at.kind === 'int' && at.value < 0) return binary(length(), '-', atom(String(-at.value)))
  if (at.kind === 'negate') return binary(length(), '-', expression(at.value, writing))
  if (at.kind === 'invert')
    return binary(binary(length(), '-', atom('1')), '-', expression(at.value, writing))
  if (at.kind === 'arithmetic' && (at.operator === '-' || at.operator === '+') && at.left.kind === 'negate')
    return binary(
      binary(length(), '-', expression(at.left.value, writing)),
      at.operator,
      expression(at.right, writing),
    )
  const wraps =
    at.kind === 'arithmetic' && at.operator === '-' && at.right.kind === 'int' && at.left.kind === 'name'
  if (wraps && writing.counters.has((at.left as { name: string }).name) && !writing.knowledge.atLeast(at, 0))
    return binary(binary(expression(at, writing), '+', length()), '%', length())
  if (of.type.kind === 'list' && at.type.kind !== 'int') throw new Error('an index is an int')
  return expression(at, writing)
}

/** `xs[i]`, `table[key]`, `pair.First`. */
export function item(of: Expression & { kind: 'index' }, writing: Writing): Go {
  const { of: container, index: at } = of
  if (container.type.kind === 'tuple') {
    if (at.kind !== 'int') throw new Unsupported('an item of a tuple by a computed index')
    const place = at.value < 0 ? container.type.of.length + at.value : at.value
    const tuple = expression(container, writing, 'read')
    return isArray(container.type) ? index(tuple, atom(String(place))) : select(tuple, placeName(place))
  }
  const before = writing.lines.length
  const held = expression(container, writing, 'read')
  if (container.type.kind === 'map') {
    const key = expression(at, writing)
    if (writing.lines.length > before && isEffectful(at, writing.module.survey))
      throw new Unsupported('a key that changes something')
    return index(bracketed(held), key)
  }
  const named = isSimple(container) || writing.lines.length > before ? held : namedFirst(held, at, writing)
  return index(bracketed(named), indexFrom(container, at, named, writing))
}

/** A container that is read twice is computed once. */
function namedFirst(held: Go, at: Expression, writing: Writing): Go {
  const twice = at.kind === 'negate' || (at.kind === 'int' && at.value < 0)
  if (!twice || held.kind === 'atom') return held
  const kept = unexported(fresh(writing, 'items', 'values'))
  emit(writing, `${kept} := ${print(held)}`)
  return atom(kept)
}

/** A pointer that is followed before its item is taken: `(*xs)[0]`. */
export function bracketed(of: Go): Go {
  return of.kind === 'unary' ? atom(`(${print(of)})`) : of
}
