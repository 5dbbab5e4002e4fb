import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { extreme, quantity } from './aggregates.ts'
import { dateBuiltin } from './dates.ts'
import { listBuiltin } from './lists.ts'
import { mapBuiltin } from './maps.ts'
import { numberBuiltin } from './numbers.ts'
import { setBuiltin } from './sets.ts'
import { stringBuiltin } from './strings.ts'
import type { Writing } from './writing.ts'
import type { Written } from './written.ts'

export type BuiltinCall = Expression & { kind: 'builtin' }

/** A call of the library, as JavaScript says it. */
export function builtin(of: BuiltinCall, writing: Writing): Written {
  if (of.name === 'min' || of.name === 'max') return extreme(of, writing)
  const written =
    quantity(of, writing) ??
    numberBuiltin(of, writing) ??
    listBuiltin(of, writing) ??
    stringBuiltin(of, writing) ??
    mapBuiltin(of, writing) ??
    setBuiltin(of, writing) ??
    dateBuiltin(of, writing)
  if (written === undefined) throw new Unsupported(of.name)
  return written
}
