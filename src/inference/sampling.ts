import type { Sampling } from './engine.ts'
import { createRandom } from './random.ts'

/**
 * The likeliest next tokens, likeliest first: ids, and natural logarithms of their probabilities under the model,
 * before any penalty, cut or temperature.
 */
export interface Candidates {
  ids: Int32Array
  logprobs: Float64Array
  /** Tokens in the vocabulary. With as many candidates as that, the list is complete. */
  vocabularySize: number
  /** The probabilities are relative: they sum to 1 over the list, and what is missing from it is not known. */
  relative?: boolean
}

export interface Choice {
  id: number
  /** The token's log-probability under the model; NaN where the candidates' probabilities are relative. */
  logprob: number
}

/** A sampler for one completion. It keeps count of the tokens that were sampled. */
export interface Sampler {
  /** Whether `choose` needs {@link Sampler.offset}: logarithm of the sum of exponentials of the logits. */
  readonly needsLogits: boolean
  /**
   * Chooses the next token, or answers undefined where more candidates are needed to be exact. With a complete
   * list it always chooses. `offset` turns log-probabilities into logits.
   */
  choose(candidates: Candidates, offset: number): Choice | undefined
}

/** What the sampler left over of a candidate: its index, and its logit after penalties and bias. */
interface Adjusted {
  index: Int32Array
  logit: Float64Array
}

/**
 * Creates the sampler of one completion. The order is llama.cpp's: penalties and bias on the logits, then top-k,
 * top-p and min-p on the probabilities that result, then temperature over what is left. The repetition penalty
 * counts prompt and completion (CTRL, arXiv 1909.05858), frequency and presence penalty the completion alone, as
 * OpenAI does.
 */
export function createSampler(sampling: Sampling, promptTokens: readonly number[]): Sampler {
  const { temperature, repetitionPenalty, frequencyPenalty, presencePenalty } = sampling
  const random = createRandom(sampling.seed)
  const bias = new Map(Object.entries(sampling.logitBias).map(([id, value]) => [Number(id), value]))
  const counts = new Map<number, number>()
  const seen = new Set(repetitionPenalty === 1 ? [] : promptTokens)
  const adjusts = bias.size > 0 || repetitionPenalty !== 1 || frequencyPenalty !== 0 || presencePenalty !== 0
  const onlyLowers =
    repetitionPenalty >= 1 &&
    frequencyPenalty >= 0 &&
    presencePenalty >= 0 &&
    [...bias.values()].every((value) => value <= 0)
  /** The draw of the current token, kept when more candidates are asked for. */
  let draw: number | undefined

  function adjust({ ids, logprobs }: Candidates, offset: number): Adjusted {
    const logit = logprobs.map((logprob, i) => {
      const id = ids[i]!
      let value = logprob + offset
      if (seen.has(id)) value = value > 0 ? value / repetitionPenalty : value * repetitionPenalty
      const count = counts.get(id) ?? 0
      if (count > 0) value -= count * frequencyPenalty + presencePenalty
      return value + (bias.get(id) ?? 0)
    })
    const index = Int32Array.from(logit.keys())
    // Equal logits keep the model's order.
    index.sort((a, b) => logit[b]! - logit[a]! || a - b)
    return { index, logit: Float64Array.from(index, (i) => logit[i]!) }
  }

  function pick(candidates: Candidates, offset: number): number | undefined {
    const { ids, logprobs, vocabularySize, relative = false } = candidates
    const complete = ids.length === vocabularySize
    if (!adjusts) {
      if (temperature === 0) return 0
      draw ??= random()
      return drawFrom(logprobs, complete ? undefined : missingFrom(candidates), sampling, draw)
    }
    if (relative) return undefined
    if (temperature === 0) {
      const best = adjust(candidates, offset)
      // Tokens that are not listed were less likely than the last that is, and were not raised.
      const ceiling = logprobs.at(-1)! + offset
      return complete || (onlyLowers && best.logit[0]! >= ceiling) ? best.index[0] : undefined
    }
    if (!complete) return undefined
    draw ??= random()
    const { index, logit } = adjust(candidates, offset)
    return index[drawFrom(normalize(logit), undefined, sampling, draw)!]
  }

  return {
    needsLogits: repetitionPenalty !== 1,
    choose(candidates, offset) {
      const index = pick(candidates, offset)
      if (index === undefined) return undefined
      draw = undefined
      const id = candidates.ids[index]!
      counts.set(id, (counts.get(id) ?? 0) + 1)
      if (repetitionPenalty !== 1) seen.add(id)
      return { id, logprob: candidates.relative ? Number.NaN : candidates.logprobs[index]! }
    },
  }
}

/** The tokens that a list leaves out: how many, and bounds on their mass in the list's own units. */
interface Missing {
  count: number
  least: number
  most: number
}

