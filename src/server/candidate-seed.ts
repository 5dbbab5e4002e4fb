/**
 * The seed of one of a request's candidates, an unsigned 32-bit number: candidate 0 has the request's own seed,
 * and the others numbers that are unrelated to it and to one another (the finaliser of MurmurHash3).
 * So the same request gives the same answers, and each prompt of a batch the answers that it would have had alone.
 */
export function candidateSeed(seed: number, candidate: number): number {
  // A seed may be any safe integer; its upper part counts too.
  const base = (Math.floor(seed / 2 ** 32) ^ seed) >>> 0
  if (candidate === 0) return base
  let hash = (base + Math.imul(candidate, 0x9e3779b9)) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
