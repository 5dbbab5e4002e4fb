import type { LlamaBinding, NativeSampler } from './llama-binding.ts'
import type { Candidates } from './sampling.ts'

/**
 * Reads the distribution of the next token out of the runtime's logits. The runtime sorts and normalizes well,
 * but hands numbers to JavaScript one by one, so the whole vocabulary is read only where a short list is not
 * enough. The log-probabilities are those of the model, before any penalty, cut or temperature.
 */
export interface Distribution {
  /** The `count` likeliest tokens, or the whole vocabulary. One is the fastest to get. */
  list(count: number): Promise<Candidates>
  /** The `count` likeliest tokens with relative probabilities: to find the true ones takes most of the time. */
  relative(count: number): Promise<Candidates>
  /** Logarithm of the sum of exponentials of the logits: what has to be added to a log-probability to get a logit. */
  offset(): Promise<number>
}

/** Probabilities below the least number of single precision are taken for this. */
const leastLogprob = -104

/**
 * @returns a function from a handle of `addToBatch` to the distribution at that position, which can be read until
 * the next batch begins.
 */
export function createDistributionReader(
  binding: LlamaBinding,
  vocabularySize: number,
): (logits: number) => Distribution {
  const { context } = binding
  // XTC at these values removes nothing: at most one token has more than half of the mass, and the last such is
  // kept. But it sorts by buckets: 0.36 ms for 8192 tokens, where the runtime's plain sort takes 0.52.
  const greedy = binding.createSampler({ temperature: 0, seed: 0, xtcProbability: 1, xtcThreshold: 0.5 })
  const plain = binding.createSampler({ temperature: 0, seed: 0 })
  const probing = binding.createSampler({ temperature: 1, seed: 0 })
  const listing = new Map<number, NativeSampler>()

  function listSampler(count: number): NativeSampler {
    let sampler = listing.get(count)
    if (!sampler) {
      sampler = binding.createSampler({ temperature: 1, seed: 0, topK: count })
      listing.set(count, sampler)
    }
    return sampler
  }

  return (logits) => {
    let best: Promise<Candidates> | undefined

    function likeliest(): Promise<Candidates> {
      best ??= context.sampleToken(logits, greedy, false, true).then(([id, , probability]) => ({
        ids: Int32Array.of(id),
        logprobs: Float64Array.of(logOf(probability!)),
        vocabularySize,
      }))
      return best
    }

    /** The list is normalized over itself; `shift` is added to each logarithm. */
    async function read(count: number, shift: (first: number) => number): Promise<Candidates> {
      const [, flat] = await context.sampleToken(logits, listSampler(count), true, false)
      const ids = new Int32Array(flat!.length / 2)
      const logprobs = new Float64Array(ids.length)
      const added = shift(logOf(flat![1]!))
      for (let i = 0; i < ids.length; i++) {
        ids[i] = flat![2 * i]!
        logprobs[i] = logOf(flat![2 * i + 1]!) + added
      }
      return { ids, logprobs, vocabularySize }
    }

    async function list(count: number): Promise<Candidates> {
      if (count === 1) return likeliest()
      if (count >= vocabularySize) return read(0, () => 0)
      // The first entry's true probability sets the scale.
      const top = (await likeliest()).logprobs[0]!
      return read(count, (first) => top - first)
    }

    async function relative(count: number): Promise<Candidates> {
      if (count > 1) return { ...(await read(count, () => 0)), relative: count < vocabularySize }
      const [id] = await context.sampleToken(logits, plain, false, false)
      return { ids: Int32Array.of(id), logprobs: Float64Array.of(0), vocabularySize, relative: true }
    }

    return { list, relative, offset: () => readOffset(logits) }
  }

  /**
   * The runtime gives no logits, but halves the positive ones of given tokens as repetition penalty 2: with the
   * likeliest token's logit raised by a known amount first, so that it is positive, what it falls by tells it.
   */
  async function readOffset(logits: number): Promise<number> {
    const [, before] = await context.sampleToken(logits, listSampler(2), true, false)
    const [first, firstProbability, , secondProbability] = before as [number, number, number, number]
    const raise = 64
    probing.applyConfig({
      temperature: 1,
      seed: 0,
      topK: 2,
      tokenBiasKeys: Uint32Array.of(first),
      tokenBiasValues: Float32Array.of(raise),
      repeatPenalty: 2,
      repeatPenaltyMaxTokens: 1,
      repeatPenaltyTokens: Uint32Array.of(first),
    })
    const [, after] = await context.sampleToken(logits, probing, true, false)
    const lead = logOf(firstProbability) - logOf(secondProbability)
    const isFirst = after![0] === first
    const newLead = (logOf(after![1]!) - logOf(after![3]!)) * (isFirst ? 1 : -1)
    const logit = raise - 2 * (newLead - lead)
    const [, , probability] = await context.sampleToken(logits, greedy, false, true)
    return logit - logOf(probability!)
  }
}

function logOf(probability: number): number {
  return probability > 0 ? Math.log(probability) : leastLogprob
}
