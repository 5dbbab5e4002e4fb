import { createHeap } from './heap.ts'
import { pairKey } from './merge.ts'

/** Two neighbouring symbols, how often they occur, and where. */
interface Pair {
  left: number
  right: number
  count: number
  /** Places in the arena where the left symbol stood when the pair arose; some may be stale. */
  positions: number[]
}

/** The pairs of neighbours inside words, while merges change the words. */
export interface PairTable {
  /** Takes out the commonest pair, or undefined where no pair occurs twice. It is never returned again. */
  popCommonest(): Pair | undefined
  /** Replaces the pair by `merged` everywhere and counts its new neighbours. */
  merge(pair: Pair, merged: number): void
}

/**
 * Lays the bytes of all words in one arena, each place linked to its neighbours in the word, and finds the
 * pairs. Symbols are `firstByte` + byte at first. Memory: 16 bytes a byte of distinct words, and 8 a pair.
 */
export function createPairTable(words: Map<string, number>, firstByte: number): PairTable {
  let size = 0
  for (const word of words.keys()) size += Buffer.byteLength(word)
  const symbols = new Int32Array(size)
  const previous = new Int32Array(size).fill(-1)
  const next = new Int32Array(size).fill(-1)
  const weight = new Float64Array(size)
  const pairs = new Map<number, Pair>()
  const queue = createHeap<{ pair: Pair; count: number }>(
    (a, b) =>
      a.count > b.count ||
      (a.count === b.count &&
        (a.pair.left < b.pair.left || (a.pair.left === b.pair.left && a.pair.right < b.pair.right))),
  )

  function add(position: number, touched?: Set<Pair>): void {
    const left = symbols[position]!
    const right = symbols[next[position]!]!
    const key = pairKey(left, right)
    let pair = pairs.get(key)
    if (pair === undefined) {
      pair = { left, right, count: 0, positions: [] }
      pairs.set(key, pair)
    }
    pair.count += weight[position]!
    pair.positions.push(position)
    touched?.add(pair)
  }

  function remove(position: number): void {
    const pair = pairs.get(pairKey(symbols[position]!, symbols[next[position]!]!))
    if (pair !== undefined) pair.count -= weight[position]!
  }

  let place = 0
  for (const [word, count] of words) {
    const start = place
    for (const byte of Buffer.from(word)) {
      symbols[place] = firstByte + byte
      weight[place] = count
      if (place > start) {
        previous[place] = place - 1
        next[place - 1] = place
        add(place - 1)
      }
      place++
    }
  }
  for (const pair of pairs.values()) queue.push({ pair, count: pair.count })

  function popCommonest(): Pair | undefined {
    for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
      const { pair, count } = entry
      const key = pairKey(pair.left, pair.right)
      if (pairs.get(key) !== pair) continue
      // Counts that sank since the entry was made are put back; those that rose have a newer entry.
      if (pair.count < count) queue.push({ pair, count: pair.count })
      else if (pair.count === count) {
        if (count < 2) return undefined
        pairs.delete(key)
        return pair
      }
    }
    return undefined
  }

  function merge({ left, right, positions }: Pair, merged: number): void {
    const touched = new Set<Pair>()
    // From left to right, so that a run of one symbol pairs up from its start, as the encoder does.
    for (const position of positions.sort((a, b) => a - b)) {
      const absorbed = next[position]!
      if (absorbed < 0 || symbols[position] !== left || symbols[absorbed] !== right) continue
      const before = previous[position]!
      const after = next[absorbed]!
      if (before >= 0) remove(before)
      if (after >= 0) remove(absorbed)
      symbols[position] = merged
      symbols[absorbed] = -1
      next[position] = after
      if (after >= 0) previous[after] = position
      if (before >= 0) add(before, touched)
      if (after >= 0) add(position, touched)
    }
    for (const pair of touched) queue.push({ pair, count: pair.count })
  }

  return { popCommonest, merge }
}
