import { beforeAll, describe, expect, test } from 'vitest'
import { randomFor } from '../../lib/index.ts'
import type { Exercise } from '../families/exercise.ts'
import { openFrontEnd } from '../language/front-end.ts'
import { INT, listOf } from '../language/types.ts'
import { javascript } from '../render/javascript/index.ts'
import { python } from '../render/python/index.ts'
import type { Renderer } from '../render/renderer.ts'
import { loadInstructions } from './instructions.ts'
import { propose } from './propose.ts'

const source = `def count_above(values: list[int], limit: int) -> int:
    return sum(1 for value in values if value > limit)
`
let exercise: Exercise

beforeAll(async () => {
  const program = (await openFrontEnd()).parseProgram(source)
  const call = (list: number[], limit: number, value: number) => ({
    arguments: [{ list }, limit],
    outcome: { value },
  })
  exercise = {
    id: 'count-above/1',
    kind: 'family',
    origins: ['count-above'],
    topic: 'counting',
    program,
    source,
    parameters: program.functions[0]!.parameters,
    result: INT,
    examples: [call([1, 2, 3], 1, 2), call([], 0, 0), call([5], 5, 0), call([9, 8], 0, 2)],
    largestInteger: 9,
    descriptions: {
      summary: ['Count what is above ', { identifier: 'limit', role: 'variable' }, '.'],
      instruction: ['Write ', { identifier: 'count_above', role: 'function' }, '.'],
    },
    documentation: { parameters: { values: ['the numbers'] } },
    steps: ['Look at each value. Count it if it is greater.'],
  }
  expect(exercise.parameters[0]!.type).toEqual(listOf(INT))
})

type Task = Parameters<typeof propose>[0]

function ask(task: Task, renderer: Renderer, seed: number) {
  const random = randomFor('test', task, seed)
  return propose(task, { exercise, renderer, from: python, instructions: loadInstructions(), random })
}

/** `prompt▶completion` of a task, the same for the same seed. */
function asked(task: Task, renderer = python, seed = 1): string {
  const proposal = ask(task, renderer, seed)
  if (proposal === undefined) throw new Error(`no ${task}`)
  expect(proposal.needs.length).toBeGreaterThan(0)
  return `${proposal.sample.prompt}▶${proposal.sample.completion}`
}

describe('samples of an exercise', () => {
  test('write: a file with its documentation, nothing given', () => {
    expect(asked('write')).toMatch(/^▶def count_above.*Count what is above limit\..*value > limit/s)
  })

  test('generate: names as the language spells them', () => {
    expect(asked('generate', javascript)).toMatch(/Write countAbove\..*▶```javascript\n.*countAbove/s)
  })

  test('translate: the code of one language, then of another', () => {
    expect(asked('translate', javascript)).toMatch(
      /```python\ndef count_above.*▶```javascript\n.*countAbove/s,
    )
  })

  test('test: what is asserted is what the interpreter answered', () => {
    const text = asked('test')
    expect(text).toContain('assert count_above([1, 2, 3], 1) == 2')
    expect(text).toContain('assert count_above([5], 5) == 0')
  })

  test('fix: the wrong code, how it fails, and the right code', () => {
    const text = asked('fix')
    expect(text).toMatch(/value >= limit.*▶.*value > limit/s)
    expect(text).toMatch(/`count_above\(\[(1, 2, 3|5)\], [15]\)`/)
  })

  test('document: the same code without and with documentation', () => {
    const [before = '', after = ''] = asked('document').split('▶')
    expect(before).not.toContain('Count what')
    expect(after).toContain('Count what is above limit.')
  })

  test('explain: its steps, or what it is for', () => {
    const texts = [1, 2, 3, 4, 5, 6].map((seed) => asked('explain', python, seed).split('▶')[1])
    expect(new Set(texts)).toEqual(
      new Set(['Look at each value. Count it if it is greater.\n', 'Count what is above limit.\n']),
    )
  })

  test('edit: the new name is everywhere, the old one nowhere', () => {
    const { sample } = ask('edit', javascript, 1) ?? { sample: { prompt: '', completion: '' } }
    expect(sample.prompt).toMatch(/`(values|limit)`/)
    const spoken = [...sample.prompt.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
    const left = spoken.filter((name) => new RegExp(`\\b${name}\\b`).test(sample.completion))
    expect(spoken).toHaveLength(2)
    expect(left).toHaveLength(1)
    expect(['values', 'limit']).not.toContain(left[0])
  })
})
