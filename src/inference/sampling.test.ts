import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { greedy, type Sampling } from './engine.ts'
import { createRandom } from './random.ts'
import { type Candidates, createSampler } from './sampling.ts'

/** Candidates with these logits, likeliest first; `length` cuts the list. */
function candidatesOf(logits: number[], length = logits.length): { candidates: Candidates; offset: number } {
  const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!)
  const offset = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0))
  return {
    candidates: {
      ids: Int32Array.from(order.slice(0, length)),
      logprobs: Float64Array.from(order.slice(0, length), (id) => logits[id]! - offset),
      vocabularySize: logits.length,
    },
    offset,
  }
}

/** The likeliest `length`, normalized over themselves. */
function relativeOf(logits: number[], length: number): Candidates {
  const { candidates } = candidatesOf(logits, length)
  const sum = candidates.logprobs.reduce((total, logprob) => total + Math.exp(logprob), 0)
  const logprobs = candidates.logprobs.map((logprob) => logprob - Math.log(sum))
  return { ...candidates, logprobs, relative: length < logits.length }
}

/** How often each token is chosen in `draws` draws. */
function shares(
  logits: number[],
  sampling: Partial<Sampling>,
  prompt: number[] = [],
  draws = 20_000,
): number[] {
  const { candidates, offset } = candidatesOf(logits)
  const counts = logits.map(() => 0)
  for (let seed = 0; seed < draws; seed++) {
    const sampler = createSampler({ ...greedy, temperature: 1, seed, ...sampling }, prompt)
    counts[sampler.choose(candidates, offset)!.id]!++
  }
  return counts.map((count) => count / draws)
}

function softmax(logits: number[]): number[] {
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0)
  return logits.map((logit) => Math.exp(logit) / sum)
}

function expectShares(found: number[], expected: number[]): void {
  for (const [i, share] of expected.entries()) expect(found[i]).toBeCloseTo(share, 1.7)
}

const logits = [1, 0.5, 2, -1, 0]

describe('draws follow the definition', () => {
  test('temperature divides the logits', () => {
    expectShares(shares(logits, {}), softmax(logits))
    expectShares(shares(logits, { temperature: 0.5 }), softmax(logits.map((logit) => logit * 2)))
    expectShares(shares(logits, { temperature: 2 }), softmax(logits.map((logit) => logit / 2)))
  })

  test('top-k, top-p and min-p keep the likeliest', () => {
    const kept = (...ids: number[]) =>
      softmax(logits.map((logit, id) => (ids.includes(id) ? logit : -Infinity)))
    expectShares(shares(logits, { topK: 2 }), kept(2, 0))
    // Probabilities 0.53, 0.19, 0.12: two reach 0.7.
    expectShares(shares(logits, { topP: 0.7 }), kept(2, 0))
    expectShares(shares(logits, { topP: 0 }), kept(2))
    expectShares(shares(logits, { minP: Math.exp(-1.6) }), kept(2, 0, 1))
    // Of the three that top-k leaves over, two have 0.8 of the mass.
    expectShares(shares(logits, { topK: 3, topP: 0.8 }), kept(2, 0))
  })

  test('the repetition penalty divides positive logits and multiplies negative ones, of prompt and completion', () => {
    expectShares(shares(logits, { repetitionPenalty: 2 }, [2, 3, 3]), softmax([1, 0.5, 1, -2, 0]))
  })

  test('frequency and presence penalties count the completion, not the prompt', () => {
    const { candidates, offset } = candidatesOf([3, 2, 1])
    const sampler = createSampler({ ...greedy, frequencyPenalty: 0.4, presencePenalty: 0.3 }, [1, 1, 1])
    const ids = Array.from({ length: 6 }, () => sampler.choose(candidates, offset)!.id)
    // 0 falls by 0.7, then by 0.4 each time: 3, 2.3, 1.9 < 2; then 1 falls to 1.3.
    expect(ids).toEqual([0, 0, 1, 0, 0, 1])
  })

  test('bias is added to a logit', () => {
    expectShares(shares(logits, { logitBias: { 3: 4, 2: -100 } }), softmax([1, 0.5, -98, 3, 0]))
  })

  test('the log-probability is that of the model', () => {
    const { candidates, offset } = candidatesOf(logits)
    const sampler = createSampler({ ...greedy, temperature: 0.3, logitBias: { 4: 50 } }, [])
    const choice = sampler.choose(candidates, offset)!
    expect(choice.id).toBe(4)
    expect(choice.logprob).toBeCloseTo(Math.log(softmax(logits)[4]!), 12)
  })
})

