import { SIGNATURE_VALUES, similarity } from './minhash.ts'

/** A pair is a candidate with probability 1 - (1 - s^8)^16: 0.1 at similarity 0.55, 0.5 at 0.68, 0.95 at 0.8. */
const BANDS = 16
const ROWS = SIGNATURE_VALUES / BANDS

/** Finds what is similar among the signatures that were added to it, by locality-sensitive hashing. */
export interface SimilarityIndex {
  /** One of the added documents whose signature has at least this share of equal values, or -1. */
  find(document: number, threshold: number): number
  add(document: number): void
}

/**
 * An index over `count` signatures that lie one after another in `signatures`. A bucket is a chain through typed
 * arrays: 64 bytes a document and as much for the heads. Two bands that fall into one bucket by chance are no
 * harm, since every candidate's signature is compared.
 */
export function createSimilarityIndex(signatures: Uint32Array, count: number): SimilarityIndex {
  const mask = 2 ** Math.max(8, Math.ceil(Math.log2(count + 1))) - 1
  const heads = Array.from({ length: BANDS }, () => new Int32Array(mask + 1).fill(-1))
  const nexts = Array.from({ length: BANDS }, () => new Int32Array(count))
  /** Which document a candidate was last compared with, so that bands in common cost one comparison. */
  const comparedWith = new Int32Array(count).fill(-1)

  function bucketOf(document: number, band: number): number {
    let hash = band
    const start = document * SIGNATURE_VALUES + band * ROWS
    for (let row = 0; row < ROWS; row++) {
      hash = Math.imul(hash ^ signatures[start + row]!, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash & mask
  }

  return {
    find(document, threshold) {
      for (let band = 0; band < BANDS; band++) {
        let candidate = heads[band]![bucketOf(document, band)]!
        for (; candidate >= 0; candidate = nexts[band]![candidate]!) {
          if (comparedWith[candidate] === document) continue
          comparedWith[candidate] = document
          if (similarity(signatures, document, candidate) >= threshold) return candidate
        }
      }
      return -1
    },
    add(document) {
      for (let band = 0; band < BANDS; band++) {
        const bucket = bucketOf(document, band)
        nexts[band]![document] = heads[band]![bucket]!
        heads[band]![bucket] = document
      }
    },
  }
}
