import { head, isLetter } from './open-types.ts'
import type { Expression } from './program.ts'
import { BOOL, INT, STRING, type Type } from './types.ts'
import { unify } from './unify.ts'

/** Whether Python's truth of such a value asks if something is in it. */
export function isContainer(type: Type): boolean {
  return isLetter(type) || ['list', 'set', 'map', 'string'].includes(head(type).kind)
}

/** The normal form of a container's truth: `if xs` is `len(xs) > 0`, and `if not xs` is `len(xs) == 0`. */
export function lengthAgainstZero(value: Expression, operator: '>' | '=='): Expression {
  if (isLetter(value.type)) unify(value.type, STRING)
  const length: Expression = { kind: 'builtin', name: 'len', arguments: [value], type: INT }
  return { kind: 'compare', operator, left: length, right: { kind: 'int', value: 0, type: INT }, type: BOOL }
}
