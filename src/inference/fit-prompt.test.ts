import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FimOrder } from '../models/index.ts'
import { fitInfill, fitText, promptRoom } from './fit-prompt.ts'

const lineBreak = 10
const marks = { prefix: 1, suffix: 2, middle: 3, order: 'prefix-suffix-middle' } as const
const endsLine = (token: number) => token === lineBreak
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)

test('a prompt has at least half of the window', () => {
  expect(promptRoom({ contextLength: 100, maxTokens: 30 })).toBe(70)
  expect(promptRoom({ contextLength: 100, maxTokens: 5000 })).toBe(50)
})

test('a text keeps its end, after the token of the beginning', () => {
  expect(fitText([5, 6, 7], [], 3)).toEqual({ tokens: [5, 6, 7], truncated: false })
  expect(fitText([5, 6, 7, 8], [9], 3)).toEqual({ tokens: [9, 7, 8], truncated: true })
})

describe('an infill prompt', () => {
  test('that fits is whole', () => {
    expect(fitInfill([20, 21], [30], marks, [9], 10, endsLine)).toEqual({
      tokens: [9, 1, 20, 21, 2, 30, 3],
      truncated: false,
    })
  })

  test('has the suffix first where the model wants it so', () => {
    const inOrder = (order: FimOrder) =>
      fitInfill([20, 21], [30], { ...marks, order }, [], 10, endsLine).tokens
    expect(inOrder('suffix-prefix-middle')).toEqual([1, 2, 30, 3, 20, 21])
    expect(inOrder('suffix-prefix')).toEqual([2, 30, 1, 20, 21])
  })

  test('gives the suffix a quarter, and what the other part does not need', () => {
    const prefixLength = (before: number, after: number) =>
      fitInfill(
        [...numbers(100, before), lineBreak],
        [lineBreak, ...numbers(300, after)],
        marks,
        [],
        43,
        endsLine,
      ).tokens.indexOf(marks.suffix)
    expect(prefixLength(100, 100)).toBe(31)
    expect(prefixLength(4, 100)).toBe(6)
    expect(prefixLength(100, 4)).toBe(36)
  })

  test('keeps the line of the cursor before the lines around it', () => {
    const prefix = [lineBreak, ...numbers(100, 35)]
    const long = fitInfill(prefix, [lineBreak, ...numbers(300, 50)], marks, [], 43, endsLine)
    expect(long.tokens).toEqual(expect.arrayContaining(numbers(100, 35)))
    const suffix = [...numbers(300, 25), lineBreak, ...numbers(400, 50)]
    const end = fitInfill([...numbers(100, 50), lineBreak, 99], suffix, marks, [], 43, endsLine)
    expect(end.tokens).toEqual(expect.arrayContaining([99, ...numbers(300, 25), lineBreak]))
  })

  test('never exceeds the room, wastes none of it, and keeps what is nearest', () => {
    const part = fc.array(fc.constantFrom(lineBreak, 50, 51, 52), { maxLength: 60 })
    fc.assert(
      fc.property(part, part, fc.integer({ min: 3, max: 80 }), (prefix, suffix, room) => {
        const { tokens, truncated } = fitInfill(prefix, suffix, marks, [], room, endsLine)
        expect(tokens).toHaveLength(Math.min(room, prefix.length + suffix.length + 3))
        expect(truncated).toBe(prefix.length + suffix.length + 3 > room)
        const middle = tokens.indexOf(marks.suffix)
        const kept = tokens.slice(1, middle)
        expect(prefix.slice(prefix.length - kept.length)).toEqual(kept)
        expect(suffix.slice(0, tokens.length - middle - 2)).toEqual(tokens.slice(middle + 1, -1))
      }),
    )
  })
})
