import { type Document, documentKey, type Step } from '../document.ts'
import { licenceRank } from '../licence/index.ts'
import { SIGNATURE_VALUES, writeSignature } from '../minhash.ts'
import { createSimilarityIndex } from '../similarity-index.ts'

/** Near-duplicates as in The Stack (Kocetkov et al. 2022): estimated Jaccard similarity of token 5-grams. */
const THRESHOLD = 0.7

/**
 * Keeps one of the documents that are nearly the same: the one under the most permissive licence, of those the
 * longest, of those the first. Documents are taken in that order, and one is dropped where a document that was
 * kept is similar to it; so whatever is dropped has its like in the corpus, which chains of similar pairs do not
 * promise. A signature takes 512 bytes, the index 128 bytes more a document.
 */
export function nearDuplicateStep(): Step {
  const indexOf = new Map<string, number>()
  const ranks: number[] = []
  const lengths: number[] = []
  let signatures = new Uint32Array(SIGNATURE_VALUES << 12)
  let kept: Uint8Array | undefined

  function remember(document: Document): void {
    const index = indexOf.size
    indexOf.set(documentKey(document), index)
    ranks.push(licenceRank(document.license))
    lengths.push(document.text.length)
    if ((index + 1) * SIGNATURE_VALUES > signatures.length) {
      const larger = new Uint32Array(signatures.length + Math.max(signatures.length >> 1, SIGNATURE_VALUES))
      larger.set(signatures)
      signatures = larger
    }
    writeSignature(document.text, signatures, index * SIGNATURE_VALUES)
  }

  function choose(): Uint8Array {
    const count = indexOf.size
    const order = Uint32Array.from({ length: count }, (_, i) => i)
    order.sort((a, b) => ranks[a]! - ranks[b]! || lengths[b]! - lengths[a]! || a - b)
    const index = createSimilarityIndex(signatures, count)
    const chosen = new Uint8Array(count)
    for (const document of order) {
      if (index.find(document, THRESHOLD) >= 0) continue
      chosen[document] = 1
      index.add(document)
    }
    signatures = new Uint32Array(0)
    return chosen
  }

  return {
    name: 'near-duplicates',
    survey: remember,
    judge(document) {
      kept ??= choose()
      return kept[indexOf.get(documentKey(document))!]
        ? { keep: document }
        : { drop: 'nearly the same text as a file that is kept' }
    },
  }
}
