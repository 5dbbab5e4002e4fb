/** Descriptions that are too much alike, and solutions of different families that are the same program. */

import type { Family } from './family.ts'
import words from './function-words.json' with { type: 'json' }
import { reporter } from './lint-report.ts'
import type { Problem } from './load.ts'

/** Texts of equal length count as alike if no more than this part of their words differs. */
const fewWords = 0.15
/** Shorter texts than this many words may have the same frame in two families. */
const shortFrame = 10

const functionWords = new Set(words)

/** Descriptions of one family that differ in a word or two. */
export function lintDescriptions(family: Family): Problem[] {
  const { problems, report } = reporter(family)
  for (const field of ['describe', 'returns'] as const) {
    const texts = (family[field] ?? []).map(wordsOfTemplate)
    texts.forEach((text, index) => {
      const other = texts.slice(0, index).findIndex((earlier) => areAlike(text, earlier))
      if (other >= 0) report([field, index], `says the same as ${field}[${other}] but for a word or two`)
    })
  }
  return problems
}

function areAlike(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  const different = a.filter((word, index) => word !== b[index]).length
  return different <= Math.max(1, a.length * fewWords)
}

/** Descriptions of different families that are the same when nouns and names are blanked. */
export function lintFrames(families: readonly Family[]): Problem[] {
  const first = new Map<string, string>()
  return families.flatMap((family) => {
    const { problems, report } = reporter(family)
    family.describe.forEach((template, index) => {
      const frame = wordsOfTemplate(template).map((word) => (functionWords.has(word) ? word : '_'))
      if (frame.length < shortFrame) return
      const key = frame.join(' ')
      const other = first.get(key)
      if (other === undefined) first.set(key, family.family)
      else if (other !== family.family)
        report(['describe', index], `differs from a text of ${other} in its nouns only`)
    })
    return problems
  })
}

/** Lower-case words; holes are `_`, and of alternatives the first counts. */
function wordsOfTemplate(template: string): string[] {
  return template
    .replace(/\{[^{}]*\}/g, ' _ ')
    .replace(/\[([^[\]|]*)\|[^[\]]*\]/g, '$1')
    .toLowerCase()
    .split(/[^a-z0-9_'-]+/)
    .filter((word) => word !== '')
}

/** Shapes of programs by family: `shapeOf` of each solution. */
export type Shapes = ReadonlyMap<Family, ReadonlyMap<string, number>>

/** Solutions of different families that are the same program but for its names. */
export function lintShapes(shapes: Shapes): Problem[] {
  const first = new Map<string, string>()
  return [...shapes].flatMap(([family, solutions]) => {
    const { problems, report } = reporter(family)
    for (const [shape, solution] of solutions) {
      const other = first.get(shape)
      if (other === undefined) first.set(shape, family.family)
      else if (other !== family.family)
        report(['code', solution], `is the same program as a solution of ${other}`)
    }
    return problems
  })
}
