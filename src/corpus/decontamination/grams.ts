/**
 * Word 13-grams as 53-bit hashes, and a table of them that takes 9 bytes a slot.
 */
import { isWordCode } from './words.ts'

/** GPT-3's decontamination (Brown et al. 2020, appendix C) found 13 words to be what chance does not repeat. */
export const GRAM_WORDS = 13

const BASE_A = 0x01000193
const BASE_B = 0x5bd1e995
const DROP_A = power(BASE_A, GRAM_WORDS)
const DROP_B = power(BASE_B, GRAM_WORDS)

/** Calls `visit` with the hash of each 13-gram of `text`, in order; never 0. */
export function eachGram(text: string, visit: (gram: number) => void): void {
  const ring = new Int32Array(GRAM_WORDS)
  let words = 0
  let a = 0
  let b = 0
  let word = 0
  for (let i = 0; i <= text.length; i++) {
    let code = i < text.length ? text.charCodeAt(i) : 32
    if (code >= 65 && code <= 90) code += 32
    if (isWordCode(code)) {
      word = Math.imul(word ^ code, 0x9e3779b1)
      word ^= word >>> 15
      if (word === 0) word = 1
      continue
    }
    if (word === 0) continue
    const slot = words % GRAM_WORDS
    const oldest = ring[slot]!
    ring[slot] = word
    a = (Math.imul(a, BASE_A) + word - Math.imul(oldest, DROP_A)) | 0
    b = (Math.imul(b, BASE_B) + word - Math.imul(oldest, DROP_B)) | 0
    words++
    word = 0
    if (words >= GRAM_WORDS) visit((a >>> 0) * 0x200000 + (b >>> 11) || 1)
  }
}

function power(base: number, exponent: number): number {
  let result = 1
  for (let i = 0; i < exponent; i++) result = Math.imul(result, base)
  return result
}

/** Open-addressing hash table of grams, each with a small counter. */
export interface GramTable {
  readonly size: number
  add(gram: number): void
  /** The gram's slot for `count` and `increment`, or -1. Stable once nothing more is added. */
  find(gram: number): number
  count(slot: number): number
  /** Counts up to 255. */
  increment(slot: number): void
}

export function createGramTable(): GramTable {
  let capacity = 1 << 16
  let keys = new Float64Array(capacity)
  let size = 0
  let counts = new Uint8Array(0)

  function slotOf(gram: number): number {
    let slot = (gram % 0x7fffffff) & (capacity - 1)
    while (keys[slot] !== 0 && keys[slot] !== gram) slot = (slot + 1) & (capacity - 1)
    return slot
  }

  function grow(): void {
    const old = keys
    capacity *= 2
    keys = new Float64Array(capacity)
    for (const gram of old) if (gram !== 0) keys[slotOf(gram)] = gram
  }

  return {
    get size() {
      return size
    },
    add(gram) {
      const slot = slotOf(gram)
      if (keys[slot] === gram) return
      keys[slot] = gram
      if (++size * 2 > capacity) grow()
    },
    find(gram) {
      const slot = slotOf(gram)
      return keys[slot] === gram ? slot : -1
    },
    count: (slot) => counts[slot] ?? 0,
    increment(slot) {
      if (counts.length !== capacity) counts = new Uint8Array(capacity)
      if (counts[slot]! < 255) counts[slot]!++
    },
  }
}
