import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomFor, UserError } from '../../lib/index.ts'
import type { RecordDeclaration } from '../language/program.ts'
import {
  BOOL,
  DATE,
  FLOAT,
  INT,
  listOf,
  mapOf,
  optionalOf,
  STRING,
  setOf,
  type Type,
  tupleOf,
} from '../language/types.ts'
import type { Value } from '../language/value.ts'
import { parseGenerator } from './inputs.ts'

const point: RecordDeclaration = {
  name: 'Point',
  fields: [
    { name: 'x', type: INT },
    { name: 'y', type: FLOAT },
  ],
}

function draws(text: string, count = 400): Value[] {
  const generator = parseGenerator(text, [point])
  const random = randomFor('inputs', text)
  return Array.from({ length: count }, () => generator.draw(random))
}

const spelled = (values: Value[]) => new Set(values.map((value) => JSON.stringify(value)))
const itemsOf = (value: Value) => (value as { list: Value[] }).list

test('the same random numbers give the same values', () => {
  expect(spelled(draws('map(word, list(sentence, 0..3), 0..4)'))).toEqual(
    spelled(draws('map(word, list(sentence, 0..3), 0..4)')),
  )
})

describe('edges come among the rest', () => {
  test('of numbers: the ends, and zero', () => {
    const numbers = draws('int(-20, 30)') as number[]
    for (const edge of [-20, 0, 30]) expect(numbers.filter((n) => n === edge).length).toBeGreaterThan(10)
    expect(Math.min(...numbers)).toBe(-20)
    expect(Math.max(...numbers)).toBe(30)
  })

  test('of lists: none, one, all equal, in order', () => {
    const lists = draws('list(int(0, 50), 0..8)').map((value) => itemsOf(value) as number[])
    const long = lists.filter((list) => list.length > 3)
    expect(lists.filter((list) => list.length === 0).length).toBeGreaterThan(10)
    expect(lists.filter((list) => list.length === 1).length).toBeGreaterThan(10)
    expect(long.filter((list) => new Set(list).size === 1).length).toBeGreaterThan(3)
    expect(long.filter((list) => list.every((n, i) => i === 0 || list[i - 1]! <= n)).length).toBeGreaterThan(
      3,
    )
    expect(Math.max(...lists.map((list) => list.length))).toBe(8)
  })

  test('of dates: ends of years and 29 February', () => {
    const dates = draws('date(2019, 2024)').map((value) => (value as { date: string }).date)
    expect(dates.every((date) => date >= '2019-01-01' && date <= '2024-12-31')).toBe(true)
    for (const edge of ['-01-01', '-12-31', '-02-29'])
      expect(dates.some((date) => date.endsWith(edge))).toBe(true)
  })

  test('of texts: none, one character, mirrored', () => {
    const texts = draws('text("abc", 0..12)') as string[]
    expect(texts.every((text) => /^[abc]{0,12}$/.test(text))).toBe(true)
    expect(texts).toContain('')
    expect(texts.some((text) => text.length > 4 && text === [...text].reverse().join(''))).toBe(true)
  })
})

