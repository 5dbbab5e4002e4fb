import { createHash } from 'node:crypto'
import type { Step } from '../document.ts'

/** Keeps the first of the documents that are the same but for white space. */
export function duplicateStep(): Step {
  const seen = new Set<string>()
  return {
    name: 'duplicates',
    judge(document) {
      const collapsed = document.text.replace(/\s+/g, ' ').trim()
      const key = createHash('sha256').update(collapsed).digest('base64').slice(0, 22)
      if (seen.has(key)) return { drop: 'same text as an earlier file' }
      seen.add(key)
      return { keep: document }
    },
  }
}
