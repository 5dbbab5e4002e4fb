/** Documents laid end to end, each behind a start token: what n-grams are counted in. */
export interface TokenSequence {
  /** Ids with a capacity of their own; only the first `length` count. */
  ids: Uint16Array
  length: number
  startToken: number
}

/** Makes an empty sequence. `startToken` occurs in no document: it stands for what comes before one. */
export function createTokenSequence(startToken: number): TokenSequence {
  return { ids: new Uint16Array(1 << 16), length: 0, startToken }
}

/** Adds a document's ids (each below 65,536). */
export function addDocument(sequence: TokenSequence, document: ArrayLike<number>): void {
  const needed = sequence.length + document.length + 1
  if (needed > sequence.ids.length) {
    const larger = new Uint16Array(Math.max(needed, 2 * sequence.ids.length))
    larger.set(sequence.ids.subarray(0, sequence.length))
    sequence.ids = larger
  }
  sequence.ids[sequence.length] = sequence.startToken
  sequence.ids.set(document, sequence.length + 1)
  sequence.length = needed
}
