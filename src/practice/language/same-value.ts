import type { Type } from './types.ts'
import type { Outcome, Value } from './value.ts'

/** How far apart floats may be that count as one: in parts of the larger, and near zero in absolute terms. */
const TOLERANCE = 1e-9

/**
 * Whether two results of one type are the same: floats within 1e-9, sets and maps in any order. The types of records'
 * fields are not known here, so whole numbers in them have to be equal, and others are floats.
 */
export function sameValue(a: Value, b: Value, type: Type | undefined): boolean {
  if (type?.kind === 'optional') return a === null || b === null ? a === b : sameValue(a, b, type.of)
  if (typeof a === 'number' && typeof b === 'number') {
    const mayDiffer =
      type === undefined ? !(Number.isInteger(a) && Number.isInteger(b)) : type.kind === 'float'
    return Object.is(a, b) || a === b || (mayDiffer && isNear(a, b))
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if ('list' in a && 'list' in b) return sameItems(a.list, b.list, () => partOf(type))
  if ('tuple' in a && 'tuple' in b)
    return sameItems(a.tuple, b.tuple, (index) => (type?.kind === 'tuple' ? type.of[index] : undefined))
  if ('set' in a && 'set' in b) {
    const item = partOf(type)
    return sameInAnyOrder(a.set, b.set, (one, other) => sameValue(one, other, item))
  }
  if ('map' in a && 'map' in b) {
    const [key, value] = type?.kind === 'map' ? [type.key, type.value] : []
    return sameInAnyOrder(
      a.map,
      b.map,
      (one, other) => sameValue(one[0], other[0], key) && sameValue(one[1], other[1], value),
    )
  }
  if ('record' in a && 'record' in b) {
    const names = Object.keys(a.fields)
    return (
      a.record === b.record &&
      names.length === Object.keys(b.fields).length &&
      names.every((name) => name in b.fields && sameValue(a.fields[name]!, b.fields[name]!, undefined))
    )
  }
  if ('date' in a && 'date' in b) return a.date === b.date
  return 'days' in a && 'days' in b && a.days === b.days
}

/** Whether two calls came to the same: the same value, or an error of whatever kind. */
export function sameOutcome(a: Outcome, b: Outcome, type: Type | undefined): boolean {
  if ('raised' in a || 'raised' in b) return 'raised' in a && 'raised' in b
  return sameValue(a.value, b.value, type)
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b)) && Number.isFinite(a - b)
}

function partOf(type: Type | undefined): Type | undefined {
  return type?.kind === 'list' || type?.kind === 'set' ? type.of : undefined
}

function sameItems(a: Value[], b: Value[], typeAt: (index: number) => Type | undefined): boolean {
  return a.length === b.length && a.every((item, index) => sameValue(item, b[index]!, typeAt(index)))
}

function sameInAnyOrder<T>(a: readonly T[], b: readonly T[], same: (one: T, other: T) => boolean): boolean {
  const left = [...b]
  return (
    a.length === b.length &&
    a.every((item) => {
      const index = left.findIndex((other) => same(item, other))
      if (index >= 0) left.splice(index, 1)
      return index >= 0
    })
  )
}
