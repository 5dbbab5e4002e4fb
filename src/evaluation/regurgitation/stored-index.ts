import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { endianness } from 'node:os'
import { z } from 'zod'
import { readCorpus, readCorpusCard } from '../../corpus/index.ts'
import { cacheFolder, hasCode, writeAtomically } from '../../lib/index.ts'
import { buildLexemeIndex, type LexemeIndex } from './lexeme-index.ts'

/** Changes when lexemes, seeds or the file change, so that an index of before is not taken. */
const version = 'understudy-lexemes-1'

const header = z.object({
  format: z.literal(version),
  corpus: z.string(),
  minimum: z.int(),
  lexemes: z.int(),
  seeds: z.int(),
  documents: z.array(
    z.object({
      package: z.string(),
      version: z.string(),
      path: z.string(),
      license: z.string(),
      language: z.string(),
    }),
  ),
})

export interface OpenIndexOptions {
  /** Folder of the built corpus. */
  corpus: string
  minimum: number
  /** Where indexes are kept. */
  cache?: string
  signal?: AbortSignal
  onProgress?: (documents: number) => void
}

/**
 * The index of a corpus, from the cache where it was built before. The file's name holds the corpus's checksum, so
 * that another corpus never answers; a file that is damaged is built anew.
 */
export async function openLexemeIndex(options: OpenIndexOptions): Promise<LexemeIndex> {
  const { corpus, minimum, cache = cacheFolder('lexemes') } = options
  const { checksum } = readCorpusCard(corpus)
  const path = `${cache}/${checksum}-${minimum}-${endianness()}.bin`
  const kept = readIndex(path, checksum, minimum)
  if (kept !== undefined) return kept
  const index = await buildLexemeIndex(readCorpus(corpus), minimum, options)
  await writeIndex(path, checksum, index)
  return index
}

async function writeIndex(path: string, corpus: string, index: LexemeIndex): Promise<void> {
  const { minimum, documents, lexemes, bounds, seedHashes, seedPositions } = index
  const head: z.infer<typeof header> = {
    format: version,
    corpus,
    minimum,
    lexemes: lexemes.length,
    seeds: seedHashes.length,
    documents,
  }
  const json = Buffer.from(JSON.stringify(head))
  const padded = Buffer.alloc(4 + 4 * Math.ceil(json.length / 4), ' ')
  padded.writeUInt32LE(padded.length - 4)
  json.copy(padded, 4)
  await writeAtomically(path, (temporary) => {
    const file = openSync(temporary, 'w')
    try {
      for (const part of [padded, lexemes, bounds, seedHashes, seedPositions]) {
        const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      }
    } finally {
      closeSync(file)
    }
  })
}

/** Undefined where there is no such file, or one of another shape. */
function readIndex(path: string, corpus: string, minimum: number): LexemeIndex | undefined {
  let data: Buffer
  try {
    data = readFileSync(path)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
  const head = readHeader(data)
  if (head === undefined || head.corpus !== corpus || head.minimum !== minimum) return undefined
  let at = data.byteOffset + 4 + data.readUInt32LE(0)
  const bounds = head.documents.length + 1
  if (at - data.byteOffset + 4 * (head.lexemes + bounds + 2 * head.seeds) !== data.length) return undefined
  const take = <T>(
    View: new (buffer: ArrayBufferLike, at: number, length: number) => T,
    length: number,
  ): T => {
    const view = new View(data.buffer, at, length)
    at += 4 * length
    return view
  }
  return {
    minimum,
    documents: head.documents,
    lexemes: take(Int32Array, head.lexemes),
    bounds: take(Uint32Array, bounds),
    seedHashes: take(Uint32Array, head.seeds),
    seedPositions: take(Uint32Array, head.seeds),
  }
}

function readHeader(data: Buffer): z.infer<typeof header> | undefined {
  if (data.length < 4) return undefined
  try {
    return header.safeParse(JSON.parse(data.toString('utf8', 4, 4 + data.readUInt32LE(0)))).data
  } catch {
    return undefined
  }
}
