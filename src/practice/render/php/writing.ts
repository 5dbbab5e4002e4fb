import { randomFor } from '../../../lib/index.ts'
import type { Expression, Program, Statement } from '../../language/program.ts'
import { type Knowledge, knowledgeOf } from '../knowledge.ts'
import type { Fresh } from '../lower.ts'
import { type Style, Unsupported } from '../renderer.ts'

/** The expression needs statements before it, for which there is no place here. */
export class NeedsStatements extends Unsupported {}

/** How one rendering is written. */
export interface Writing {
  program: Program
  /** `declare(strict_types=1);` */
  strict: boolean
  /** `$xs === []` instead of `count($xs) === 0`. */
  emptyLiteral: boolean
  /** `[...$a, ...$b]` instead of `array_merge($a, $b)`. */
  spread: boolean
  /** `array_map` and `array_filter` instead of loops. */
  functional: boolean
  /** `i++` instead of `++$i`. */
  postfix: boolean
  /** Interpolation where it can be, instead of `sprintf`. */
  interpolated: boolean
  /** What is known of the expressions of the function that is written. */
  knowledge: Knowledge
  /** Whether the function has made sure that two lists have as many items. */
  sameLength(a: Expression, b: Expression): boolean
  fresh: Fresh
  /** Takes statements that have to stand before the one that is written; absent where there is no place for them. */
  before: ((statements: readonly Statement[]) => void) | undefined
  /** Whether an array that two places hold is changed in the function, so that a copy would show. */
  isChanged(target: Expression, value: Expression): boolean
  /** Parameters that are references. */
  isReference(functionName: string, index: number): boolean
}

/** What a style comes to in PHP: the same for the same number. */
export function writingOf(program: Program, style: Style): Writing {
  const random = randomFor('php', style.variant)
  const chance = (share: number) => random() < share
  return {
    program,
    strict: chance(0.6),
    emptyLiteral: chance(0.5),
    spread: chance(0.5),
    functional: chance(0.6),
    postfix: chance(0.8),
    interpolated: chance(0.6),
    knowledge: knowledgeOf({ body: [] }),
    sameLength: () => false,
    fresh: (...wanted) => wanted[0]!,
    before: undefined,
    isChanged: () => true,
    isReference: (name, index) =>
      program.functions.find((of) => of.name === name)?.parameters[index]?.changed === true,
  }
}

/** The same where no statements can stand before: in an arrow function, right of `&&`. */
export function inside(writing: Writing): Writing {
  return { ...writing, before: undefined }
}
