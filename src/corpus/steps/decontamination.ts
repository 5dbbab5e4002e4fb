import { documentKey, type Step } from '../document.ts'
import { eachGram, type GramTable } from '../grams.ts'

/** A gram in more files than this is a licence text or an idiom, not a leaked problem. */
const COMMON_FILES = 10

/**
 * Drops every document that shares a word 13-gram with a benchmark, unless that gram is in more than ten
 * files of the corpus. The survey counts in how many files each benchmark gram occurs.
 */
export function decontaminationStep(grams: GramTable): Step {
  const slotsOf = new Map<string, number[]>()
  return {
    name: 'decontamination',
    survey(document) {
      const slots = new Set<number>()
      eachGram(document.text, (gram) => {
        const slot = grams.find(gram)
        if (slot >= 0) slots.add(slot)
      })
      for (const slot of slots) grams.increment(slot)
      if (slots.size > 0) slotsOf.set(documentKey(document), [...slots])
    },
    judge(document) {
      const isCopied = slotsOf.get(documentKey(document))?.some((slot) => grams.count(slot) <= COMMON_FILES)
      return isCopied ? { drop: 'shares 13 words with a benchmark' } : { keep: document }
    },
  }
}
