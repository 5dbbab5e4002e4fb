import type { Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { lower } from '../lower.ts'
import { calleeOf } from '../subjects.ts'
import { callParts, resultShape } from './calls.ts'
import { afterwards, expression } from './expressions.ts'
import { unexported } from './names.ts'
import { atom, binary, type Go, index, print, select, unary } from './syntax.ts'
import { goType, isNilable, zeroOf } from './types.ts'
import { emit, fresh, variable, type Writing } from './writing.ts'

/** An optional as a value, which is only good where `ok` is true. */
export interface Pair {
  value: Go
  ok: Go
}

/** An optional taken apart. Where Go's own form for it is `nil` or a pointer, `ok` compares with `nil`. */
export function pair(of: Expression, writing: Writing): Pair {
  const shapes = writing.module.survey
  const held = heldType(of.type)
  if (isNilable(held, shapes)) {
    const value = expression(of, writing)
    return { value, ok: binary(value, '!=', atom('nil')) }
  }
  switch (of.kind) {
    case 'none':
      return { value: zeroOf(held, shapes), ok: atom('false') }
    case 'convert':
      if (of.value.type.kind !== 'optional') return { value: expression(of.value, writing), ok: atom('true') }
      break
    case 'name': {
      const flag = writing.flags.get(of.name)
      if (flag !== undefined) return { value: variable(of.name), ok: atom(flag) }
      break
    }
    case 'builtin':
      if (of.name === 'dict.get') return found(of, writing)
      break
    case 'conditional': {
      const name = fresh(writing, 'value', 'chosen')
      flagFor(name, writing)
      return pair(afterwardsName(of, name, writing), writing)
    }
    case 'call':
    case 'method': {
      const callee = writing.module.survey.subjects.get(calleeOf(of)!)!
      if (!resultShape(callee, writing.module.survey).flag) break
      const [value, ok] = callParts(of, writing, ['value', 'ok'])
      return { value: value!, ok: ok! }
    }
  }
  const whole = expression(of, writing)
  return { value: unary('*', whole), ok: binary(whole, '!=', atom('nil')) }
}

function afterwardsName(of: Expression, name: string, writing: Writing): Expression {
  const simpler = lower(of, () => name, { name, declared: false })!
  afterwards(
    { statements: simpler.statements, value: { kind: 'int', value: 0, type: { kind: 'int' } } },
    writing,
  )
  return simpler.value
}

/** Says that a variable is kept as a value and a flag. */
export function flagFor(name: string, writing: Writing, ...wanted: string[]): string {
  const words = name
    .split('_')
    .filter((word) => word !== '')
    .join('_')
  const flag = unexported(fresh(writing, ...wanted, `has_${words}`, `found_${words}`))
  writing.flags.set(name, flag)
  return flag
}

function heldType(type: Type): Type {
  return type.kind === 'optional' ? type.of : type
}

/** `value, ok := table[key]`. */
function found(of: Expression & { kind: 'builtin' }, writing: Writing): Pair {
  const [table, key] = of.arguments
  const value = unexported(fresh(writing, 'value', 'entry'))
  const ok = unexported(fresh(writing, 'ok', 'found'))
  const place = index(expression(table!, writing, 'read'), expression(key!, writing))
  emit(writing, `${value}, ${ok} := ${print(place)}`)
  return { value: atom(value), ok: atom(ok) }
}

/** An optional in the form in which it is kept in fields, lists and parameters: a pointer, or `nil`. */
export function pointer(of: Expression, writing: Writing): Go {
  const shapes = writing.module.survey
  if (of.kind === 'none') return atom('nil')
  const isFull = of.kind === 'convert' && of.value.type.kind !== 'optional'
  if (!isFull) return expression(of, writing)
  if (isNilable(of.value.type, shapes)) return expression(of.value, writing)
  goType(of.type, shapes)
  const value = expression(of.value, writing)
  const literal = value.kind === 'composite'
  if (literal) return unary('&', value)
  const kept = unexported(fresh(writing, 'value', 'given'))
  emit(writing, `${kept} := ${print(value)}`)
  return unary('&', atom(kept))
}

/** The parts of a tuple that is not taken apart. */
export function tupleParts(
  of: Go,
  type: Type & { kind: 'tuple' },
  isArray: boolean,
  names: (index: number) => string,
): Go[] {
  return type.of.map((_, place) => (isArray ? index(of, atom(String(place))) : select(of, names(place))))
}
