import { expect, test } from 'vitest'
import { sameValue } from './same-value.ts'
import { FLOAT, INT, listOf, mapOf, optionalOf, STRING, setOf, tupleOf } from './types.ts'

test('floats within 1e-9 are the same, integers only when equal', () => {
  expect(sameValue(0.1 + 0.2, 0.3, FLOAT)).toBe(true)
  expect(sameValue(1e20, 1e20 + 1e8, FLOAT)).toBe(true)
  expect(sameValue(0.3, 0.3001, FLOAT)).toBe(false)
  expect(sameValue(Infinity, 1, FLOAT)).toBe(false)
  expect(sameValue(10_000_000_000, 10_000_000_001, INT)).toBe(false)
})

test('sets and maps are compared in any order, lists in theirs', () => {
  expect(sameValue({ set: [1, 2] }, { set: [2, 1] }, setOf(INT))).toBe(true)
  expect(sameValue({ set: [1, 2] }, { set: [2, 3] }, setOf(INT))).toBe(false)
  const counts = mapOf(STRING, listOf(FLOAT))
  const one = {
    map: [
      ['a', { list: [0.5] }],
      ['b', { list: [] }],
    ] as [string, { list: number[] }][],
  }
  const other = {
    map: [
      ['b', { list: [] }],
      ['a', { list: [0.5 + 1e-12] }],
    ] as [string, { list: number[] }][],
  }
  expect(sameValue(one, other, counts)).toBe(true)
  expect(sameValue({ list: [1, 2] }, { list: [2, 1] }, listOf(INT))).toBe(false)
  expect(sameValue({ list: [1] }, { list: [1, 2] }, listOf(INT))).toBe(false)
})

test('the kinds of values are told apart', () => {
  expect(sameValue({ list: [1, 2] }, { tuple: [1, 2] }, tupleOf(INT, INT))).toBe(false)
  expect(sameValue(null, 0, optionalOf(INT))).toBe(false)
  expect(sameValue({ date: '2024-01-01' }, { date: '2024-01-02' }, undefined)).toBe(false)
  expect(sameValue({ days: 1 }, { days: 1 }, undefined)).toBe(true)
})

test('records are compared by their fields', () => {
  const point = (x: number, y: number) => ({ record: 'Point', fields: { x, y } })
  expect(sameValue(point(1, 0.5), point(1, 0.5 + 1e-12), { kind: 'record', name: 'Point' })).toBe(true)
  expect(sameValue(point(1, 0.5), point(2, 0.5), { kind: 'record', name: 'Point' })).toBe(false)
})
