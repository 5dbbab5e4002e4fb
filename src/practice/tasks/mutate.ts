/** Plants a bug in a program: one small change that the examples notice. */
import { type Random, shuffle } from '../../lib/index.ts'
import { prepare } from '../language/interpret.ts'
import type { Arithmetic, Comparison, Expression, Program } from '../language/program.ts'
import { sameOutcome } from '../language/same-value.ts'
import { BOOL } from '../language/types.ts'
import type { Example } from '../language/value.ts'
import { expressionsOfProgram, statementsOfProgram } from '../render/walk.ts'

export interface Mutant {
  program: Program
  /** What the wrong program answers, to the same arguments. */
  examples: Example[]
  /** Index of an example that it fails. */
  failing: number
}

/** Bugs that people make: a boundary missed, a sign or a condition turned. */
const comparisons: Record<Comparison, Comparison> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '==': '!=',
  '!=': '==',
}
const operators: Partial<Record<Arithmetic, Arithmetic>> = {
  '+': '-',
  '-': '+',
  '*': '+',
  '//': '*',
  '%': '//',
}

/**
 * A mutant that fails one of the examples and gives an answer to all; nothing where none of the changes that were tried
 * does. One that raises is none: languages differ in what they do out of bounds.
 */
export function mutate(program: Program, examples: readonly Example[], random: Random): Mutant | undefined {
  const attempts = 12
  const count = changesOf(program).length
  const order = shuffle([...Array(count).keys()], random).slice(0, attempts)
  for (const index of order) {
    const mutant = structuredClone(program)
    changesOf(mutant)[index]?.()
    const judged = judge(mutant, examples)
    if (judged !== undefined) return { program: mutant, ...judged }
  }
  return undefined
}

/** Every change that could be made, each to be made at most once, in the tree itself. */
function changesOf(program: Program): (() => void)[] {
  const conditions = statementsOfProgram(program).flatMap((statement) =>
    statement.kind === 'if'
      ? statement.branches
          .filter(({ condition }) => condition.kind === 'not')
          .map((branch) => () => {
            if (branch.condition.kind === 'not') branch.condition = branch.condition.value
          })
      : [],
  )
  const updates = statementsOfProgram(program).flatMap((statement) => {
    const other = statement.kind === 'update' ? operators[statement.operator] : undefined
    if (statement.kind !== 'update' || other === undefined || !isNumber(statement.value)) return []
    return [
      () => {
        statement.operator = other
      },
    ]
  })
  return [...conditions, ...updates, ...expressionsOfProgram(program).flatMap(changesIn)]
}

function changesIn(expression: Expression): (() => void)[] {
  switch (expression.kind) {
    case 'compare':
      return [
        () => {
          expression.operator = comparisons[expression.operator]
        },
      ]
    case 'arithmetic': {
      const other = operators[expression.operator]
      const numeric = isNumber(expression.left) && isNumber(expression.right)
      return other !== undefined && numeric
        ? [
            () => {
              expression.operator = other
            },
          ]
        : []
    }
    case 'logic':
      return [
        () => {
          expression.operator = expression.operator === 'and' ? 'or' : 'and'
        },
      ]
    case 'conditional':
      return [
        () => {
          expression.condition = { kind: 'not', value: expression.condition, type: BOOL }
        },
      ]
    case 'in':
    case 'is-none':
      return [
        () => {
          expression.negated = !expression.negated
        },
      ]
    case 'builtin':
      return expression.name === 'range' ? expression.arguments.flatMap(shifts) : []
    default:
      return []
  }
}

/** A number one too small. */
function shifts(expression: Expression): (() => void)[] {
  return expression.kind === 'int'
    ? [
        () => {
          expression.value -= 1
        },
      ]
    : []
}

function isNumber({ type: { kind } }: Expression): boolean {
  return kind === 'int' || kind === 'float'
}

function judge(mutant: Program, examples: readonly Example[]): Omit<Mutant, 'program'> | undefined {
  const run = prepare(mutant)
  const result = mutant.functions.find(({ name }) => name === mutant.entry)?.result
  const answers: Example[] = []
  for (const example of examples) {
    const answer = run(mutant.entry, example.arguments, { steps: 100_000 })
    if ('stopped' in answer) return undefined
    if ('raised' in answer.outcome && !('raised' in example.outcome)) return undefined
    answers.push({ arguments: example.arguments, outcome: answer.outcome })
  }
  const failing = answers.findIndex(
    ({ outcome }, index) => !sameOutcome(outcome, examples[index]!.outcome, result),
  )
  return failing < 0 ? undefined : { examples: answers, failing }
}
