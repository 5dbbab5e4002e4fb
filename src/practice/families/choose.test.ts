import { expect, test } from 'vitest'
import { randomFor } from '../../lib/index.ts'
import { chooseSpellings, combinationsOf, fillAxes, identifiersOf, pluralOf } from './choose.ts'

const options = { test: { code: 'a > b\nand more', name: 'above', unit: 'cm' } }

test('$axis in code is the code, $axis.field a field, and a method stays a method', () => {
  expect(fillAxes('$test.unit and $test.upper()', { test: { code: 's', unit: 'cm' } })).toBe(
    'cm and s.upper()',
  )
})

test('an option of several lines is indented as its line', () => {
  expect(fillAxes('if x:\n    $test\n', options)).toBe('if x:\n    a > b\n    and more\n')
})

test('an option that lacks what is asked for is refused', () => {
  expect(() => fillAxes('count_$test', { test: { code: 'x' } }, 'name')).toThrow('has no "name"')
})

test('spellings never collide with each other or the code, and singulars go with their plurals', () => {
  const plain = (...names: string[]) => names.map((name) => ({ name, words: undefined }))
  const names = {
    values: plain('readings', 'scores', 'total'),
    value: plain('reading', 'score', 'x'),
    sum: plain('total'),
  }
  for (let seed = 0; seed < 50; seed++) {
    const chosen = chooseSpellings(names, {}, ['values', 'value', 'sum', 'scores'], randomFor(seed))
    const spelled = Object.values(chosen).map(({ name }) => name)
    expect(new Set(spelled).size).toBe(3)
    expect(spelled).not.toContain('scores')
    if (chosen.values?.name === 'readings') expect(chosen.value?.name).toBe('reading')
  }
})

test('identifiers are found outside strings, and in the holes of f-strings', () => {
  expect(identifiersOf('a = "b" + f"{c} d"  # e')).toEqual(['a', 'f', 'c'])
})

test('combinations are all options with all', () => {
  const axes = { a: [{ code: '1' }, { code: '2' }], b: [{ code: 'x' }, { code: 'y' }, { code: 'z' }] }
  expect(combinationsOf(axes)).toHaveLength(6)
})

test.each([
  ['entry', 'entries'],
  ['box', 'boxes'],
  ['day', 'days'],
])('%s → %s', (one, many) => {
  expect(pluralOf(one)).toBe(many)
})