describe('a short list', () => {
  const sampling = fc.record({
    temperature: fc.constantFrom(0, 0.2, 0.8, 1, 1.5),
    topK: fc.constantFrom(0, 0, 1, 3, 12),
    topP: fc.constantFrom(1, 1, 0.5, 0.95),
    minP: fc.constantFrom(0, 0, 0.1),
    repetitionPenalty: fc.constantFrom(1, 1, 1.3, 0.7),
    frequencyPenalty: fc.constantFrom(0, 0, 0.5, -0.5),
    presencePenalty: fc.constantFrom(0, 0, 0.5),
    logitBias: fc.constantFrom({}, {}, { 3: -5 }, { 3: 5 }),
    seed: fc.nat(),
  })

  test('gives the token that the whole list gives, or none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 10, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        sampling,
        (logits, length, settings) => {
          const whole = candidatesOf(logits)
          const short = candidatesOf(logits, length)
          const [careful, plain] = [createSampler(settings, [1, 2]), createSampler(settings, [1, 2])]
          for (let step = 0; step < 5; step++) {
            const first = careful.choose(short.candidates, short.offset)
            const expected = plain.choose(whole.candidates, whole.offset)
            expect(first ?? careful.choose(whole.candidates, whole.offset)).toEqual(expected)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('of relative probabilities gives the same token without its log-probability, or none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -12, max: 12, noNaN: true }), { minLength: 10, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        sampling,
        (logits, length, settings) => {
          const whole = candidatesOf(logits)
          const [careful, plain] = [createSampler(settings, [1, 2]), createSampler(settings, [1, 2])]
          for (let step = 0; step < 5; step++) {
            const first = careful.choose(relativeOf(logits, length), 0)
            const expected = plain.choose(whole.candidates, whole.offset)!
            if (first) expect(first).toEqual({ id: expected.id, logprob: Number.NaN })
            else expect(careful.choose(whole.candidates, whole.offset)).toEqual(expected)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('of relative probabilities mostly suffices where the distribution is peaked', () => {
    const candidates = relativeOf(
      Array.from({ length: 1000 }, (_, id) => -3 * Math.sqrt(id)),
      64,
    )
    for (const temperature of [0.2, 0.8])
      for (const topP of [0.95, 1]) {
        const settled = Array.from({ length: 500 }, (_, seed) =>
          createSampler({ ...greedy, temperature, topP, seed }, []).choose(candidates, 0),
        )
        expect(settled.filter((choice) => choice !== undefined).length).toBeGreaterThan(480)
      }
  })

  test('mostly suffices where the distribution is peaked', () => {
    const { candidates, offset } = candidatesOf(
      Array.from({ length: 1000 }, (_, id) => -3 * Math.sqrt(id)),
      64,
    )
    for (const temperature of [0.2, 0.8, 1, 1.2]) {
      const settled = Array.from({ length: 500 }, (_, seed) =>
        createSampler({ ...greedy, temperature, seed }, []).choose(candidates, offset),
      )
      expect(settled.filter((choice) => choice !== undefined).length).toBeGreaterThan(480)
    }
  })
})

describe('random numbers', () => {
  test('are the same for a seed, others for its neighbours and for its high half', () => {
    const first = (seed: number) => Array.from({ length: 4 }, createRandom(seed))
    expect(first(5)).toEqual(first(5))
    expect(new Set([0, 1, 2, 2 ** 32, 2 ** 52, -1].map((seed) => first(seed)[0])).size).toBe(6)
  })

  test('are spread evenly', () => {
    const random = createRandom(1)
    const numbers = Array.from({ length: 50_000 }, random)
    expect(numbers.reduce((sum, value) => sum + value, 0) / numbers.length).toBeCloseTo(0.5, 2)
    expect(numbers.every((value) => value >= 0 && value < 1)).toBe(true)
    // First numbers of neighbouring seeds, as they are used for the choices of one request.
    const firsts = Array.from({ length: 50_000 }, (_, seed) => createRandom(seed)())
    expect(firsts.filter((value) => value < 0.1).length / firsts.length).toBeCloseTo(0.1, 2)
  })
})
