import { createHash } from 'node:crypto'
import { type Document, documentKey, type Step } from '../document.ts'
import { licenceRank } from '../licence/index.ts'

/** Keeps one of the documents that are the same but for white space: under the most permissive licence, the first. */
export function duplicateStep(): Step {
  const best = new Map<string, { key: string; rank: number }>()
  return {
    name: 'duplicates',
    survey(document) {
      const digest = digestOf(document)
      const rank = licenceRank(document.license)
      const known = best.get(digest)
      if (!known || rank < known.rank) best.set(digest, { key: documentKey(document), rank })
    },
    judge(document) {
      return best.get(digestOf(document))?.key === documentKey(document)
        ? { keep: document }
        : { drop: 'same text as another file' }
    },
  }
}

function digestOf(document: Document): string {
  const collapsed = document.text.replace(/\s+/g, ' ').trim()
  return createHash('sha256').update(collapsed).digest('base64').slice(0, 22)
}
