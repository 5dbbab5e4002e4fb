/**
 * Token shards: what the tokenizer leaves for the trainer. A shard is a matrix of rows of `rowLength` ids,
 * little-endian uint16, without a header; `shards.json` beside the shards describes them. Each training row
 * is packed with whole samples (a file, a piece of a file, or such a piece with its middle moved to the end)
 * and filled with the FIM pad token, so that a row stands alone and rows may be taken in any order. A pad is
 * never a target. Held-out documents are rows of one document's piece each, behind `<|end|>` and never with a
 * moved middle.
 */
export interface ShardIndex {
  format: 'understudy-shards-1'
  /** Checksum of the tokenizer that made the ids. */
  tokenizer: string
  /** Checksum of the corpus's data card, where the documents came from one. */
  corpus?: string
  vocabularySize: number
  /** Ids in a row: the context length plus one, since inputs and targets are shifted by one. */
  rowLength: number
  padToken: number
  endToken: number
  seed: number
  /** Share of documents held out, by language: with the seed, it tells anyone which documents those are. */
  heldoutShares: { '*': number } & Record<string, number>
  train: ShardFile[]
  heldout: HeldoutFile[]
}

export interface ShardFile {
  /** Name beside `shards.json`. */
  file: string
  rows: number
  /** Ids that are not padding. */
  tokens: number
  sha256: string
}

/** Held-out rows of one language; `bytes` of UTF-8 text turn nats per row into bits per byte. */
export interface HeldoutFile extends ShardFile {
  language: string
  documents: number
  /** UTF-8 bytes of the text that the rows' targets (all ids but the first of a row and the padding) spell. */
  bytes: number
}
