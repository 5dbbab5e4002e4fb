import type { Step } from '../document.ts'
import { redact } from '../redaction/index.ts'

/** Replaces secrets and personal data; the document stays, with the number of replacements of each kind. */
export function redactionStep(): Step {
  return {
    name: 'redaction',
    judge(document) {
      const { text, counts } = redact(document.text)
      return { keep: Object.keys(counts).length === 0 ? document : { ...document, text, redactions: counts } }
    },
  }
}
