import { createHash } from 'node:crypto'
import type { Document } from '../corpus/index.ts'

/**
 * The held-out split. Whether a document is held out depends on its text and the seed alone, so the split
 * stays the same when documents are added, and no list has to be kept. The text is hashed with its whitespace
 * collapsed: deduplication is exact, so a copy with other line ends or indentation survives it, and must
 * fall on the same side. Held-out documents come from the same packages as the training documents, so they
 * measure new files of known projects, not new projects.
 */

/** Share of held-out documents by language; `*` for the languages that are not named. */
export type HeldoutShares = { '*': number } & Record<string, number>

/** Position of the document's text in [0, 1); the lowest positions are held out. */
export function heldoutPosition(text: string, seed: number): number {
  const digest = createHash('sha256')
    .update(`${seed}\0${text.replace(/\s+/g, ' ').trim()}`)
    .digest()
  return digest.readUIntBE(0, 6) / 2 ** 48
}

/** True where the document is kept out of training and used to measure. */
export function isHeldout(
  document: Pick<Document, 'text' | 'language'>,
  shares: HeldoutShares,
  seed: number,
): boolean {
  return heldoutPosition(document.text, seed) < (shares[document.language] ?? shares['*'])
}

/** Fewest held-out documents of a language, where it has ten times as many. */
const fewestHeldout = 8

/**
 * The share of each language: `share`, or as much more as makes eight documents held out (but at most a tenth
 * of them), so that every language is measured. `positions` are those of all documents, by language.
 */
export function heldoutShares(positions: ReadonlyMap<string, number[]>, share: number): HeldoutShares {
  const shares: HeldoutShares = { '*': share }
  for (const [language, found] of positions) {
    const wanted = Math.min(fewestHeldout, Math.ceil(found.length / 10))
    const sorted = Float64Array.from(found).sort()
    const needed = sorted.length > 1 ? (sorted[wanted - 1] as number) + 2 ** -48 : 0
    if (needed > share) shares[language] = needed
  }
  return shares
}
