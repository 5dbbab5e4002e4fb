import { randomFor } from '../../../lib/index.ts'
import type { Program } from '../../language/program.ts'
import type { Style } from '../renderer.ts'

/** How one rendering is written, and what it has come to import. */
export interface Writing {
  program: Program
  types: boolean
  quote: "'" | '"'
  /** As the formatter Black has it: `x**2`, `xs[i + 1 :]`, 88 columns. Else `x ** 2`, `xs[i + 1:]`, 100 columns. */
  black: boolean
  /** `Optional[int]` instead of `int | None`. */
  optional: boolean
  docstring: 'google' | 'numpy' | 'rest'
  /** The docstring's text begins on the line after the quotes. */
  docstringBelow: boolean
  /** Examples of a docstring stand under a heading. */
  exampleHeading: boolean
  /** Examples of a comment are sessions (`>>> f(1)`) instead of equations (`f(1) == 2`). */
  sessions: boolean
  /** `enumerate(xs, start=1)` instead of `enumerate(xs, 1)`. */
  startKeyword: boolean
  /** `if xs:` instead of `if len(xs) > 0:`. */
  truth: boolean
  /** `float('inf')` instead of `math.inf`. */
  floatInf: boolean
  /** `key=counts.get` instead of `key=lambda word: counts[word]`. */
  keyGet: boolean
  /** Inside `__init__`, where fields are declared. */
  constructing: boolean
  /** Variables of the function that get their first value in branches. */
  undeclared: Set<string>
  /** Modules that the code imports, with the names it takes from them; none for `import math`. */
  imports: Map<string, Set<string>>
}

/** What a style comes to in Python: the same for the same number. */
export function writingOf(program: Program, style: Style): Writing {
  const random = randomFor('python', style.variant)
  const black = random() < 0.5
  return {
    program,
    types: style.types,
    black,
    quote: random() < (black ? 0.95 : 0.25) ? '"' : "'",
    optional: random() < 0.35,
    docstring: (['google', 'google', 'numpy', 'rest'] as const)[Math.floor(random() * 4)]!,
    docstringBelow: random() < 0.3,
    exampleHeading: random() < 0.35,
    sessions: random() < 0.5,
    startKeyword: random() < 0.3,
    truth: random() < 0.75,
    floatInf: random() < 0.6,
    keyGet: random() < 0.6,
    constructing: false,
    undeclared: new Set(),
    imports: new Map(),
  }
}

/** Imports `module`, or `name` from it. */
export function needs(writing: Writing, module: string, name?: string): void {
  const names = writing.imports.get(module) ?? new Set()
  if (name !== undefined) names.add(name)
  writing.imports.set(module, names)
}
