import { beforeAll, describe, expect, test } from 'vitest'
import { randomFor } from '../../lib/index.ts'
import { type FrontEnd, openFrontEnd } from '../language/front-end.ts'
import { prepare } from '../language/interpret.ts'
import type { Example, Value } from '../language/value.ts'
import { python } from '../render/python/index.ts'
import { mutate } from './mutate.ts'

let frontEnd: FrontEnd
beforeAll(async () => {
  frontEnd = await openFrontEnd()
})

/** The program with the answers of the interpreter to these arguments. */
function solved(source: string, inputs: Value[][]) {
  const program = frontEnd.parseProgram(source)
  const run = prepare(program)
  const examples = inputs.map((args): Example => {
    const answer = run(program.entry, args)
    if ('stopped' in answer) throw new Error(answer.why)
    return { arguments: args, outcome: answer.outcome }
  })
  return { program, examples }
}

const counting = `def count_above(values: list[int], limit: int) -> int:
    total = 0
    for value in values:
        if value > limit:
            total += 1
    return total
`
const lists = (...all: [number[], number][]): Value[][] => all.map(([list, n]) => [{ list }, n])

describe('a planted bug', () => {
  test('is one change of the program, and one of the examples fails', () => {
    const { program, examples } = solved(counting, lists([[1, 2, 3], 2], [[], 0], [[5, 5], 5]))
    const before = python.render(program, { types: true, variant: 0 }).code
    const found = new Set<string>()
    for (let seed = 0; seed < 20; seed++) {
      const mutant = mutate(program, examples, randomFor('mutant', seed))
      expect(mutant).toBeDefined()
      const { code } = python.render(mutant!.program, { types: true, variant: 0 })
      const changed = code.split('\n').filter((line, index) => line !== before.split('\n')[index])
      expect(changed).toHaveLength(1)
      found.add(changed[0]!.trim())
      expect(mutant!.examples[mutant!.failing]!.outcome).not.toEqual(examples[mutant!.failing]!.outcome)
    }
    expect([...found].sort()).toEqual(['if value >= limit:', 'total -= 1'])
    expect(python.render(program, { types: true, variant: 0 }).code).toBe(before)
  })

  test('that no example notices is none', () => {
    const { program, examples } = solved(counting, lists([[], 0]))
    expect(mutate(program, examples, randomFor('mutant'))).toBeUndefined()
  })

  test('that never ends, or that raises, is none', () => {
    const { program, examples } = solved(
      `def halve_down(n: int) -> int:
    steps = 0
    while n > 0:
        n = n // 2
        steps += 1
    return steps
`,
      [[8], [0], [1]],
    )
    for (let seed = 0; seed < 10; seed++) {
      const mutant = mutate(program, examples, randomFor('mutant', seed))
      for (const { outcome } of mutant?.examples ?? []) expect(outcome).toHaveProperty('value')
    }
  })
})
