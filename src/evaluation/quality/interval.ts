import type { Estimate } from '../report/result.ts'

/** Parts of a ratio that belong together: the bits and bytes of a document, the hits and cursors of a file. */
export interface Cluster {
  above: number
  below: number
}

const resamples = 1000

/**
 * Σ above / Σ below with its 95 % interval: percentile bootstrap over the clusters, since what comes from one file
 * is not independent. The same clusters and seed give the same interval; of one cluster it says nothing and is the
 * value itself. No clusters, or nothing below the line, give NaN.
 */
export function ratioEstimate(clusters: readonly Cluster[], seed: number): Estimate {
  const value = ratioOf(clusters)
  const random = mulberry32(seed)
  const ratios = Array.from({ length: clusters.length === 0 ? 0 : resamples }, () =>
    ratioOf(clusters.map(() => clusters[Math.floor(random() * clusters.length)] as Cluster)),
  ).sort((a, b) => a - b)
  const at = (share: number) => ratios[Math.round(share * (ratios.length - 1))] ?? Number.NaN
  return { value, low: at(0.025), high: at(0.975) }
}

/**
 * A share of independent trials with its 95 % Wilson score interval, which stays honest at 0 of n, where a
 * bootstrap claims certainty (Wilson 1927, "Probable inference", JASA 22).
 */
export function shareEstimate(hits: number, trials: number): Estimate {
  if (trials === 0) return { value: Number.NaN, low: 0, high: 1 }
  const z2 = 1.959964 ** 2
  const value = hits / trials
  const centre = (value + z2 / (2 * trials)) / (1 + z2 / trials)
  const half =
    (Math.sqrt(z2) * Math.sqrt((value * (1 - value)) / trials + z2 / (4 * trials ** 2))) / (1 + z2 / trials)
  return {
    value,
    low: hits === 0 ? 0 : centre - half,
    high: hits === trials ? 1 : centre + half,
  }
}

function ratioOf(clusters: readonly Cluster[]): number {
  let above = 0
  let below = 0
  for (const cluster of clusters) {
    above += cluster.above
    below += cluster.below
  }
  return above / below
}

/** Numbers in [0, 1) from a seed (mulberry32): plain, and the same everywhere. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
