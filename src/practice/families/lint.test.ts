import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FrontEnd } from '../language/front-end.ts'
import { openFrontEnd } from '../language/front-end.ts'
import { loadCompose } from './compose-data.ts'
import { lintFamily, lintUnique } from './lint.ts'
import { lintFrames, lintShapes } from './lint-alike.ts'
import { lintSolutions, quick, thorough } from './lint-solutions.ts'
import { lintStage } from './lint-stage.ts'
import { describeProblem, familiesOf, loadFamilies, loadStages } from './load.ts'

let frontEnd: FrontEnd
beforeAll(async () => {
  frontEnd = await openFrontEnd()
})
afterAll(() => frontEnd.dispose())

const double = `
- family: double-it
  axes: { by: [{ code: '2', say: double }, { code: '3', say: triple }] }
  names: { change: [change, apply], n: [number, n] }
  returns: ['{\`n\`} made {by}']
  describe: ['{by} {\`n\`}.', 'What is {\`n\`} when one has to {by} it? Return that and change nothing else.']
  code:
    - "def change(n: int) -> int:\\n    return n * $by\\n"
    - "def change(n: int) -> int:\\n    total = 0\\n    for _ in range($by):\\n        total += n\\n    return total\\n"
  inputs: { n: 'int(-9, 9)' }
`

function lint(source: string): string {
  const { entries, problems } = familiesOf(source, 'test.yaml')
  const found = entries.flatMap((family) => [
    ...lintFamily(family),
    ...lintSolutions(family, frontEnd, thorough).problems,
  ])
  return [...problems, ...found].map(describeProblem).join('\n')
}

describe('a family', () => {
  test('without mistakes has no problems', () => {
    expect(lint(double)).toBe('')
  })

  test.each([
    [
      'an unknown hole',
      double.replace('{by} it?', '{colour} it?'),
      'test.yaml:6: double-it: describe[1]: {colour}',
    ],
    ['an unknown axis', double.replace('n * $by', 'n * $colour'), 'is no axis'],
    ['a bracket that is left', double.replace('Return that', 'Return [that'), 'a bracket is left'],
    [
      'a name that the code lacks',
      double.replace('n: [number', 'm: [number'),
      'names.m: is no name in the code',
    ],
    [
      'a word of Python as a spelling',
      double.replace('[change, apply]', '[lambda]'),
      'lambda is a word of Python',
    ],
    ['solutions that disagree', double.replace('total = 0', 'total = 1'), 'code[1]: gives'],
    [
      'solutions that are one program',
      double.replace(/total = 0[^"]*return total/, 'return n * $by'),
      'is the same program as code[0]',
    ],
    [
      'code beyond the language',
      double.replace('return n *', 'return eval(n) *'),
      'double-it: code[0]: Line 2',
    ],
    [
      'a parameter that is fed nothing',
      double.replace("{ n: 'int(-9, 9)' }", '{}'),
      'the parameter n is fed nothing',
    ],
    ['a generator of another type', double.replace('int(-9, 9)', 'word'), 'does not give int'],
    [
      'an outcome that never varies',
      double.replaceAll('$by', '0 * $by').replace('total += n', 'total += 0'),
      'the outcome is the same',
    ],
    [
      'texts that differ in a noun',
      double.replace("'What is", "'{by} {`n`} [|now].', 'What is"),
      'but for a word or two',
    ],
  ])('with %s has that problem', (_, source, message) => {
    expect(lint(source)).toContain(message)
  })

  test('that is another with other names is found', () => {
    const other = double
      .replace('double-it', 'twofold')
      .replaceAll('change', 'adapt')
      .replaceAll('total', 'sum_up')
    const families = familiesOf(double + other, 'test.yaml').entries
    const shapes = new Map(families.map((family) => [family, lintSolutions(family, frontEnd, quick).shapes]))
    expect(lintShapes(shapes).map(describeProblem).join()).toContain(
      'is the same program as a solution of double-it',
    )
    expect(lintFrames(families).map(describeProblem).join()).toContain(
      'differs from a text of double-it in its nouns only',
    )
  })
})

test('the stages of practice have no problems', () => {
  const compose = loadCompose()
  expect(
    loadStages()
      .flatMap((stage) => lintStage(stage, compose, frontEnd))
      .map(describeProblem),
  ).toEqual([])
}, 60_000)

test('the families of practice have no problems', () => {
  const families = loadFamilies().filter(({ native }) => native === undefined)
  const solutions = families.map((family) => [family, lintSolutions(family, frontEnd, quick)] as const)
  const problems = [
    ...lintUnique(families.map(({ family, place }) => ({ name: family, ...place }))),
    ...lintFrames(families),
    ...families.flatMap(lintFamily),
    ...solutions.flatMap(([, found]) => found.problems),
    ...lintShapes(new Map(solutions.map(([family, { shapes }]) => [family, shapes]))),
  ]
  expect(problems.map(describeProblem)).toEqual([])
}, 120_000)
