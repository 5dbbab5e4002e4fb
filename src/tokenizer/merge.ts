import { createHeap } from './heap.ts'

/** The merges of a vocabulary, by pair and by result. */
export interface Merges {
  /** Id of byte 0; byte b has id `firstByte + b`. */
  firstByte: number
  /** Merged id of a pair, by {@link pairKey}. Lower ids were learnt earlier and merge first. */
  byPair: Map<number, number>
  /** The pair that each merged id is made of. */
  left: Uint16Array
  right: Uint16Array
}

/** Ids are 16 bits wide, as in the shards, so that a pair of them is an exact number. */
export const maximumVocabularySize = 65_536

export function pairKey(left: number, right: number): number {
  return left * maximumVocabularySize + right
}

/** Positions in a word are kept in the low 32 bits of a heap entry, and the merged id above them. */
const positions = 2 ** 32

/**
 * Token ids of one word's UTF-8 bytes: of all neighbours that merge, the pair learnt first merges first, the
 * leftmost of equal pairs before the others. Time grows as n log n, so that a word of 100,000 letters is no
 * burden.
 */
export function mergeWord(bytes: Uint8Array, merges: Merges): number[] {
  const length = bytes.length
  if (length === 1) return [merges.firstByte + bytes[0]!]
  const ids = new Int32Array(length)
  const next = new Int32Array(length)
  const previous = new Int32Array(length)
  for (let i = 0; i < length; i++) {
    ids[i] = merges.firstByte + bytes[i]!
    next[i] = i + 1
    previous[i] = i - 1
  }
  const queue = createHeap<number>((a, b) => a < b)
  const offer = (position: number) => {
    const after = next[position]!
    if (after >= length) return
    const merged = merges.byPair.get(pairKey(ids[position]!, ids[after]!))
    if (merged !== undefined) queue.push(merged * positions + position)
  }
  for (let i = 0; i + 1 < length; i++) offer(i)

  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    const merged = Math.floor(entry / positions)
    const position = entry % positions
    const absorbed = next[position]!
    // The entry is stale where either side has merged with another neighbour since.
    if (absorbed >= length || ids[position] !== merges.left[merged] || ids[absorbed] !== merges.right[merged])
      continue
    ids[position] = merged
    ids[absorbed] = -1
    const after = next[absorbed]!
    next[position] = after
    if (after < length) previous[after] = position
    const before = previous[position]!
    if (before >= 0) offer(before)
    offer(position)
  }

  const result: number[] = []
  for (let i = 0; i < length; i = next[i]!) result.push(ids[i]!)
  return result
}
