import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Document } from '../../corpus/index.ts'
import { UserError } from '../../lib/index.ts'
import type { Tokenizer } from '../../tokenizer/index.ts'
import { isHeldout, readShardIndex, type ShardIndex } from '../../training/index.ts'
import { type KneserNey, kneserNeyOf } from './kneser-ney.ts'
import { addDocument, createTokenSequence } from './token-sequence.ts'

export interface BaselineOptions {
  /** The corpus that the shards were written from. */
  documents: AsyncIterable<Document> | Iterable<Document>
  /** The tokenizer that the shards were written with. */
  tokenizer: Tokenizer
  /** Folder of `shards.json`: says which documents are held out, and holds their rows. */
  shards: string
  /** Longest n-gram. */
  order: number
  signal?: AbortSignal
  onProgress?: (progress: { stage: 'reading' | 'counting' | 'scoring'; tokens: number }) => void
}

export interface BaselineResult {
  order: number
  /** Training tokens, one start token a document not counted. */
  tokens: number
  documents: number
  /** Distinct n-grams by order, unigrams first. */
  ngrams: number[]
  /** Held-out bits per byte by language, and `all`. */
  bitsPerByte: Record<string, number>
  seconds: number
}

/**
 * Trains a Kneser–Ney model on the documents that the shards train on, and measures it on their held-out rows.
 * It learns from whole documents as they are, without headers and moved middles, which is the best it can be
 * given; at measuring, a row begins behind `<|end|>` and sees nothing of the row before, as for the network.
 */
export async function measureBaseline(options: BaselineOptions): Promise<BaselineResult> {
  const { tokenizer, shards, order, signal, onProgress } = options
  const started = performance.now()
  const index = readShardIndex(shards)
  if (index.tokenizer !== tokenizer.checksum)
    throw new UserError(
      `The shards in ${shards} were written with another tokenizer.`,
      'Name the tokenizer.json that they were written with.',
    )
  const sequence = createTokenSequence(index.endToken)
  let documents = 0
  for await (const document of options.documents) {
    if (isHeldout(document, index.heldoutShares, index.seed)) continue
    addDocument(sequence, tokenizer.encode(document.text))
    if (++documents % 100 === 0) {
      signal?.throwIfAborted()
      onProgress?.({ stage: 'reading', tokens: sequence.length - documents })
      await setImmediate()
    }
  }
  const tokens = sequence.length - documents
  onProgress?.({ stage: 'counting', tokens })
  const model = kneserNeyOf(sequence, { order, vocabularySize: tokenizer.vocabularySize })
  onProgress?.({ stage: 'scoring', tokens })
  const bits = await bitsPerByte(model, shards, index, signal)
  const seconds = (performance.now() - started) / 1000
  return { order, tokens, documents, ngrams: model.ngrams, bitsPerByte: bits, seconds }
}

/** Bits per byte of the held-out rows of shards, by language and `all` (all bits over all bytes). */
export async function bitsPerByte(
  model: Pick<KneserNey, 'scoreRow'>,
  shards: string,
  index: ShardIndex,
  signal?: AbortSignal,
): Promise<Record<string, number>> {
  const result: Record<string, number> = {}
  let allBits = 0
  let allBytes = 0
  for (const { language, file, rows, bytes } of index.heldout) {
    const data = await readFile(join(shards, file))
    const ids = new Uint16Array(data.buffer, data.byteOffset, data.length >> 1)
    let bits = 0
    for (let row = 0; row < rows; row++) {
      if (row % 100 === 0) {
        signal?.throwIfAborted()
        await setImmediate()
      }
      const padded = ids.subarray(row * index.rowLength, (row + 1) * index.rowLength)
      const padding = padded.indexOf(index.padToken)
      bits -= model.scoreRow(padding < 0 ? padded : padded.subarray(0, padding)) / Math.LN2
    }
    result[language] = bits / bytes
    allBits += bits
    allBytes += bytes
  }
  result.all = allBits / allBytes
  return result
}
