import type { SandboxLanguage, Program as SandboxProgram } from '../../sandbox/index.ts'
import type { Program } from '../language/program.ts'
import type { Type } from '../language/types.ts'
import type { Example, Value } from '../language/value.ts'

/** The program uses what this language cannot say well: no rendering is better than a strange one. */
export class Unsupported extends Error {}

/** What a documentation comment says. Markdown's backticks stand around code. */
export interface Documentation {
  /** One or several sentences; the first is a summary by itself. Line feeds part paragraphs. */
  text: string
  /** Shown as the language's convention has it: `>>>` in Python. */
  examples: Example[]
  /** One line on each parameter and on the result, where the exercise has them. */
  parameters?: Record<string, string>
  returns?: string
}

/** How it is written, within what is idiomatic. A number picks among a renderer's own variants, the same for the same number. */
export interface Style {
  /** Where the description stands: above or inside as documentation, as a plain comment, or nowhere. */
  documentation?: { form: 'doc' | 'comment'; content: Documentation }
  /** Types in languages where they are optional (Python). */
  types: boolean
  /** Any whole number from 0. */
  variant: number
  /** The largest absolute integer that the examples come to, where it is known: past 2^31 Java writes `long`. */
  largestInteger?: number
}

/** A rendering with what it has to satisfy. */
export interface Rendered {
  /** The code as it is trained on: imports, records, helpers and the entry, ending in one line feed. */
  code: string
  /** What to call: the entry as this language spells it. */
  entry: string
  program: Program
  examples: Example[]
}

/**
 * Writes programs of the exercise language in one programming language. Pure: the same arguments give the same text.
 */
export interface Renderer {
  language: SandboxLanguage
  /** Throws {@link Unsupported}. */
  render(program: Program, style: Style): { code: string; entry: string }
  /** A value as an expression, such as `[1, 2]` or `List.of(1, 2)`. */
  literal(value: Value, type: Type): string
  /** How this language writes a name of the surface language: `count_above` → `countAbove`. */
  spell(name: string, role: 'variable' | 'function' | 'type' | 'field'): string
  /**
   * One sandbox program that calls every rendering of the batch with its examples and prints, for each rendering, a
   * line `INDEX ok` or `INDEX WHAT WENT WRONG`. Values are compared by value (floats within 1e-9 relative), maps and sets
   * without order; an expected error passes on any error that the language raises for it. Renderings of one batch
   * may use the same names. One rendering that does not compile may spoil the whole batch: the caller halves it.
   */
  check(batch: readonly Rendered[]): SandboxProgram
}
