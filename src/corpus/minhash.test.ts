import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SIGNATURE_VALUES, similarity, writeSignature } from './minhash.ts'

function estimate(a: string, b: string): number {
  const signatures = new Uint32Array(2 * SIGNATURE_VALUES)
  writeSignature(a, signatures, 0)
  writeSignature(b, signatures, SIGNATURE_VALUES)
  return similarity(signatures, 0, 1)
}

/** Jaccard similarity of the sets of five tokens in a row. */
function exact(a: string[], b: string[]): number {
  const grams = (tokens: string[]) => new Set(tokens.slice(4).map((_, i) => tokens.slice(i, i + 5).join(' ')))
  const first = grams(a)
  const second = grams(b)
  const common = [...first].filter((gram) => second.has(gram)).length
  return common / (first.size + second.size - common)
}

describe('MinHash', () => {
  const words = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `word${from + i}`)

  test.each([
    [40, 0.9],
    [100, 0.5],
    [2000, 0.7],
    [2000, 0.2],
  ])('of %i words with about %f in common the estimate is near', (count, share) => {
    const common = Math.round((count * 2 * share) / (1 + share))
    const errors = Array.from({ length: 20 }, (_, round) => {
      const a = words(count, round * 10_000)
      const b = [...a.slice(0, common), ...words(count - common, 1_000_000 + round * 10_000)]
      return estimate(a.join(' '), b.join(' ')) - exact(a, b)
    })
    const mean = errors.reduce((total, error) => total + error, 0) / errors.length
    expect(Math.abs(mean)).toBeLessThan(0.04)
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.2)
  })

  test('layout plays no part, names and marks do', () => {
    expect(estimate('a = f( b,\n\tc )', 'a=f(b, c)')).toBe(1)
    expect(estimate('a = f(b, c)', 'a = g(b, c)')).toBeLessThan(1)
    expect(estimate('x', 'y')).toBe(0)
  })

  test('any text is like itself, and comparing is symmetric', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(estimate(a, a)).toBe(1)
        expect(estimate(a, b)).toBe(estimate(b, a))
      }),
    )
  })
})
