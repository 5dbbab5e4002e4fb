import { describe, expect, test } from 'vitest'
import { randomFor } from '../../lib/index.ts'
import type { Example, Outcome, Value } from '../language/value.ts'
import { degenerate, isEdge, selectExamples } from './cases.ts'
import { parseGenerator } from './inputs.ts'

/** What comes of 160 lists of small integers. */
function examplesOf(
  outcomeOf: (numbers: number[]) => Outcome,
  generator = 'list(int(-9, 9), 0..8)',
): Example[] {
  const lists = parseGenerator(generator)
  const random = randomFor('cases')
  return Array.from({ length: 160 }, () => {
    const list = lists.draw(random)
    return { arguments: [list], outcome: outcomeOf((list as { list: number[] }).list) }
  })
}

const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0)
const outcomesOf = (examples: Example[]) => new Set(examples.map(({ outcome }) => JSON.stringify(outcome)))

describe('examples', () => {
  test('have different inputs and outcomes, edge cases after ordinary ones', () => {
    const chosen = selectExamples(
      examplesOf((numbers) => ({ value: sum(numbers) })),
      8,
    )
    const edges = chosen.map(({ arguments: [list] }) => isEdge(list!))
    expect(chosen.length).toBe(8)
    expect(outcomesOf(chosen).size).toBeGreaterThanOrEqual(6)
    expect(edges).toEqual([...edges].sort())
    expect(edges.filter(Boolean).length).toBe(2)
  })

  test('show the rare outcome too', () => {
    const chosen = selectExamples(
      examplesOf((numbers) => ({ value: sum(numbers) === 7 })),
      8,
    )
    expect(outcomesOf(chosen).size).toBe(2)
  })

  test('end with one error, where there are errors', () => {
    const orError = (numbers: number[]): Outcome =>
      numbers.length === 0 ? { raised: 'ValueError' } : { value: Math.max(...numbers) }
    const chosen = selectExamples(examplesOf(orError), 8)
    expect(chosen.map(({ outcome }) => 'raised' in outcome)).toEqual([...Array(7).fill(false), true])
  })

  test('are no longer than a line, and finite, where there are enough', () => {
    const long = (numbers: number[]): Outcome => ({ value: 'x'.repeat(numbers.length * 100) })
    const infinite = (numbers: number[]): Outcome => ({
      value: numbers.length > 4 ? Infinity : numbers.length,
    })
    for (const { outcome } of selectExamples(examplesOf(long), 8))
      expect(JSON.stringify(outcome).length).toBeLessThan(400)
    for (const example of selectExamples(examplesOf(infinite), 8))
      expect(example.outcome).not.toEqual({ value: Infinity })
  })

  test('are all that there are where inputs are few, or all edge cases', () => {
    const few = examplesOf((numbers) => ({ value: sum(numbers) }), 'list(int(1, 2), 1)')
    expect(new Set(selectExamples(few, 8).map(({ arguments: args }) => JSON.stringify(args)))).toEqual(
      new Set(['[{"list":[1]}]', '[{"list":[2]}]']),
    )
  })
})

test.each<[Value, boolean]>([
  [0, true],
  [7, false],
  ['', true],
  ['zz', true],
  ['ab', false],
  [null, true],
  [{ list: [] }, true],
  [{ list: [3, 3] }, true],
  [{ list: [3, 4] }, false],
  [{ set: [5] }, true],
  [{ map: [['a', 1]] }, true],
  [{ tuple: [1, 1] }, false],
])('%j as an edge case: %s', (value, expected) => {
  expect(isEdge(value)).toBe(expected)
})

describe('nothing is learnt', () => {
  test.each<[string, (numbers: number[]) => Outcome, string | undefined]>([
    ['where all comes to the same', () => ({ value: 1 }), 'the outcome is the same for all inputs'],
    ['where all is an error', () => ({ raised: 'ValueError' }), 'the outcome is the same for all inputs'],
    [
      'where an input is not foreseen',
      ([first]) => (first === undefined ? { raised: 'IndexError' } : { value: first }),
      'IndexError comes of an input',
    ],
    ['but from sums', (numbers) => ({ value: sum(numbers) }), undefined],
  ])('%s', (_, outcomeOf, fault) => {
    expect(degenerate(examplesOf(outcomeOf))).toBe(fault)
  })

  test('from a few inputs', () => {
    expect(degenerate(examplesOf(() => ({ value: 1 })).slice(0, 19))).toBe(
      'too few inputs fulfil what is required',
    )
  })
})
