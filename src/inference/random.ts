/**
 * Random numbers in [0, 1) with 32 random bits, the same for the same seed: sfc32 (Chris Doty-Humphrey, PractRand),
 * its state filled from the seed and run in as its author advises.
 * @param seed any safe integer; both halves count.
 */
export function createRandom(seed: number): () => number {
  let a = 0
  let b = seed >>> 0
  let c = Math.floor(seed / 2 ** 32) >>> 0
  let counter = 1
  const next = () => {
    const sum = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 12; i++) next()
  return next
}
