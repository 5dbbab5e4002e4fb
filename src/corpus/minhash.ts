/**
 * MinHash signatures (Broder 1997): the share of equal values in two signatures estimates the Jaccard similarity
 * of two texts' sets of token 5-grams, with a standard error of at most 0.044 at 128 values.
 *
 * One permutation hashing with optimal densification (Li et al. 2012, Shrivastava 2017): a 5-gram is thrown into
 * one of 128 bins by its hash; a bin's value is the least hash in it, and an empty bin borrows from another.
 * That costs a few hashes a 5-gram where 128 permutations cost 128.
 */
import { isWordCode } from './decontamination/words.ts'

export const SIGNATURE_VALUES = 128

/** A word, or one mark: layout plays no part, and names do. */
const GRAM_TOKENS = 5
/** Each gram is thrown as often as this, so that files of a few lines fill the bins as well. */
const THROWS = 8

/** Writes the signature of `text` into `target` at `offset`. Texts under five tokens give one gram of what they have. */
export function writeSignature(text: string, target: Uint32Array, offset: number): void {
  const bins = target.subarray(offset, offset + SIGNATURE_VALUES)
  bins.fill(EMPTY)
  const ring = new Uint32Array(GRAM_TOKENS)
  let tokens = 0
  let word = 0
  const push = (token: number) => {
    ring[tokens++ % GRAM_TOKENS] = token
    if (tokens >= GRAM_TOKENS) addGram(bins, ring, tokens)
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (isWordCode(code)) {
      word = Math.imul(word ^ code, 0x9e3779b1)
      word ^= word >>> 15
      continue
    }
    if (word !== 0) push(word)
    word = 0
    if (code > 32) push(code)
  }
  if (word !== 0) push(word)
  if (tokens < GRAM_TOKENS) addGram(bins, ring, tokens)
  densify(bins)
}

/** The share of equal values: an estimate of the Jaccard similarity of the two texts' 5-grams. */
export function similarity(signatures: Uint32Array, a: number, b: number): number {
  const from = a * SIGNATURE_VALUES
  const to = b * SIGNATURE_VALUES
  let equal = 0
  for (let i = 0; i < SIGNATURE_VALUES; i++) if (signatures[from + i] === signatures[to + i]) equal++
  return equal / SIGNATURE_VALUES
}

const EMPTY = 0xffffffff

function addGram(bins: Uint32Array, ring: Uint32Array, tokens: number): void {
  let hash = 0
  for (let i = 0; i < GRAM_TOKENS; i++) hash = mix(hash ^ ring[(tokens + i) % GRAM_TOKENS]!)
  for (let i = 0; i < THROWS; i++) {
    hash = mix(hash + 0x9e3779b9)
    const bin = hash & (SIGNATURE_VALUES - 1)
    // Rotated, since the bits that chose the bin say nothing more within it.
    const value = ((hash >>> 7) | (hash << 25)) >>> 0
    if (value < bins[bin]!) bins[bin] = value
  }
}

/** An empty bin takes the value of a full one that a hash of the bin's number and the attempt points to. */
function densify(bins: Uint32Array): void {
  const full = Uint8Array.from(bins, (value) => (value === EMPTY ? 0 : 1))
  for (let bin = 0; bin < SIGNATURE_VALUES; bin++) {
    if (full[bin]) continue
    for (let attempt = 1; ; attempt++) {
      const donor = mix(mix(bin + 1) ^ attempt) & (SIGNATURE_VALUES - 1)
      if (!full[donor]) continue
      bins[bin] = bins[donor]!
      break
    }
  }
}

/** A step of murmur3's finaliser. */
function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
