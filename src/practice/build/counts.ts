import type { SandboxLanguage } from '../../sandbox/index.ts'

/** What became of the renderings of each language, and of the samples. */
export interface Counts {
  exercises: number
  samples: number
  languages: Partial<Record<SandboxLanguage, LanguageCounts>>
  /** Of renderings that did not agree, the first few: the language, what went wrong, and the code. */
  disagreements: string[]
}

export interface LanguageCounts {
  rendered: number
  agreed: number
  /** Not run at all, since a toolchain is missing. */
  refused: number
}

export const keptDisagreements = 20

export function noCounts(): Counts {
  return { exercises: 0, samples: 0, languages: {}, disagreements: [] }
}

/** Adds `more` to `counts`, which is changed. */
export function addCounts(counts: Counts, more: Counts): void {
  counts.exercises += more.exercises
  counts.samples += more.samples
  for (const [name, { rendered, agreed, refused }] of Object.entries(more.languages)) {
    const language = name as SandboxLanguage
    const sum = counts.languages[language] ?? { rendered: 0, agreed: 0, refused: 0 }
    sum.rendered += rendered
    sum.agreed += agreed
    sum.refused += refused
    counts.languages[language] = sum
  }
  counts.disagreements.push(...more.disagreements.slice(0, keptDisagreements - counts.disagreements.length))
}
