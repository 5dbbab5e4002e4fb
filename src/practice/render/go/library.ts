import type { Builtin, Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import { collections } from './collections.ts'
import { dates } from './dates.ts'
import { lowered, type Use } from './expressions.ts'
import { numbers } from './numbers.ts'
import type { Go } from './syntax.ts'
import { texts } from './texts.ts'
import type { Writing } from './writing.ts'

export type Call = Expression & { kind: 'builtin' }

/** Writes one function of the library. `goal` names the variable that the value is for. */
export type Entry = (args: readonly Expression[], writing: Writing, of: Call, goal?: string, use?: Use) => Go

export type Entries = Partial<Record<Builtin, Entry>>

const entries: Entries = { ...numbers, ...texts, ...collections, ...dates }

/** A call of Python's library. */
export function library(of: Call, writing: Writing, use: Use, goal?: string): Go {
  const entry = entries[of.name]
  if (!entry) return lowered(of, writing, goal)
  return entry(of.arguments, writing, of, goal, use)
}

export function unsupported(what: string): never {
  throw new Unsupported(what)
}
