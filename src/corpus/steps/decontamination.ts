import { type Benchmarks, eachGram } from '../decontamination/index.ts'
import { type Document, documentKey, type Step } from '../document.ts'

/** A gram in more files than this is a licence text or an idiom, not a leaked problem. */
const COMMON_FILES = 10

interface Match {
  /** Benchmark grams in the document, by their slot. */
  grams: Map<number, number>
  /** The sets whose problem is in it by name and description. */
  sets: string[]
}

/**
 * Drops every document that shares a word 13-gram with a benchmark, unless that gram is in more than ten
 * files of the corpus; and, since short problems hold no 13 words, every one that has the name of a problem's
 * function together with a sentence of its description. The survey counts in how many files each benchmark gram
 * occurs. The reason names the sets.
 */
export function decontaminationStep({ grams, sets, problems }: Benchmarks): Step {
  const matches = new Map<string, Match>()

  function matchOf({ text }: Document): Match {
    const found = new Map<number, number>()
    eachGram(text, (gram) => {
      const slot = grams.find(gram)
      if (slot >= 0) found.set(slot, gram)
    })
    return { grams: found, sets: problems.match(text) }
  }

  return {
    name: 'decontamination',
    survey(document) {
      const match = matchOf(document)
      for (const slot of match.grams.keys()) grams.increment(slot)
      if (match.grams.size > 0 || match.sets.length > 0) matches.set(documentKey(document), match)
    },
    judge(document) {
      const match = matches.get(documentKey(document))
      if (!match) return { keep: document }
      const rare = [...match.grams].filter(([slot]) => grams.count(slot) <= COMMON_FILES)
      const copied = sets.filter((set) => rare.some(([, gram]) => set.grams.find(gram) >= 0))
      if (copied.length > 0) return { drop: `shares 13 words with ${list(copied.map(({ name }) => name))}` }
      if (match.sets.length > 0) return { drop: `has a function of ${list(match.sets)} with its description` }
      return { keep: document }
    },
  }
}

/** Sets that are translations of one another match together; three of their names say enough. */
function list(names: string[]): string {
  const rest = names.length - 3
  return names.slice(0, 3).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
