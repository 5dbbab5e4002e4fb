/**
 * Licence texts in the comment at a file's head, by likeness to the texts of the SPDX list: Dice's coefficient of
 * word pairs between a licence and the stretch of the comment that speaks its words. It tells what a phrase cannot:
 * whether the conditions after the phrase are that licence's, or somebody has added one.
 */
import licences from 'spdx-license-list/full.js'
import { comparedLicences } from './policy.ts'

/** From here on only names and the odd word differ: measured on headers that licensecheck knows as well. */
const SAME = 0.8
/** Between this and {@link SAME} a text is a licence with something changed in it. */
const CHANGED = 0.6
/** Pairs in a row that must match before a stretch counts as the licence's: less is chance. */
const RUN = 4

interface Template {
  license: string
  /** How often each pair of words is in the text. */
  pairs: Map<string, number>
  size: number
}

let templates: Template[] | undefined

/** The licence that the text spells out, `changed` where it is like one and not the same, else `undefined`. */
export function likestLicence(text: string): { license: string } | 'changed' | undefined {
  // Every text of the list grants something under conditions or disclaims a warranty.
  if (!/permi(?:ssion|tted)|warrant|copying|distribut/i.test(text)) return undefined
  const pairs = pairsOf(text)
  templates ??= comparedLicences.map(templateOf)
  let best = { license: '', likeness: 0 }
  for (const template of templates) {
    const likeness = likenessOf(pairs, template)
    if (likeness > best.likeness) best = { license: template.license, likeness }
  }
  if (best.likeness >= SAME) return { license: best.license }
  return best.likeness >= CHANGED ? 'changed' : undefined
}

/** The SPDX list's text of a licence. */
export function textOfLicence(license: string): string {
  const entry = (licences as Record<string, { licenseText: string }>)[license]
  if (!entry) throw new Error(`the SPDX list has no text of ${license}`)
  return entry.licenseText
}

function templateOf(license: string): Template {
  // The title and the copyright lines above the text are no part of the grant.
  const body = textOfLicence(license).replace(
    /^[\s\S]*?(?=permission|redistribution|this software|this is free|boost)/i,
    '',
  )
  const pairs = pairsOf(body)
  const counts = new Map<string, number>()
  for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  return { license, pairs: counts, size: pairs.length }
}

function pairsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.slice(1).map((word, i) => `${words[i]} ${word}`)
}

/** Dice's coefficient of the template and the stretch from the first to the last run of its pairs. */
function likenessOf(pairs: string[], { pairs: wanted, size }: Template): number {
  let first = -1
  let last = -1
  let run = 0
  for (let i = 0; i < pairs.length; i++) {
    run = wanted.has(pairs[i]!) ? run + 1 : 0
    if (run < RUN) continue
    if (first < 0) first = i - RUN + 1
    last = i
  }
  if (first < 0) return 0
  const left = new Map(wanted)
  let common = 0
  for (let i = first; i <= last; i++) {
    const count = left.get(pairs[i]!) ?? 0
    if (count === 0) continue
    left.set(pairs[i]!, count - 1)
    common++
  }
  return (2 * common) / (size + last - first + 1)
}
