/** A draft of a family: one choice of its options, spellings and solution. */
import type { Random } from '../../lib/index.ts'
import { type Choice, choose, fillAxes, pick } from './choose.ts'
import type { Draft, Wording } from './draft.ts'
import type { Family } from './family.ts'
import { fillingsOf } from './fillings.ts'
import { fill, type Text } from './wording.ts'

/** @param choice for tests and lint; drawn where absent. */
export function draftFamily(family: Family, random: Random, choice: Choice = choose(family, random)): Draft {
  const { options, solution, spellings } = choice
  const code = fillAxes(family.code?.[solution] ?? '', options)
  const scenario = family.scenario === undefined ? undefined : fillAxes(family.scenario, options)
  return {
    kind: 'family',
    origins: [family.family],
    topic: family.topic,
    code,
    entry: family.entry ?? lastFunction(code),
    ...(scenario === undefined ? {} : { scenario }),
    spellings: Object.fromEntries(Object.entries(spellings).map(([name, spelling]) => [name, spelling.name])),
    inputs: Object.fromEntries(
      Object.entries(family.inputs).map(([name, generator]) => [name, fillAxes(generator, options)]),
    ),
    requires: family.requires.map((expression) => fillAxes(expression, options)),
    occurs: [],
    wording: wordingOf(family, choice, [code, scenario ?? ''].join('\n')),
  }
}

/** The name of the last function at the margin. */
export function lastFunction(code: string): string {
  return [...code.matchAll(/^def (\w+)/gm)].at(-1)?.[1] ?? ''
}

function wordingOf(family: Family, choice: Choice, source: string): Wording {
  const fillings = fillingsOf(choice, source)
  const one = (templates: readonly string[]) => (random: Random) =>
    fill(pick(templates, random), fillings, random)
  const { returns, describe, raises, steps } = family
  return {
    describe: one(describe),
    ...(returns === undefined ? {} : { returns: one(returns) }),
    ...(raises === undefined ? {} : { raises: one(raises) }),
    // They tell how the first solution works.
    ...(steps === undefined || choice.solution !== 0
      ? {}
      : {
          steps: (random) =>
            steps.flatMap(
              (step, index): Text => [...(index === 0 ? [] : [' ']), ...fill(step, fillings, random)],
            ),
        }),
  }
}
