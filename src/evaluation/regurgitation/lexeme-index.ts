import { eachLexeme } from './lexemes.ts'
import { eachSeed, seedsFor } from './seeds.ts'

/** Where a document of the corpus came from: what a match is reported with. */
export interface IndexedDocument {
  package: string
  version: string
  path: string
  license: string
  language: string
}

/**
 * The lexemes of a corpus, and seeds to find stretches of them by. A stretch of `minimum` lexemes, wherever it
 * begins, holds a whole seed at a multiple of the stride; so one seed in 33 lexemes finds every match of 65, and the
 * lexemes themselves then say how long it is. About 4.4 bytes a lexeme.
 */
export interface LexemeIndex {
  /** Lexemes that make a match. */
  minimum: number
  documents: IndexedDocument[]
  /** All documents' lexemes end to end, as hashes. */
  lexemes: Int32Array
  /** Where each document begins in `lexemes`, and where the last one ends. */
  bounds: Uint32Array
  /** Hashes of the seeds, ascending, and where in `lexemes` each begins. */
  seedHashes: Uint32Array
  seedPositions: Uint32Array
}

/** Builds an index of documents; those shorter than `minimum` lexemes hold no match and are left out. */
export async function buildLexemeIndex(
  documents: AsyncIterable<IndexedDocument & { text: string }> | Iterable<IndexedDocument & { text: string }>,
  minimum: number,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (documents: number) => void } = {},
): Promise<LexemeIndex> {
  const kept: IndexedDocument[] = []
  const bounds = [0]
  let lexemes = new Int32Array(1 << 16)
  let length = 0
  for await (const { text, package: name, version, path, license, language } of documents) {
    const start = length
    eachLexeme(text, (hash) => {
      if (length === lexemes.length) lexemes = doubled(lexemes)
      lexemes[length++] = hash
    })
    if (length - start < minimum) {
      length = start
      continue
    }
    kept.push({ package: name, version, path, license, language })
    bounds.push(length)
    if (kept.length % 200 === 0) {
      signal?.throwIfAborted()
      onProgress?.(kept.length)
      await new Promise(setImmediate)
    }
  }
  lexemes = lexemes.slice(0, length)
  return {
    minimum,
    documents: kept,
    lexemes,
    bounds: Uint32Array.from(bounds),
    ...sortedSeeds(lexemes, bounds, minimum),
  }
}

/** Every stride-th seed of each document, by hash and then place. */
function sortedSeeds(lexemes: Int32Array, bounds: number[], minimum: number) {
  const { stride } = seedsFor(minimum)
  const packed: bigint[] = []
  for (let document = 0; document + 1 < bounds.length; document++) {
    const start = bounds[document]!
    eachSeed(lexemes.subarray(start, bounds[document + 1]), minimum, (hash, at) => {
      if (at % stride === 0) packed.push((BigInt(hash) << 32n) | BigInt(start + at))
    })
  }
  const sorted = BigUint64Array.from(packed).sort()
  return {
    seedHashes: Uint32Array.from(sorted, (entry) => Number(entry >> 32n)),
    seedPositions: Uint32Array.from(sorted, (entry) => Number(entry & 0xffffffffn)),
  }
}

function doubled(lexemes: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * lexemes.length)
  larger.set(lexemes)
  return larger
}
