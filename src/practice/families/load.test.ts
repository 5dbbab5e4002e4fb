import { describe, expect, test } from 'vitest'
import { describeProblem, familiesOf, stagesOf } from './load.ts'

const whole = `
- family: twice
  describe: [Double it.]
  code: ['def twice(n: int) -> int: ...']
  inputs: { n: 'int(0, 9)' }
`

function problemsOf(source: string): string[] {
  return familiesOf(source, 'practice/families/test.yaml').problems.map(describeProblem)
}

describe('families', () => {
  test('are read with their topic and line', () => {
    const { entries, problems } = familiesOf(whole, 'practice/families/test.yaml')
    expect(problems).toEqual([])
    expect(entries[0]).toMatchObject({ family: 'twice', topic: 'test', place: { line: 2 } })
    expect(entries[0]?.lineOf(['code', 0])).toBe(4)
  })

  test('an option that is one text has it for code, say and name', () => {
    const { entries } = familiesOf(`${whole}  axes: { k: [2, three] }`, 'test.yaml')
    expect(entries[0]?.axes.k).toEqual([
      { code: '2', say: '2', name: '2' },
      { code: 'three', say: 'three', name: 'three' },
    ])
  })

  test('a spelling may come with its words', () => {
    const { entries } = familiesOf(`${whole}  names: { n: [number, { x: value }] }`, 'test.yaml')
    expect(entries[0]?.names.n).toEqual([
      { name: 'number', words: undefined },
      { name: 'x', words: 'value' },
    ])
  })

  test.each([
    ['an unknown field', `${whole}  colour: red\n`, 'test.yaml:2: twice: unknown field colour'],
    [
      'no code',
      whole.replace(/ {2}code.*\n/, ''),
      'test.yaml:2: twice: code: expected either `code` or `native`',
    ],
    [
      'a text that YAML takes for a map',
      whole.replace('[Double it.]', '\n    - {values} twice'),
      'needs quotes',
    ],
    [
      'a name with blanks',
      whole.replace('twice', 'two times'),
      'family: expected lower-case words with dashes',
    ],
    ['a map at the top', 'family: twice', 'test.yaml:1: expected a list of entries'],
  ])('%s is reported with file, line and field', (_, source, message) => {
    expect(problemsOf(source).join('\n')).toContain(message)
  })
})

test('a stage has code, a loop or both', () => {
  const stage = '- { stage: x, from: int, to: int, say: [do], gives: [it], name: x }'
  expect(stagesOf(stage, 'stages.yaml').problems.map(describeProblem).join()).toContain(
    '`code`, `loop` or both',
  )
})
