import { randomFor } from '../../../lib/index.ts'
import type { Expression, Program } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { type Knowledge, knowledgeOf } from '../knowledge.ts'
import type { Style } from '../renderer.ts'
import { statementsOfProgram } from '../walk.ts'

/** How one rendering is written, and what it has come to require. */
export interface Writing {
  program: Program
  types: boolean
  quote: "'" | '"'
  /** `xs.size` instead of `xs.length`. */
  size: boolean
  /** `xs.first` and `xs.last` instead of `xs[0]` and `xs[-1]`. */
  ends: boolean
  /** `n.zero?` instead of `n == 0`. */
  predicates: boolean
  /** `n.times` and `1.upto(n)` instead of `(0...n).each`. */
  counted: boolean
  /** `return x` at the end too. */
  explicitReturn: boolean
  /** `total += x if x > 0`, not only `return x if …`. */
  modifiers: boolean
  /** `xs.push(x)` instead of `xs << x`. */
  push: boolean
  frozen: boolean
  yard: boolean
  /** The types of a record's fields. */
  fieldsOf(record: string): Type[]
  /** What is known of the expressions of the function that is written. */
  knowledge: Knowledge
  /** Somewhere a `ValueError` is caught: what raises one has to. */
  catches: boolean
  /** Whether the function has made sure that two lists have as many items. */
  sameLength(a: Expression, b: Expression): boolean
  /** Libraries that have to be required: `set`, `date`. */
  requires: Set<string>
}

/** What a style comes to in Ruby: the same for the same number. */
export function writingOf(program: Program, style: Style): Writing {
  const random = randomFor('ruby', style.variant)
  const chance = (share: number) => random() < share
  return {
    program,
    types: style.types,
    quote: chance(0.75) ? "'" : '"',
    size: chance(0.4),
    ends: chance(0.5),
    predicates: chance(0.4),
    counted: chance(0.5),
    explicitReturn: chance(0.2),
    modifiers: chance(0.5),
    push: chance(0.25),
    frozen: chance(0.25),
    yard: chance(0.6),
    fieldsOf: (record) =>
      program.records.find(({ name }) => name === record)?.fields.map(({ type }) => type) ?? [],
    knowledge: knowledgeOf({ body: [] }),
    catches: statementsOfProgram(program).some(({ kind }) => kind === 'try'),
    sameLength: () => false,
    requires: new Set(),
  }
}
