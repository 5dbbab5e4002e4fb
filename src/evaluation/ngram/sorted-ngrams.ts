import type { TokenSequence } from './token-sequence.ts'

/** All n-grams up to one order, sorted by their tokens from first to last. */
export interface SortedNgrams {
  /** Where each n-gram begins in the sequence, in sorted order; a shorter n-gram comes before its extensions. */
  positions: Int32Array
  /** By position: tokens from there to the document's end, at most `order`. */
  reach: Uint8Array
  /** By place in `positions`: tokens that the n-gram shares with the one before it, at most `order`. */
  shared: Uint8Array
}

/**
 * Sorts every position by the `order` tokens that begin there, document borders never crossed: a radix sort from
 * the last token to the first. Memory: 13 bytes a token beside the sequence.
 */
export function sortNgrams({ ids, length, startToken }: TokenSequence, order: number): SortedNgrams {
  const reach = new Uint8Array(length)
  for (let i = length - 1, left = 0; i >= 0; i--) {
    left = Math.min(order, left + 1)
    reach[i] = left
    if (ids[i] === startToken) left = 0
  }

  let positions = Int32Array.from({ length }, (_, i) => i)
  let target = new Int32Array(length)
  // Key 0 is the end of a document, key t + 1 token t.
  const keyAt = (position: number, offset: number) =>
    offset < reach[position]! ? ids[position + offset]! + 1 : 0
  const next = new Int32Array(65_537)
  for (let offset = order - 1; offset >= 0; offset--) {
    next.fill(0)
    for (let i = 0; i < length; i++) next[keyAt(i, offset)]!++
    for (let key = 0, sum = 0; key < next.length; key++) {
      const count = next[key]!
      next[key] = sum
      sum += count
    }
    for (let i = 0; i < length; i++) {
      const position = positions[i]!
      target[next[keyAt(position, offset)]!++] = position
    }
    ;[positions, target] = [target, positions]
  }

  const shared = new Uint8Array(length)
  for (let i = 1; i < length; i++) {
    const before = positions[i - 1]!
    const here = positions[i]!
    const most = Math.min(reach[before]!, reach[here]!)
    let same = 0
    while (same < most && ids[before + same] === ids[here + same]) same++
    shared[i] = same
  }
  return { positions, reach, shared }
}
