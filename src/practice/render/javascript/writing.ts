import type { Expression, Program, Statement } from '../../language/program.ts'
import type { Knowledge } from '../knowledge.ts'
import { freshName } from '../names.ts'
import type { Operand } from '../print.ts'
import type { Manner } from './manner.ts'

/** What a rendering is written with. `helpers` and `taken` grow as it is written. */
export interface Writing {
  /** TypeScript. */
  typed: boolean
  manner: Manner
  program: Program
  /** Helpers that the code needs, by their key in `helpers.yaml`, each with the name it has here. */
  helpers: Map<string, string>
  /** Names that are not free. */
  taken: Set<string>
  /** What stands for a variable: `i + 1`, `pairs[i]`. */
  renames: ReadonlyMap<string, Operand>
  /** Of the function that is written. */
  knowledge: Knowledge
  /** The program catches errors, so what raises in Python has to raise. */
  catches: boolean
  /** Declarations of the function whose variables change later. */
  reassigned: ReadonlySet<Statement>
  /** Variables of the function whose maps are written as plain objects. */
  objects: ReadonlySet<string>
  /** Variables that may be negative, where they are indexes. */
  signed: ReadonlySet<string>
  /** Expressions, as JSON, that the function compares with 0. */
  guarded: ReadonlySet<string>
  /** Fields and methods that only their class sees, written `#name`. */
  hidden: ReadonlySet<string>
}

/** Whether a number is known to be at least `bound`. */
export function atLeast(of: Expression, bound: number, writing: Writing): boolean {
  if (of.kind === 'int' || of.kind === 'float') return of.value >= bound
  return writing.knowledge.atLeast(of, bound)
}

/** Writes something with a name of its own, which is free again afterwards. */
export function withName<T>(wanted: readonly string[], writing: Writing, write: (name: string) => T): T {
  const name = freshName(wanted, writing.taken)
  writing.taken.add(name)
  const written = write(name)
  writing.taken.delete(name)
  return written
}

export function renamed(writing: Writing, renames: Iterable<readonly [string, Operand]>): Writing {
  return { ...writing, renames: new Map([...writing.renames, ...renames]) }
}
