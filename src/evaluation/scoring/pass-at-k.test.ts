import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passAtK, reportedK } from './pass-at-k.ts'

/** n, then c and k within it. */
const counts = fc
  .integer({ min: 1, max: 300 })
  .chain((n) => fc.tuple(fc.constant(n), fc.nat(n), fc.integer({ min: 1, max: n })))

describe('pass@k', () => {
  it('is what the formula gives by hand', () => {
    expect(passAtK(1, 1, 1)).toBe(1)
    expect(passAtK(1, 0, 1)).toBe(0)
    // 1 - C(3,2)/C(5,2) = 1 - 3/10
    expect(passAtK(5, 2, 2)).toBeCloseTo(0.7, 12)
    // 1 - C(7,5)/C(10,5) = 1 - 21/252
    expect(passAtK(10, 3, 5)).toBeCloseTo(11 / 12, 12)
    // 1 - C(199,100)/C(200,100) = 1 - 100/200
    expect(passAtK(200, 1, 100)).toBeCloseTo(0.5, 12)
    // Too few failures for k of them.
    expect(passAtK(10, 6, 5)).toBe(1)
  })

  it('agrees with counting every choice of k', () => {
    for (let n = 1; n <= 8; n++)
      for (let c = 0; c <= n; c++)
        for (let k = 1; k <= n; k++) {
          let all = 0
          let good = 0
          for (let choice = 0; choice < 1 << n; choice++) {
            const bits = [...Array(n).keys()].filter((bit) => choice & (1 << bit))
            if (bits.length !== k) continue
            all++
            if (bits.some((bit) => bit < c)) good++
          }
          expect(passAtK(n, c, k)).toBeCloseTo(good / all, 12)
        }
  })

  it('is a share that grows with c and with k, c/n for k = 1, and 1 at last', () => {
    fc.assert(
      fc.property(counts, ([n, c, k]) => {
        const value = passAtK(n, c, k)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
        if (c < n) expect(passAtK(n, c + 1, k)).toBeGreaterThanOrEqual(value - 1e-12)
        if (k < n) expect(passAtK(n, c, k + 1)).toBeGreaterThanOrEqual(value - 1e-12)
        expect(passAtK(n, c, 1)).toBeCloseTo(c / n, 10)
        expect(passAtK(n, c, n)).toBe(c > 0 ? 1 : 0)
      }),
    )
  })

  it('says nothing of what has no meaning', () => {
    for (const [n, c, k] of [
      [5, 6, 1],
      [5, -1, 1],
      [5, 1, 0],
      [5, 1, 6],
      [5, 1.5, 1],
    ] as const)
      expect(() => passAtK(n, c, k)).toThrow(RangeError)
  })

  it('is reported for the k of the paper', () => {
    expect([1, 9, 10, 99, 200].map(reportedK)).toEqual([[1], [1], [1, 10], [1, 10], [1, 10, 100]])
  })
})
