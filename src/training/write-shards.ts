import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { endianness } from 'node:os'
import { join } from 'node:path'
import type { Document } from '../corpus/index.ts'
import { integerIn, randomFor, sha256, UserError, writeAtomically } from '../lib/index.ts'
import type { Tokenizer } from '../tokenizer/index.ts'
import { layRows } from './pack-rows.ts'
import type { Recipe } from './recipe.ts'
import { createSampleBuckets, type SampleBuckets, writeAll } from './sample-buckets.ts'
import { createSampler, heldoutRowsOf } from './samples.ts'
import type { HeldoutFile, ShardFile, ShardIndex } from './shard.ts'
import { type HeldoutShares, heldoutPosition, heldoutShares, isHeldout } from './split.ts'

export interface WriteShardsOptions {
  /** The corpus, from its beginning each time: it is read once for the split and once a pass. */
  documents: () => AsyncIterable<Document> | Iterable<Document>
  /** Checksum of the corpus's data card, kept in the index. */
  corpus?: string
  tokenizer: Tokenizer
  recipe: Recipe
  /** Folder to make. */
  out: string
  /** Takes the place of shards that are already in `out`. */
  replace?: boolean
  signal?: AbortSignal
  onProgress?: (progress: ShardProgress) => void
}

export interface ShardProgress {
  phase: 'reading' | 'tokenizing' | 'packing'
  /** From 0 to 1 within the phase; 0 throughout while reading, when the total is not known. */
  share: number
  documents: number
  tokens: number
}

/** A bucket becomes a shard of about this many ids: 16 MB. */
const idsPerShard = 8e6
/** Bytes of text a token: an estimate that decides the number of shards, nothing else. */
const bytesPerToken = 3

/**
 * Writes a corpus as token shards: splits off the held-out documents, makes samples of the others, packs them
 * into rows and shuffles those. The same corpus, tokenizer and recipe give the same bytes. Memory is bounded
 * by one shard; the folder appears when it is whole.
 */
export async function writeShards(options: WriteShardsOptions): Promise<ShardIndex> {
  const { tokenizer, recipe, out } = options
  if (endianness() !== 'LE')
    throw new UserError('Shards are little-endian, and this machine is not.', 'Use another machine.')
  if (tokenizer.vocabularySize !== recipe.model.vocabularySize)
    throw new UserError(
      `The tokenizer has ${tokenizer.vocabularySize} tokens, and model.vocabularySize of the recipe ${recipe.name} is ${recipe.model.vocabularySize}.`,
      'Train a tokenizer of that size, or change the recipe.',
    )
  if (existsSync(out) && options.replace !== true)
    throw new UserError(`${out} is already there.`, 'Choose another folder, or add --replace.')

  const survey = await surveyCorpus(options)
  let index: ShardIndex | undefined
  await writeAtomically(out, async (folder) => {
    mkdirSync(folder)
    index = await writeInto(folder, options, survey)
    if (options.replace) rmSync(out, { recursive: true, force: true })
  })
  return index as ShardIndex
}

interface Survey {
  documents: number
  bytes: number
  shares: HeldoutShares
}

/** The first reading: what the split needs to know of all documents. */
async function surveyCorpus({ documents, recipe, signal, onProgress }: WriteShardsOptions): Promise<Survey> {
  const positions = new Map<string, number[]>()
  let count = 0
  let bytes = 0
  for await (const document of documents()) {
    signal?.throwIfAborted()
    const found = positions.get(document.language) ?? []
    positions.set(document.language, found)
    found.push(heldoutPosition(document.text, recipe.seed))
    bytes += Buffer.byteLength(document.text)
    if (++count % 200 === 0) onProgress?.({ phase: 'reading', share: 0, documents: count, tokens: 0 })
  }
  if (count === 0)
    throw new UserError('The corpus holds no documents.', 'Assemble one with `understudy corpus build`.')
  return { documents: count, bytes, shares: heldoutShares(positions, recipe.data.heldoutShare) }
}