/** Each missing token is at most as likely as the last that is listed. */
function missingFrom({ logprobs, vocabularySize, relative }: Candidates): Missing {
  // The probabilities come in single precision.
  const rounding = 1e-6
  const count = vocabularySize - logprobs.length
  if (relative) return { count, least: 0, most: count * Math.exp(logprobs.at(-1)!) + rounding }
  const mass = 1 - logprobs.reduce((total, logprob) => total + Math.exp(logprob), 0)
  return { count, least: mass - rounding, most: Math.max(mass, 0) + rounding }
}

/**
 * Draws an index from a sorted distribution by inversion of its cumulative sum, after cuts and temperature.
 *
 * Of an incomplete list the missing mass is bounded, and so is each missing token's. That bounds the sum over all
 * tokens that the cuts keep from both sides; where both bounds lead to the same token it is the one, else the
 * answer is undefined.
 */
function drawFrom(
  logprobs: Float64Array,
  missing: Missing | undefined,
  sampling: Sampling,
  draw: number,
): number | undefined {
  const listed = missing === undefined
  const few = cut(logprobs, listed, sampling, missing?.least ?? 0)
  const many = cut(logprobs, listed, sampling, missing?.most ?? 0)
  const power = 1 / sampling.temperature
  const top = logprobs[0]!
  const cumulative = new Float64Array(many.kept)
  let sum = 0
  for (let i = 0; i < many.kept; i++) {
    sum += Math.exp((logprobs[i]! - top) * power)
    cumulative[i] = sum
  }
  const { least, most } = listed ? { least: 0, most: 0 } : missingWeight(logprobs, missing, sampling)
  const low = (cumulative[few.kept - 1] ?? 0) + (few.complete ? 0 : least)
  const high = sum + (many.complete ? 0 : most)
  const index = firstAbove(cumulative, draw * low)
  return index !== undefined && index === firstAbove(cumulative, draw * high) ? index : undefined
}

/**
 * How many of the likeliest tokens the cuts keep if those that are not listed have the mass `missing`, and whether
 * no token outside the list would be kept.
 */
function cut(
  logprobs: Float64Array,
  listed: boolean,
  { topK, topP, minP }: Sampling,
  missing: number,
): { kept: number; complete: boolean } {
  const limit = topK > 0 ? Math.min(topK, logprobs.length) : logprobs.length
  // Top-p is a share of what top-k left over.
  let total = 0
  if (topP < 1) {
    if (topK > 0 && !listed && topK > logprobs.length) return { kept: 0, complete: false }
    for (let i = 0; i < limit; i++) total += Math.exp(logprobs[i]!)
    if (topK === 0) total += Math.max(0, missing)
  }
  const floor = minP > 0 ? logprobs[0]! + Math.log(minP) : Number.NEGATIVE_INFINITY
  const enough = topP < 1 ? topP * total : Number.POSITIVE_INFINITY
  let mass = 0
  let kept = 0
  while (kept < limit && (kept === 0 || logprobs[kept]! >= floor)) {
    mass += Math.exp(logprobs[kept++]!)
    if (mass >= enough) return { kept, complete: true }
  }
  return { kept, complete: listed || kept < limit || (topK > 0 && topK <= logprobs.length) }
}

/**
 * Bounds on the weight of the tokens that are not listed, in units of the likeliest one's. With weights p^a and
 * a missing mass m of n tokens, each at most q: m·q^(a-1) bounds the sum from above for a ≥ 1 and from below for
 * a ≤ 1, where n^(1-a)·m^a is above it.
 */
function missingWeight(
  logprobs: Float64Array,
  missing: Missing,
  { temperature, topK, topP, minP }: Sampling,
): { least: number; most: number } {
  const power = 1 / temperature
  const last = logprobs.at(-1)!
  const unit = power * logprobs[0]!
  const ifLast = (m: number) => (m > 0 ? Math.exp(Math.log(m) + (power - 1) * last - unit) : 0)
  const ifEqual = (m: number) => Math.exp((1 - power) * Math.log(missing.count) + power * Math.log(m) - unit)
  const allKept = topK === 0 && topP >= 1 && minP === 0
  return {
    least: allKept && power <= 1 ? ifLast(missing.least) : 0,
    most: power >= 1 ? ifLast(missing.most) : ifEqual(missing.most),
  }
}

/** Index of the first cumulative weight above `target`; the last index where rounding leaves none and all is listed. */
function firstAbove(cumulative: Float64Array, target: number): number | undefined {
  let low = 0
  let high = cumulative.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (cumulative[middle]! > target) high = middle
    else low = middle + 1
  }
  return low < cumulative.length ? low : undefined
}

/** Logits as log-probabilities. */
function normalize(logits: Float64Array): Float64Array {
  const top = logits[0]!
  const log = top + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0))
  return logits.map((logit) => logit - log)
}
