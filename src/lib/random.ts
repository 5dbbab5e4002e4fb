import { createHash } from 'node:crypto'

/** Numbers in [0, 1), the same for the same key. */
export type Random = () => number

/**
 * A generator whose numbers depend on the key alone, so that what is drawn for one thing does not change when another
 * is added. sfc32 (PractRand), seeded by the key's SHA-256.
 */
export function randomFor(...key: (string | number)[]): Random {
  const digest = createHash('sha256').update(key.join('\0')).digest()
  let a = digest.readUInt32LE(0)
  let b = digest.readUInt32LE(4)
  let c = digest.readUInt32LE(8)
  let counter = 1
  return () => {
    const t = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return (t >>> 0) / 4294967296
  }
}

/** An integer in [from, to], each as likely as the others. */
export function integerIn(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1))
}

/** Shuffles in place (Fisher–Yates). */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = integerIn(random, 0, i)
    const other = items[j] as T
    items[j] = items[i] as T
    items[i] = other
  }
  return items
}
