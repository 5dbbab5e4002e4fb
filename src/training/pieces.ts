import type { Tokenizer } from '../tokenizer/index.ts'

/** Token ids of a part of a document, `[from, to)`. */
export interface Piece {
  from: number
  to: number
}

/** Cuts a document's ids into pieces: the first of at most `firstRoom` tokens, the others of at most `room`. */
export type PieceCutter = (ids: readonly number[], room: number, firstRoom?: number) => Piece[]

/** A piece ends at a line's end where one lies in its last sixteenth; a longer line is cut between characters. */
const fullShare = 15 / 16

/**
 * Makes a cutter for one tokenizer. Pieces are cut behind a token that ends a line, so that their ids are
 * those of their text: the pre-tokenizer never looks back. Every piece but a document's last is longer than
 * 15/16 of its room, less the bytes of one character.
 */
export function createPieceCutter(tokenizer: Tokenizer): PieceCutter {
  const endsLine = new Uint8Array(tokenizer.vocabularySize)
  const startsCharacter = new Uint8Array(tokenizer.vocabularySize)
  for (let id = 0; id < tokenizer.vocabularySize; id++) {
    const bytes = tokenizer.bytesOf(id)
    endsLine[id] = bytes.at(-1) === 0x0a ? 1 : 0
    startsCharacter[id] = ((bytes[0] ?? 0) & 0xc0) === 0x80 ? 0 : 1
  }

  /** Where the piece that starts at `from` ends, when the document goes on behind `limit`. */
  function cutBefore(ids: readonly number[], from: number, limit: number): number {
    const least = from + Math.ceil((limit - from) * fullShare)
    for (let at = limit; at >= least; at--) if (endsLine[ids[at - 1] as number]) return at
    for (let at = limit; at > from; at--) if (startsCharacter[ids[at] as number]) return at
    return limit
  }

  return (ids, room, firstRoom = room) => {
    const pieces: Piece[] = []
    let from = 0
    let limit = firstRoom
    while (ids.length - from > limit) {
      const to = cutBefore(ids, from, from + limit)
      pieces.push({ from, to })
      from = to
      limit = room
    }
    if (from < ids.length) pieces.push({ from, to: ids.length })
    return pieces
  }
}
