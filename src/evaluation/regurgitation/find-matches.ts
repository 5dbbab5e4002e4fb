import type { IndexedDocument, LexemeIndex } from './lexeme-index.ts'
import { lexemesOf } from './lexemes.ts'
import { eachSeed, seedsFor } from './seeds.ts'

/** What a text shares with the corpus. */
export interface TextMatch {
  /** Lexemes of the text. */
  lexemes: number
  /** The longest stretch that it shares with one document, where that is a match. */
  longest?: {
    lexemes: number
    /** Its place in the text, in UTF-16 units. */
    start: number
    end: number
    /** Documents that share a match with the text. */
    documentCount: number
    /** Some of them, those that share most first. */
    documents: (IndexedDocument & { lexemes: number })[]
  }
}

const namedDocuments = 5

/** Finds the stretches of at least `index.minimum` lexemes that a text shares with documents of the corpus. */
export function findMatches(index: LexemeIndex, text: string): TextMatch {
  const { hashes, starts, ends } = lexemesOf(text)
  /** By document: the most lexemes it shares in one stretch. */
  const shared = new Map<number, number>()
  /** By how far corpus and text lie apart: up to where a stretch was followed already. */
  const followed = new Map<number, number>()
  let longest = 0
  let longestStart = 0
  eachSeed(hashes, index.minimum, (seed, at) => {
    for (let entry = lowerBound(index.seedHashes, seed); index.seedHashes[entry] === seed; entry++) {
      const position = index.seedPositions[entry]!
      if (at < (followed.get(position - at) ?? 0)) continue
      const document = documentAt(index, position)
      const stretch = stretchAround(index, hashes, document, position, at)
      followed.set(position - at, stretch.end)
      const length = stretch.end - stretch.start
      if (length < index.minimum) continue
      shared.set(document, Math.max(length, shared.get(document) ?? 0))
      if (length > longest) {
        longest = length
        longestStart = stretch.start
      }
    }
  })
  if (longest === 0) return { lexemes: hashes.length }
  const documents = [...shared]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, namedDocuments)
    .map(([document, lexemes]) => ({ ...index.documents[document]!, lexemes }))
  return {
    lexemes: hashes.length,
    longest: {
      lexemes: longest,
      start: starts[longestStart]!,
      end: ends[longestStart + longest - 1]!,
      documentCount: shared.size,
      documents,
    },
  }
}

/** The longest equal stretch through a seed, in the text's lexemes; empty where only the seeds' hashes agree. */
function stretchAround(
  { lexemes, bounds, minimum }: LexemeIndex,
  text: Int32Array,
  document: number,
  position: number,
  at: number,
): { start: number; end: number } {
  const shift = position - at
  let end = at
  while (end < text.length && end + shift < bounds[document + 1]! && text[end] === lexemes[end + shift]) end++
  if (end - at < seedsFor(minimum).length) return { start: at, end: at }
  let start = at
  while (start > 0 && start + shift > bounds[document]! && text[start - 1] === lexemes[start - 1 + shift])
    start--
  return { start, end }
}

function documentAt({ bounds }: LexemeIndex, position: number): number {
  return lowerBound(bounds, position + 1) - 1
}

/** The first place whose value is not below `value`. */
function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