async function writeInto(folder: string, options: WriteShardsOptions, survey: Survey): Promise<ShardIndex> {
  const { tokenizer, recipe, corpus, signal, onProgress } = options
  const { passes } = recipe.data
  const count = Math.max(1, Math.round((survey.bytes * passes) / bytesPerToken / idsPerShard))
  const buckets = createSampleBuckets(folder, count)
  try {
    const heldout = await tokenizeCorpus(buckets, count, options, survey)
    const layout = {
      rowLength: recipe.model.contextLength + 1,
      padToken: tokenizer.special.fimPad,
      endToken: tokenizer.special.end,
    }
    const train: ShardFile[] = []
    for (let bucket = 0; bucket < count; bucket++) {
      signal?.throwIfAborted()
      const { ids, rows, tokens } = layRows(
        buckets.take(bucket),
        layout,
        randomFor('rows', recipe.seed, bucket),
      )
      const file = `train-${String(bucket).padStart(4, '0')}.bin`
      train.push({ file, rows, tokens, sha256: writeIds(join(folder, file), ids) })
      onProgress?.({
        phase: 'packing',
        share: (bucket + 1) / count,
        documents: survey.documents,
        tokens: train.reduce((sum, shard) => sum + shard.tokens, 0),
      })
    }
    const index: ShardIndex = {
      format: 'understudy-shards-1',
      tokenizer: tokenizer.checksum,
      ...(corpus === undefined ? {} : { corpus }),
      vocabularySize: tokenizer.vocabularySize,
      ...layout,
      seed: recipe.seed,
      heldoutShares: survey.shares,
      train,
      heldout: writeHeldout(folder, heldout, layout),
    }
    writeFileSync(join(folder, 'shards.json'), `${JSON.stringify(index, null, 2)}\n`)
    return index
  } finally {
    buckets.dispose()
  }
}

interface HeldoutRows {
  documents: number
  bytes: number
  rows: number[][]
}

/** Puts the training samples of every pass into the buckets; returns the held-out rows by language. */
async function tokenizeCorpus(
  buckets: SampleBuckets,
  count: number,
  { documents, tokenizer, recipe, signal, onProgress }: WriteShardsOptions,
  survey: Survey,
): Promise<Map<string, HeldoutRows>> {
  const { contextLength } = recipe.model
  const { passes, fimShare } = recipe.data
  const samplesOf = createSampler({ tokenizer, contextLength, fimShare, seed: recipe.seed })
  const draw = randomFor('buckets', recipe.seed)
  const heldout = new Map<string, HeldoutRows>()
  let seen = 0
  let tokens = 0
  for (let pass = 0; pass < passes; pass++)
    for await (const document of documents()) {
      signal?.throwIfAborted()
      if (!isHeldout(document, survey.shares, recipe.seed))
        for (const sample of samplesOf(document, pass)) {
          buckets.add(integerIn(draw, 0, count - 1), sample)
          tokens += sample.length
        }
      else if (pass === 0) addHeldout(heldout, document, heldoutRowsOf(document, tokenizer, contextLength))
      if (++seen % 50 === 0)
        onProgress?.({
          phase: 'tokenizing',
          share: seen / (survey.documents * passes),
          documents: seen,
          tokens,
        })
    }
  return heldout
}

function addHeldout(heldout: Map<string, HeldoutRows>, document: Document, rows: number[][]): void {
  const found = heldout.get(document.language) ?? { documents: 0, bytes: 0, rows: [] }
  heldout.set(document.language, found)
  found.documents++
  found.bytes += Buffer.byteLength(document.text)
  found.rows.push(...rows)
}

/** One file a language, its rows in the corpus's order. */
function writeHeldout(
  folder: string,
  heldout: Map<string, HeldoutRows>,
  { rowLength, padToken }: { rowLength: number; padToken: number },
): HeldoutFile[] {
  return [...heldout]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([language, { documents, bytes, rows }]) => {
      const ids = new Uint16Array(rows.length * rowLength).fill(padToken)
      for (const [row, values] of rows.entries()) ids.set(values, row * rowLength)
      const file = `heldout-${language.replace(/[^a-z0-9]+/gi, '-')}.bin`
      return {
        language,
        file,
        rows: rows.length,
        tokens: rows.reduce((sum, row) => sum + row.length, 0),
        documents,
        bytes,
        sha256: writeIds(join(folder, file), ids),
      }
    })
}

/** Writes ids as they are in memory, and returns the SHA-256 of the bytes. */
function writeIds(path: string, ids: Uint16Array): string {
  const bytes = new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength)
  const file = openSync(path, 'w')
  try {
    writeAll(file, bytes)
  } finally {
    closeSync(file)
  }
  return sha256(bytes)
}
