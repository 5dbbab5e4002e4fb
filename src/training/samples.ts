import type { Document } from '../corpus/index.ts'
import { integerIn, type Random, randomFor } from '../lib/index.ts'
import type { Tokenizer } from '../tokenizer/index.ts'
import { arrangeFim, cutForFim, drawFimKind, trimFim } from './fim.ts'
import { createPieceCutter } from './pieces.ts'

/**
 * A document becomes samples: sequences of ids that stand alone and are at most `contextLength` long.
 *
 * - Half of the documents carry a header, `<|file|>` with the last one to three parts of the path and a line
 *   end, in front of every piece, since an editor knows the path. The other half has none, so that a prompt
 *   without one is no surprise.
 * - A document is drawn for fill-in-the-middle with probability `fimShare`. Each of its pieces is cut in
 *   three, half of them ordered PSM and half SPM; they end with `<|end|>`, behind the middle.
 * - The pieces of the other documents are plain text. Only a document's last piece ends with `<|end|>`, so
 *   that the model does not learn that files end where a context does.
 */
export interface SampleOptions {
  tokenizer: Tokenizer
  contextLength: number
  fimShare: number
  seed: number
}

/** Share of documents with a header. */
const headerShare = 0.5
/** Longest path in a header, in UTF-16 units. */
const longestPath = 80
/** Shorter pieces are not cut in three. */
const shortestForFim = 16
/** Tokens kept free for those that come of tokenizing three parts apart. */
const fimSlack = 4

/** `samplesOf(document, pass)`; each pass over the corpus draws other cuts. */
export function createSampler({ tokenizer, contextLength, fimShare, seed }: SampleOptions) {
  const cutPieces = createPieceCutter(tokenizer)
  const { end, file } = tokenizer.special

  function headerOf(path: string, random: Random): number[] {
    const parts = path.split('/').filter((part) => part !== '')
    const kept = parts.slice(-integerIn(random, 1, 3)).join('/')
    const name = kept.length <= longestPath ? kept : (parts.at(-1) ?? '')
    const header = [file, ...tokenizer.encode(`${name}\n`)]
    return name.length > longestPath || header.length > contextLength / 4 ? [] : header
  }

  /** The piece with its middle behind it, or nothing where it is too short or does not fit. */
  function fimSample(header: number[], text: string, random: Random): number[] | undefined {
    if (text.length < shortestForFim) return undefined
    let cut = cutForFim(text, drawFimKind(random), random)
    const order = random() < 0.5 ? 'psm' : 'spm'
    for (let attempt = 0; attempt < 4; attempt++) {
      const sample = header.concat(arrangeFim(cut, order, tokenizer))
      const excess = sample.length - contextLength
      if (excess <= 0) return sample
      cut = trimFim(cut, excess)
    }
    return undefined
  }

  return function* samplesOf(document: Document, pass: number): Generator<number[]> {
    const random = randomFor('sample', seed, pass, document.sha256, document.path)
    const header = random() < headerShare ? headerOf(document.path, random) : []
    const ids = tokenizer.encode(document.text)
    const rearranged = random() < fimShare
    const room = contextLength - header.length - (rearranged ? 4 + fimSlack : 1)
    // Later passes shift the cuts by shortening the first piece. It stays longer than half of the context,
    // so that no two samples without an end meet in one row.
    const firstRoom = pass === 0 ? room : integerIn(random, Math.ceil(room * 0.7), room)
    for (const { from, to } of cutPieces(ids, room, firstRoom)) {
      const piece = ids.slice(from, to)
      const sample = rearranged ? fimSample(header, tokenizer.decode(piece), random) : undefined
      if (sample !== undefined) yield sample
      else yield to === ids.length ? [...header, ...piece, end] : [...header, ...piece]
    }
  }
}

/**
 * Rows of a held-out document: `<|end|>` for a start, then at most `contextLength` ids of plain text. The
 * targets of these rows are exactly the document's bytes: none is left out, and nothing else is paid for.
 */
export function heldoutRowsOf(document: Document, tokenizer: Tokenizer, contextLength: number): number[][] {
  const ids = tokenizer.encode(document.text)
  const rows: number[][] = []
  for (let at = 0; at < ids.length; at += contextLength)
    rows.push([tokenizer.special.end, ...ids.slice(at, at + contextLength)])
  return rows
}
