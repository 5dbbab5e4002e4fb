import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateDiscounts, type KneserNey, trainKneserNey } from './kneser-ney.ts'

const [start, a, b, c] = [0, 1, 2, 3]

describe('discounts', () => {
  it('are those of the paper', () => {
    // Y = 10 / (10 + 2·4) = 5/9; D1 = 1 - 2Y·4/10, D2 = 2 - 3Y·2/4, D3+ = 3 - 4Y·1/2
    const [d1, d2, d3] = estimateDiscounts([10, 4, 2, 1])
    expect(d1).toBeCloseTo(5 / 9, 12)
    expect(d2).toBeCloseTo(7 / 6, 12)
    expect(d3).toBeCloseTo(17 / 9, 12)
  })

  it('are 0.5, 1 and 1.5 where a count of counts is missing', () => {
    expect(estimateDiscounts([3, 0, 0, 0])).toEqual([0.5, 1, 1.5])
    expect(estimateDiscounts([0, 5, 5, 5])).toEqual([0.5, 1, 1.5])
  })
})

describe('a bigram model of "a b" and "a c", by hand', () => {
  // Bigrams: start a ×2, a b, a c. Each of a, b and c follows one different token; discounts 0.5, 1, 1.5.
  const model = trainKneserNey(
    [
      [a, b],
      [a, c],
    ],
    { order: 2, vocabularySize: 4, startToken: start },
  )
  const p = (context: number[], token: number) => Math.exp(model.logprob(context, token))

  it('counts', () => {
    expect(model.ngrams).toEqual([4, 3])
    expect(model.discounts).toEqual([
      [0.5, 1, 1.5],
      [0.5, 1, 1.5],
    ])
  })

  it('gives unigrams by the tokens they follow, over a uniform share', () => {
    // (1 - 0.5) / 3 + (3 · 0.5 / 3) · 1/4
    expect(p([], a)).toBeCloseTo(7 / 24, 12)
    expect(p([], b)).toBeCloseTo(7 / 24, 12)
    expect(p([], start)).toBeCloseTo(1 / 8, 12)
  })

  it('gives bigrams by their counts, over the unigrams', () => {
    // (1 - 0.5) / 2 + (2 · 0.5 / 2) · 7/24 and (2 - 1) / 2 + (1 / 2) · 7/24
    expect(p([a], b)).toBeCloseTo(19 / 48, 12)
    expect(p([start], a)).toBeCloseTo(31 / 48, 12)
  })

  it('falls back to unigrams behind a token that nothing followed', () => {
    expect(p([b], a)).toBeCloseTo(7 / 24, 12)
  })

  it('scores a row by its tokens but the first', () => {
    expect(model.scoreRow([start, a, b])).toBeCloseTo(Math.log((31 / 48) * (19 / 48)), 12)
  })

  it('sees only the last order - 1 tokens', () => {
    expect(model.logprob([c, c, a], b)).toBe(model.logprob([a], b))
  })
})

it('asks how many tokens a token follows, not how often it occurs', () => {
  // c occurs more often than a, but only behind b; a follows c, b and itself.
  const text = [b, c, b, c, b, c, b, c, a, b, b, a, a]
  const model = trainKneserNey([text], { order: 2, vocabularySize: 4, startToken: start })
  expect(model.logprob([], a)).toBeGreaterThan(model.logprob([], c))
})

it('never counts from one document into the next', () => {
  const apart = trainKneserNey(
    [
      [a, b],
      [c, a],
    ],
    { order: 3, vocabularySize: 4, startToken: start },
  )
  const joined = trainKneserNey([[a, b, c, a]], { order: 3, vocabularySize: 4, startToken: start })
  expect(apart.ngrams).toEqual([4, 4, 2])
  expect(joined.ngrams).toEqual([4, 4, 3])
})

const vocabularySize = 6
const token = fc.integer({ min: 1, max: vocabularySize - 1 })
const corpus = fc.array(fc.array(token, { maxLength: 60 }), { minLength: 1, maxLength: 8 })
const order = fc.integer({ min: 1, max: 5 })

describe('for any corpus', () => {
  it('probabilities sum to one behind any context', () => {
    fc.assert(
      fc.property(
        corpus,
        order,
        fc.array(token, { maxLength: 6 }),
        fc.boolean(),
        (corpus, order, tail, first) => {
          const model = trainKneserNey(corpus, { order, vocabularySize, startToken: start })
          const context = first ? [start, ...tail] : tail
          const sum = distribution(model, context).reduce((sum, p) => sum + p, 0)
          expect(sum).toBeCloseTo(1, 10)
        },
      ),
    )
  })

  it('equals the definition, computed plainly', () => {
    fc.assert(
      fc.property(
        corpus,
        order,
        fc.array(token, { maxLength: 6 }),
        fc.boolean(),
        (corpus, order, tail, first) => {
          const model = trainKneserNey(corpus, { order, vocabularySize, startToken: start })
          const context = first ? [start, ...tail] : tail
          const plain = plainKneserNey(corpus, order)
          for (const [w, p] of distribution(model, context).entries())
            expect(p).toBeCloseTo(plain(context.slice(Math.max(0, context.length - order + 1)), w), 10)
        },
      ),
    )
  })
})

function distribution(model: KneserNey, context: number[]): number[] {
  return Array.from({ length: vocabularySize }, (_, w) => Math.exp(model.logprob(context, w)))
}

/** The model by its formulas: maps of n-grams, recursion, no arrays that are sorted or shared. */
function plainKneserNey(corpus: number[][], order: number) {
  const occurrences = Array.from({ length: order + 1 }, () => new Map<string, number>())
  for (const document of corpus) {
    const ids = [start, ...document]
    for (let size = 1; size <= order; size++)
      for (let i = 0; i + size <= ids.length; i++) {
        const key = ids.slice(i, i + size).join()
        occurrences[size]!.set(key, (occurrences[size]!.get(key) ?? 0) + 1)
      }
  }
  const countOf = (ngram: number[]): number => {
    const size = ngram.length
    if (size === 1 && ngram[0] === start) return 0
    if (size === order || ngram[0] === start) return occurrences[size]!.get(ngram.join()) ?? 0
    return all.filter((before) => occurrences[size + 1]!.has([before, ...ngram].join())).length
  }
  const all = Array.from({ length: vocabularySize }, (_, w) => w)
  const discounts = Array.from({ length: order + 1 }, (_, size) => {
    const counts = [...occurrences[size]!.keys()].map((key) => countOf(key.split(',').map(Number)))
    const having = (count: number) => counts.filter((found) => found === count).length
    return estimateDiscounts([having(1), having(2), having(3), having(4)])
  })
  const discount = (size: number, count: number) =>
    count === 0 ? 0 : discounts[size]![Math.min(count, 3) - 1]!
  return function p(context: number[], w: number): number {
    const lower = context.length === 0 ? 1 / vocabularySize : p(context.slice(1), w)
    const size = context.length + 1
    const counts = all.map((next) => countOf([...context, next]))
    const total = counts.reduce((sum, count) => sum + count, 0)
    if (total === 0) return lower
    const taken = counts.reduce((sum, count) => sum + discount(size, count), 0)
    return (counts[w]! - discount(size, counts[w]!) + taken * lower) / total
  }
}
