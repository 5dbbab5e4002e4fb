import type { Problem } from './problems.ts'
import { eachName, spacedWords } from './words.ts'

/** Finds texts that hold the name of a problem's function together with a sentence that describes it. */
export interface ProblemTable {
  add(problem: Problem, set: string): void
  /** The sets one of whose problems is in the text, sorted. */
  match(text: string): string[]
}

const FILTER_BITS = 20

export function createProblemTable(): ProblemTable {
  /** Hash of a name → sentence → sets. */
  const problems = new Map<number, Map<string, Set<string>>>()
  /** Which hashes may be in the map, by their last bits: most words of a text are in it by no name. */
  const filter = new Uint8Array(1 << FILTER_BITS)

  return {
    add({ names, sentences }, set) {
      for (const name of names)
        eachName(name, (hash) => {
          filter[hash & (filter.length - 1)] = 1
          const known = problems.get(hash) ?? new Map<string, Set<string>>()
          problems.set(hash, known)
          for (const sentence of sentences) known.set(sentence, (known.get(sentence) ?? new Set()).add(set))
        })
    },
    match(text) {
      const named = new Set<number>()
      eachName(text, (hash) => {
        if (filter[hash & (filter.length - 1)] && problems.has(hash)) named.add(hash)
      })
      if (named.size === 0) return []
      const words = spacedWords(text)
      const found = new Set<string>()
      for (const hash of named)
        for (const [sentence, sets] of problems.get(hash)!)
          if (words.includes(` ${sentence} `)) for (const set of sets) found.add(set)
      return [...found].sort()
    },
  }
}