describe('each generator draws what it says', () => {
  test('float: so many digits', () => {
    const numbers = draws('float(-1.5, 2, 1)') as number[]
    expect(numbers.every((n) => n >= -1.5 && n <= 2 && Number(n.toFixed(1)) === n)).toBe(true)
    expect(numbers.some((n) => Object.is(n, -0))).toBe(false)
  })

  test('distinct, set and map: no repeats, and fewer where there are no more', () => {
    for (const value of draws('distinct(int(0, 3), 0..8)'))
      expect(spelled(itemsOf(value)).size).toBe(itemsOf(value).length)
    for (const value of draws('set(bool, 2..5)')) expect((value as { set: Value[] }).set.length).toBe(2)
    for (const value of draws('map(one_of("a", "b"), int(0, 9), 0..4)')) {
      const keys = (value as { map: [Value, Value][] }).map.map(([key]) => key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  test('sorted: in Python’s order', () => {
    expect(
      draws('sorted(list(tuple(one_of("b", "B", "ab"), int(-3, 10)), 2))').every((value) => {
        const [[word, n], [next, m]] = itemsOf(value).map(
          (item) => (item as { tuple: [string, number] }).tuple,
        ) as [[string, number], [string, number]]
        return word < next || (word === next && n <= m)
      }),
    ).toBe(true)
  })

  test('matrix: rows of equal length', () => {
    for (const value of draws('matrix(int(0, 9), 2, 0..3)')) {
      const rows = itemsOf(value).map((row) => itemsOf(row).length)
      expect(rows.length).toBe(2)
      expect(rows[0]).toBe(rows[1])
    }
  })

  test('one_of, optional, digits, email, Point', () => {
    expect(spelled(draws('one_of(1, 2.5, "a, (b)", True, None)')).size).toBe(5)
    expect(draws('optional(word)').filter((value) => value === null).length).toBeGreaterThan(40)
    expect(draws('digits(2..3)').every((value) => /^[0-9]{2,3}$/.test(value as string))).toBe(true)
    expect(draws('email').every((value) => /^[a-z0-9._-]+@[a-z.]+$/.test(value as string))).toBe(true)
    expect(draws('Point(int(1, 1), float(2, 2, 1))', 1)).toEqual([
      { record: 'Point', fields: { x: 1, y: 2 } },
    ])
  })

  test('word, name, city and sentence are printable ASCII', () => {
    for (const text of ['word', 'name', 'city', 'sentence'])
      for (const value of draws(text)) expect(value).toMatch(/^[ -z]{2,120}$/)
  })
})

test.each<[string, Type, Type]>([
  ['int(0, 9)', INT, FLOAT],
  ['int(0, 9)', optionalOf(INT), STRING],
  ['float(0, 9, 1)', FLOAT, INT],
  ['one_of(1.0, 2.5)', FLOAT, INT],
  ['one_of("a", None)', optionalOf(STRING), STRING],
  ['text("ab")', STRING, INT],
  ['list(date(2020, 2021))', listOf(DATE), listOf(STRING)],
  ['matrix(bool, 2, 2)', listOf(listOf(BOOL)), listOf(BOOL)],
  ['set(word)', setOf(STRING), listOf(STRING)],
  ['map(word, optional(int(0, 1)))', mapOf(STRING, optionalOf(INT)), mapOf(STRING, STRING)],
  ['tuple(word, int(0, 1))', tupleOf(STRING, INT), tupleOf(INT, STRING)],
  [
    'optional(Point(int(0, 1), float(0, 1)))',
    optionalOf({ kind: 'record', name: 'Point' }),
    { kind: 'record', name: 'Line' },
  ],
])('%s fits its type and no other', (text, type, other) => {
  const generator = parseGenerator(text, [point])
  expect(generator.fits(type)).toBe(true)
  expect(generator.fits(other)).toBe(false)
})

test.each([
  ['list(int(0, 9), 0.8)', 'column 17: this is no size'],
  ['list(int(0, 9), 8..0)', 'column 17: the range 8..0 is empty'],
  ['list(int(9, 0))', 'column 13: 0 is less than 9'],
  ['list(integer(0, 9))', 'column 6: there is no generator integer'],
  ['constructor', 'column 1: there is no generator constructor'],
  ['int(0 9)', 'column 7: here a comma or a closing bracket is missing'],
  ['int(0, 9', 'column 9: here a comma or a closing bracket is missing'],
  ['int(0, 9.5)', 'column 8: the upper bound is missing in int'],
  ['int(0, 9) 3', 'column 11: here the generator should end'],
  ['word(3)', 'column 6: this is too much for word'],
  ['text(3)', 'a text in quotes is missing in text'],
  ['text("\\q")', 'column 6: the text has \\q'],
  ['one_of("a)', 'column 8: " does not belong here'],
  ['one_of()', 'column 1: a number or a text is missing in one_of'],
  ['Point(int(0, 1), word)', 'column 18: this generator is not of the type that has to stand here'],
  ['', 'column 1: here a generator, a number or a text is missing'],
  ['5', 'column 1: here a generator has to stand'],
])('%s is refused at its place', (text, message) => {
  expect(() => parseGenerator(text, [point])).toThrow(message)
})

test('any text is a generator, or is refused by a UserError', () => {
  const part = fc.constantFrom(
    'int',
    'list',
    '(',
    ')',
    ',',
    '0..8',
    '3',
    '1.5',
    '"a"',
    'word',
    'map',
    '-',
    '"',
    ' ',
    'None',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join('')),
      ),
      (text) => {
        try {
          parseGenerator(text).draw(randomFor('any', text))
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      },
    ),
  )
})
