/**
 * Takes secrets and personal data out of a text: tokens and keys by their form or, behind a telling name, by their
 * entropy; e-mail and public IP addresses; names in copyright notices and author lines. Each is replaced by a
 * placeholder that reads like code, so that the text still parses. What is looked for is `rules.json`.
 */
import { createRequire } from 'node:module'
import { type Check, checks } from './checks.ts'

interface Rule {
  /** What is counted. */
  kind: string
  /** One of these must be in the text before the pattern is tried: a search for a word is far cheaper. */
  hints: string[]
  /** Regular expression; what its group `found` matches is replaced. */
  pattern: string
  flags?: string
  /** What `found` must not match, case aside. */
  unless?: string
  check?: Check
  placeholder: string
}

const table = createRequire(import.meta.url)('./rules.json') as Rule[]
const rules = table.map((rule) => ({
  ...rule,
  pattern: new RegExp(rule.pattern, `dg${rule.flags ?? ''}`),
  unless: rule.unless === undefined ? undefined : new RegExp(rule.unless, 'i'),
}))

/** The kinds that {@link redact} counts. */
export const redactionKinds: readonly string[] = [...new Set(table.map(({ kind }) => kind))]

/** The text without secrets and personal data, and how many of each kind there were. */
export function redact(text: string): { text: string; counts: Record<string, number> } {
  const counts: Record<string, number> = {}
  let current = text
  for (const { kind, hints, pattern, unless, check, placeholder } of rules) {
    if (!hints.some((hint) => current.includes(hint))) continue
    const pieces: string[] = []
    let end = 0
    for (const match of current.matchAll(pattern)) {
      const found = match.groups?.found ?? ''
      const [from, to] = match.indices?.groups?.found ?? [0, 0]
      if (
        unless?.test(found) ||
        (check && !checks[check](found, current.slice(Math.max(0, from - 24), from)))
      )
        continue
      pieces.push(current.slice(end, from), placeholder)
      end = to
      counts[kind] = (counts[kind] ?? 0) + 1
    }
    if (end > 0) current = pieces.join('') + current.slice(end)
  }
  return { text: current, counts }
}
