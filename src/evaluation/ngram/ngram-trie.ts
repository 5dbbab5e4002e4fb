import { sortNgrams } from './sorted-ngrams.ts'
import type { TokenSequence } from './token-sequence.ts'

/**
 * One level of the trie: all distinct n-grams of one length, sorted, so that those that extend the same context
 * stand side by side.
 */
export interface TrieLevel {
  /** Number of distinct n-grams. */
  size: number
  /** Last token of each. */
  tokens: Uint16Array
  /** Kneser–Ney count of each (see {@link buildTrie}). */
  counts: Int32Array
  /** Index in the next level of each n-gram's first extension, and one more entry for the end. Empty in the last level. */
  children: Int32Array
}

/**
 * Builds the levels 1 to `order`. A count is how often the n-gram occurs where it is of the highest order or
 * begins with the start token, before which there is nothing; any other counts the different tokens that precede
 * it, as Kneser and Ney have it. The start token itself counts 0, since it is never predicted.
 */
export function buildTrie(sequence: TokenSequence, order: number): TrieLevel[] {
  const { ids, length, startToken } = sequence
  const { positions, reach, shared } = sortNgrams(sequence, order)
  const isNew = (place: number, size: number) => reach[positions[place]!]! >= size && shared[place]! < size

  const sizes = Array.from({ length: order }, () => 0)
  for (let place = 0; place < length; place++)
    for (let size = shared[place]! + 1; size <= reach[positions[place]!]!; size++) sizes[size - 1]!++

  const levels: TrieLevel[] = []
  /** By position: index of the n-gram of the level at hand. */
  const indexAt = new Int32Array(length)
  for (let size = 1; size <= order; size++) {
    const count = sizes[size - 1]!
    const isLast = size === order
    const level: TrieLevel = {
      size: count,
      tokens: new Uint16Array(count),
      counts: new Int32Array(count),
      children: new Int32Array(isLast ? 0 : count + 1).fill(sizes[size] ?? 0),
    }
    let index = -1
    let extensions = 0
    for (let place = 0; place < length; place++) {
      const position = positions[place]!
      if (reach[position]! < size) continue
      if (isNew(place, size)) {
        index++
        level.tokens[index] = ids[position + size - 1]!
        if (!isLast) level.children[index] = extensions
      }
      if (isNew(place, size + 1)) extensions++
      indexAt[position] = index
      if (ids[position] === startToken ? size > 1 : isLast) level.counts[index]!++
    }
    // Each different n-gram that is longer by one token on the left adds one to what it ends with.
    if (!isLast)
      for (let place = 0; place < length; place++)
        if (isNew(place, size + 1)) level.counts[indexAt[positions[place]! + 1]!]!++
    levels.push(level)
  }
  return levels
}

/** Index of the extension by `token` among the n-grams from `from` up to but not including `to`, or -1. */
export function findToken(level: TrieLevel, from: number, to: number, token: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    if (level.tokens[middle]! < token) low = middle + 1
    else high = middle
  }
  return low < to && level.tokens[low] === token ? low : -1
}
