import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateMean } from './bootstrap.ts'
import { type ScoredProblem, type ScoredSample, scoreRun } from './score.ts'

/** `+` passes, `-` fails; a number after it is the mean log-probability, negated. */
function problem(notation: string, extra: Partial<ScoredProblem> = {}): ScoredProblem {
  const samples = notation.split(' ').map((word, i): ScoredSample => {
    const logprob = word.slice(1)
    return {
      outcome: word[0] === '+' ? 'passed' : 'failed',
      completion: `${word}${i}`,
      meanLogprob: logprob === '' ? undefined : -Number(logprob),
    }
  })
  return { id: notation, samples, ...extra }
}

describe('the interval of a mean', () => {
  it('holds the mean, is the same for the same seed, and is a point where all problems agree', () => {
    // Neither never nor always: the next test.
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 40 }), fc.nat(), (values, seed) => {
        const { value, low, high } = estimateMean(values, seed)
        expect(low).toBeLessThanOrEqual(high)
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12)
        expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-12)
        expect(estimateMean(values, seed)).toEqual({ value, low, high })
        const same = values.map(() => values[0]!)
        const point = estimateMean(same, seed)
        expect(point.high - point.low).toBeCloseTo(0, 12)
      }),
      { numRuns: 25 },
    )
  })

  it('is not certain where nothing passes, or everything', () => {
    // Wilson's upper end at 0 of n is z² / (n + z²).
    const none = estimateMean(Array(164).fill(0), 1)
    expect(none).toMatchObject({ value: 0, low: 0 })
    expect(none.high).toBeCloseTo(0.0229, 4)
    const all = estimateMean(Array(164).fill(1), 1)
    expect(all).toMatchObject({ value: 1, high: 1 })
    expect(all.low).toBeCloseTo(1 - 0.0229, 4)
  })

  it('has the width of the normal approximation for many problems', () => {
    // 50 of 100: the standard error is √(0.25 / 100) = 0.05, and 1.96 of it on either side.
    const { value, low, high } = estimateMean(
      Array.from({ length: 100 }, (_, i) => i % 2),
      1,
    )
    expect(value).toBe(0.5)
    expect(low).toBeGreaterThan(0.38)
    expect(low).toBeLessThan(0.43)
    expect(high).toBeGreaterThan(0.57)
    expect(high).toBeLessThan(0.62)
  })

  it('of nothing is not a number', () => {
    expect(estimateMean([], 1).value).toBeNaN()
  })
})

describe('the score of a run', () => {
  it('averages pass@k over problems', () => {
    const { passAt, outcomes } = scoreRun([problem('+ + - -'), problem('- - - -')], 1)
    expect(passAt['1']?.value).toBeCloseTo(0.25, 12)
    expect(Object.keys(passAt)).toEqual(['1'])
    expect(outcomes).toEqual({ passed: 2, failed: 6 })
  })

  it('ranks by mean log-probability, beside chance', () => {
    const { ranked } = scoreRun([problem('+0.1 -0.2 -0.3 -0.4'), problem('+0.9 -0.2 +0.3 -0.4')], 1)
    expect(ranked?.byMeanLogprob.value).toBe(0.5)
    expect(ranked?.random.value).toBeCloseTo(0.375, 12)
    // Samples that are equally likely share the chance.
    expect(scoreRun([problem('+0.1 -0.1 +0.2 +0.2')], 1).ranked?.byMeanLogprob.value).toBe(0.5)
  })

  it('ranks the first samples, as far as all problems have log-probabilities', () => {
    const { ranked } = scoreRun([problem('-0.2 +0.1 + +'), problem('-0.1 +0.2 -0.3 -')], 1)
    expect(ranked).toMatchObject({ samples: 2, byMeanLogprob: { value: 0.5 }, random: { value: 0.5 } })
  })

  it('does not rank where a log-probability is missing, or where there is nothing to choose', () => {
    expect(scoreRun([problem('+0.1 -')], 1).ranked).toBeUndefined()
    expect(scoreRun([problem('+0.1')], 1).ranked).toBeUndefined()
  })

  it('counts exact matches, white space at the ends aside, and distinct samples', () => {
    const samples = ['a = 1', ' a = 1\n', 'a  = 1', 'a = 1'].map((completion): ScoredSample => {
      return { outcome: 'failed', completion }
    })
    const { exactMatch, distinct } = scoreRun([{ id: 'a', samples, reference: 'a = 1\n' }], 1)
    expect(exactMatch?.value).toBe(0.75)
    expect(distinct.value).toBe(0.75)
    expect(scoreRun([problem('+')], 1).exactMatch).toBeUndefined()
  })

  it('takes a match for a pass', () => {
    const samples: ScoredSample[] = [
      { outcome: 'matched', completion: 'a' },
      { outcome: 'different', completion: 'b' },
    ]
    expect(scoreRun([{ id: 'a', samples }], 1).passAt['1']?.value).toBe(0.5)
  })

  it('never passes more often at random than at its best, whatever the samples', () => {
    const sample = fc.record({
      outcome: fc.constantFrom('passed' as const, 'failed' as const, 'timed-out' as const),
      completion: fc.string({ maxLength: 2 }),
      meanLogprob: fc.double({ min: -5, max: 0, noNaN: true }),
    })
    const run = fc.integer({ min: 2, max: 12 }).chain((n) =>
      fc.array(fc.record({ id: fc.string(), samples: fc.array(sample, { minLength: n, maxLength: n }) }), {
        minLength: 1,
        maxLength: 5,
      }),
    )
    fc.assert(
      fc.property(run, (problems) => {
        const { passAt, ranked, distinct, outcomes } = scoreRun(problems, 1)
        const any = problems.filter(({ samples }) => samples.some(({ outcome }) => outcome === 'passed'))
        expect(ranked!.random.value).toBeCloseTo(passAt['1']!.value, 10)
        expect(ranked!.byMeanLogprob.value).toBeLessThanOrEqual(any.length / problems.length + 1e-12)
        expect(distinct.value).toBeGreaterThan(0)
        expect(Object.values(outcomes).reduce((a, b) => a + b)).toBe(
          problems.length * problems[0]!.samples.length,
        )
      }),
      { numRuns: 40 },
    )
  })

  it('needs the same number of samples everywhere', () => {
    expect(() => scoreRun([], 1)).toThrow(RangeError)
    expect(() => scoreRun([problem('+ -'), problem('+')], 1)).toThrow(RangeError)
  })
})
