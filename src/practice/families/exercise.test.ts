import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FrontEnd } from '../language/front-end.ts'
import { openFrontEnd } from '../language/front-end.ts'
import { prepare } from '../language/interpret.ts'
import { sameValue } from '../language/same-value.ts'
import { loadCompose } from './compose-data.ts'
import type { Kind } from './draft.ts'
import { drawExercise, type Exercise, shares } from './exercise.ts'
import { type Library, loadRuleSets } from './library.ts'
import { faultOf, plain } from './lint-report.ts'
import { familiesOf, loadStages } from './load.ts'
import { loadPhrases, registers } from './phrases.ts'
import { writeText } from './wording.ts'

const counting = `
- family: count-compared
  axes:
    test:
      - { code: 'value > limit', say: 'greater than {\`limit\`}', name: above }
      - { code: 'value >= limit', say: 'at least {\`limit\`}', name: at_least }
  names:
    count: [count_$test, tally]
    values: [readings, xs]
    value: [reading, x]
    limit: [bound]
  returns: ['the number of {values} that are {test}']
  describe: ['Count the {values} {test}.']
  code:
    - |
      def count(values: list[int], limit: int) -> int:
          return sum(1 for value in values if $test)
  inputs: { values: 'list(int(-20, 20), 0..8)', limit: 'int(-10, 10)' }
- family: square-of
  names: { square: [square_of, squared], n: [number, n] }
  returns: ['the square of {\`n\`}']
  describe: ['Multiply {\`n\`} by itself.']
  code: ["def square(n: int) -> int:\\n    return n * n\\n"]
  inputs: { n: 'int(-30, 30)' }
`

let frontEnd: FrontEnd
let library: Library

beforeAll(async () => {
  frontEnd = await openFrontEnd()
  library = {
    families: familiesOf(counting, 'counting.yaml').entries,
    stages: loadStages(),
    ruleSets: loadRuleSets(),
    phrases: loadPhrases(),
    compose: loadCompose(),
    frontEnd,
  }
})
afterAll(() => frontEnd.dispose())

const kinds = Object.keys(shares) as Kind[]

function exercises(kind: Kind): Exercise[] {
  return Array.from({ length: 8 }, (_, seed) => drawExercise(library, seed, kind))
}

describe.each(kinds)('%s', (kind) => {
  test('the same seed gives the same bytes', () => {
    const draw = () => JSON.stringify(drawExercise(library, 'again', kind))
    expect(draw()).toBe(draw())
  })

  test('examples are what the interpreter gives', () => {
    for (const { program, examples, result } of exercises(kind)) {
      const interpret = prepare(program)
      for (const { arguments: args, outcome } of examples) {
        const answer = interpret(program.entry, args)
        if (!('outcome' in answer)) throw new Error(answer.why)
        if ('raised' in outcome || 'raised' in answer.outcome) expect(answer.outcome).toEqual(outcome)
        else expect(sameValue(answer.outcome.value, outcome.value, result)).toBe(true)
      }
    }
  })

  test('examples tell inputs apart', () => {
    for (const { examples } of exercises(kind))
      expect(new Set(examples.map(({ outcome }) => JSON.stringify(outcome))).size).toBeGreaterThan(1)
  })

  test('every text is whole', () => {
    for (const { descriptions, documentation, steps } of exercises(kind)) {
      const texts = [...Object.values(descriptions), ...Object.values(documentation.parameters)]
      for (const text of [...texts, documentation.returns ?? [], steps ?? []])
        expect(faultOf(writeText(text, plain))).toBeUndefined()
    }
  })
})

test('a family with a noun phrase is described in every register', () => {
  const { descriptions } = drawExercise(library, 1, 'family')
  expect(Object.keys(descriptions).sort()).toEqual([...registers].sort())
})

test('kinds come in their shares', () => {
  const counts = new Map<string, number>()
  for (let seed = 0; seed < 200; seed++) {
    const { kind } = drawExercise(library, seed)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  for (const kind of kinds) expect((counts.get(kind) ?? 0) / 200).toBeCloseTo(shares[kind], 0.9)
})

test('there are frames enough', () => {
  const frames = Object.values(library.phrases.registers).flatMap((register) => register.frames)
  expect(Object.keys(library.phrases.registers)).toHaveLength(registers.length)
  expect(new Set(frames).size).toBeGreaterThanOrEqual(60)
})
