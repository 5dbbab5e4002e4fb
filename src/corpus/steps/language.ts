import type { Step } from '../document.ts'
import { detectLanguage } from '../languages.ts'

/** Finds each document's language and keeps those that the manifest has a target for. */
export function languageStep(wanted: ReadonlySet<string>): Step {
  return {
    name: 'language',
    judge(document) {
      const language = detectLanguage(document.path, document.text.slice(0, 10_000))
      if (language === 'unknown') return { drop: 'not a known language' }
      return wanted.has(language)
        ? { keep: { ...document, language } }
        : { drop: `no target for ${language}` }
    },
  }
}
