import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidateSeed } from './candidate-seed.ts'

describe('candidateSeed', () => {
  it('is an unsigned 32-bit number for every seed, and candidate 0 keeps a seed that is one', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(127), (seed, candidate) => {
        const derived = candidateSeed(seed, candidate)
        expect(derived).toBe(derived >>> 0)
        expect(candidateSeed(seed >>> 0, 0)).toBe(seed >>> 0)
      }),
    )
  })

  it('gives a request’s candidates different seeds', () => {
    for (const seed of [0, 1, 2 ** 32 - 1, -5])
      expect(new Set(Array.from({ length: 128 }, (_, i) => candidateSeed(seed, i))).size).toBe(128)
  })

  it('is what a request of its own with the next seeds would have', () => {
    for (const candidate of [0, 1, 7, 127])
      expect(candidateSeed(5, candidate)).toBe(candidateSeed(5 + candidate, 0))
  })
})
