import { close, head, isLetter, isOpen } from './open-types.ts'
import type { Expression } from './program.ts'
import { type Node, refuse } from './surface.ts'
import { spellType, type Type } from './types.ts'
import { bindToValue, unify, widenFor } from './unify.ts'

/** The value as one of the wanted type, converted where Python would not say so. Refuses what cannot be. */
export function coerce(value: Expression, want: Type, at: Node): Expression {
  return (
    tryCoerce(value, want) ??
    refuse(
      at,
      `this is ${spell(value.type)}, and ${spell(want)} is wanted`,
      hintFor(head(value.type), head(want)),
    )
  )
}

function hintFor(has: Type, wants: Type): string {
  if (has.kind === 'optional') return 'Ask `is None` first.'
  if (has.kind === 'int' && wants.kind === 'string') return 'Write `str(…)`.'
  if (has.kind === 'bool' && wants.kind === 'int') return 'Write `1 if … else 0`.'
  if (has.kind === 'float' && wants.kind === 'int') return 'Write `int(…)`, `round(…)` or `//`.'
  if (has.kind === 'list' && wants.kind === 'list') return 'Build a new list: `[… for x in …]`.'
  return 'Mend the value or the annotation.'
}

/** A type for people; what is not known is `?`. */
export function spell(type: Type): string {
  return spellType(close(type, () => ({ kind: 'record', name: '?' })))
}

/**
 * Like {@link coerce}; undefined where it cannot be. Throws `Widen` where the wanted type comes from a first use that
 * was too narrow.
 */
export function tryCoerce(value: Expression, want: Type): Expression | undefined {
  const wanted = head(want)
  const has = head(value.type)
  if (wanted === has) return value
  if (isOpen(wanted) || isOpen(has)) return coerceOpen(value, want)
  if (wanted.kind === 'optional') return coerceOptional(value, wanted)
  if (wanted.kind === 'float' && has.kind === 'int') return convert(value, wanted)
  if (wanted.kind === 'string' && has.kind === 'char') return convert(value, wanted)
  if (has.kind === 'none' && has.kind !== wanted.kind) return undefined
  const parts = coerceParts(value, wanted)
  if (parts !== undefined) return parts
  if (isNew(value) && convertible(has, wanted)) return convert(value, wanted)
  if (unify(value.type, wanted)) return value
  return widenFor(want, value.type) || undefined
}

function convert(value: Expression, type: Type): Expression {
  return { kind: 'convert', value, type }
}

function coerceOpen(value: Expression, want: Type): Expression | undefined {
  const wanted = head(want)
  const has = head(value.type)
  if (isOpen(wanted)) {
    if (bindToValue(wanted, has)) return value
    return undefined
  }
  if (!isLetter(has)) return unify(has, wanted) ? value : undefined
  if (wanted.kind === 'optional') return coerceOptional(value, wanted)
  if (wanted.kind === 'char' || wanted.kind === 'string') return unify(has, wanted) ? value : undefined
  return widenFor(want, value.type) || undefined
}

function coerceOptional(value: Expression, wanted: Type & { kind: 'optional' }): Expression | undefined {
  const has = head(value.type)
  if (has.kind === 'optional') return unify(has.of, wanted.of) ? value : undefined
  if (value.kind === 'unwrap' && unify(head(value.value.type), wanted)) return value.value
  const inner = tryCoerce(value, wanted.of)
  return inner && convert(inner, wanted)
}

/** Fits the parts of a value that is written out, so that each is converted where it stands. */
function coerceParts(value: Expression, wanted: Type): Expression | undefined {
  if (value.kind === 'tuple' && wanted.kind === 'tuple' && value.items.length === wanted.of.length) {
    const items = value.items.map((item, index) => tryCoerce(item, wanted.of[index]!))
    return items.every((item) => item !== undefined) ? { ...value, items, type: wanted } : undefined
  }
  if (value.kind === 'conditional') {
    const then = tryCoerce(value.then, wanted)
    const otherwise = tryCoerce(value.otherwise, wanted)
    return then && otherwise && { ...value, then, otherwise, type: wanted }
  }
  return undefined
}

/** Library calls that give something that nobody else holds. */
const makers = new Set([
  'list',
  'set',
  'dict',
  'sorted',
  'reversed',
  'zip',
  'enumerate',
  'range',
  'divmod',
  'bin',
  'str.split',
  'str.splitlines',
  'str.partition',
  'list.copy',
  'dict.copy',
  'set.copy',
  'dict.items',
  'dict.keys',
  'dict.values',
  'set.union',
  'set.intersection',
  'set.difference',
])

/** Whether the value was made here, so that its items may be converted without anybody's seeing another list. */
function isNew(value: Expression): boolean {
  if (value.kind === 'builtin') return makers.has(value.name)
  return ['comprehension', 'map-comprehension', 'slice', 'arithmetic', 'convert'].includes(value.kind)
}

/** Whether a copy can have the wanted type, by int to float and char to string in its items. */
function convertible(has: Type, wanted: Type): boolean {
  const from = head(has)
  const to = head(wanted)
  if (from.kind === 'int' && to.kind === 'float') return true
  if (from.kind === 'char' && to.kind === 'string') return true
  if (isOpen(from) || isOpen(to) || spell(from) === spell(to)) return false
  if (from.kind === 'map' && to.kind === 'map')
    return convertibleOrSame(from.key, to.key) && convertibleOrSame(from.value, to.value)
  if (from.kind === 'tuple' && to.kind === 'tuple')
    return (
      from.of.length === to.of.length && from.of.every((of, index) => convertibleOrSame(of, to.of[index]!))
    )
  if ((from.kind === 'list' && to.kind === 'list') || (from.kind === 'set' && to.kind === 'set'))
    return convertible(from.of, to.of)
  return false
}

function convertibleOrSame(has: Type, wanted: Type): boolean {
  return spell(has) === spell(wanted) || convertible(has, wanted)
}
