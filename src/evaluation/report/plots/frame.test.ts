import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shorten } from '../format.ts'
import { percentTick, shareCeiling, spreadLabels } from './frame.ts'

describe('spreadLabels', () => {
  test('leaves labels that have room where they are', () => {
    expect(spreadLabels([10, 50, 90], 12, [0, 100])).toEqual([10, 50, 90])
  })

  test('moves labels apart, and back from the edge', () => {
    expect(spreadLabels([5, 5, 7], 10, [0, 100])).toEqual([5, 15, 25])
    expect(spreadLabels([99, 98], 10, [0, 100])).toEqual([100, 90])
  })

  test('any labels: in order, within the bounds, and apart as far as there is room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (positions) => {
          const placed = spreadLabels(positions, 8, [0, 100])
          const room = Math.min(8, 100 / Math.max(1, positions.length - 1))
          const sorted = [...placed].sort((a, b) => a - b)
          expect(sorted[0]).toBeGreaterThanOrEqual(-1e-9)
          expect(sorted.at(-1)).toBeLessThanOrEqual(100 + 1e-9)
          for (const [at, place] of sorted.slice(1).entries())
            expect(place - sorted[at]!).toBeGreaterThanOrEqual(room - 1e-9)
          for (const [i, one] of positions.entries())
            for (const [j, other] of positions.entries())
              if (one < other) expect(placed[i]).toBeLessThan(placed[j]!)
        },
      ),
    )
  })
})

test('scales are never empty and never pass 100 %', () => {
  expect(shareCeiling([])).toBe(0.01)
  expect(shareCeiling([0, 0, Number.NaN])).toBe(0.01)
  expect(shareCeiling([0.2, 0.5])).toBeCloseTo(0.54)
  expect(shareCeiling([0.99])).toBe(1)
})

test('ticks and labels', () => {
  expect([0, 0.005, 0.1, 1].map(percentTick)).toEqual(['0 %', '0.5 %', '10 %', '100 %'])
  expect(shorten('short', 5)).toBe('short')
  expect(shorten('🎉🎉🎉🎉', 3)).toBe('🎉🎉…')
})
