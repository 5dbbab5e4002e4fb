/**
 * How long seeds are, and how far apart, so that every stretch of `minimum` lexemes holds one whole: a stretch that
 * begins anywhere reaches the next multiple of the stride after at most stride − 1 lexemes.
 */
export function seedsFor(minimum: number): { length: number; stride: number } {
  const length = Math.ceil((minimum + 1) / 2)
  return { length, stride: minimum + 1 - length }
}

const base = 0x01000193

/** Calls `visit` with the rolling 32-bit hash of each seed's worth of lexemes, at every place, in order. */
export function eachSeed(
  lexemes: Int32Array,
  minimum: number,
  visit: (hash: number, at: number) => void,
): void {
  const { length } = seedsFor(minimum)
  let drop = 1
  for (let i = 0; i < length; i++) drop = Math.imul(drop, base)
  let hash = 0
  for (let end = 0; end < lexemes.length; end++) {
    hash = (Math.imul(hash, base) + lexemes[end]!) | 0
    if (end >= length) hash = (hash - Math.imul(lexemes[end - length]!, drop)) | 0
    if (end >= length - 1) visit(hash >>> 0, end - length + 1)
  }
}
