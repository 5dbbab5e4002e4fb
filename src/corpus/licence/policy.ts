/**
 * Which licences may feed a model. The policy is data, `corpora/licences.json`: the SPDX ids that are allowed,
 * the other names under which packages give them, and phrases by which a licence's text is known. Whatever is
 * not allowed there is dropped, the unknown included.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import parse, { type SpdxNode } from 'spdx-expression-parse'
import spdxIds from 'spdx-license-list/simple.js'
import satisfies from 'spdx-satisfies'
import { projectRoot } from '../../lib/index.ts'

interface PolicyFile {
  /** SPDX ids, the most permissive first. */
  allowed: string[]
  /** SPDX ids of the licences whose whole texts stand in headers. */
  compared: string[]
  /** Lower-case name → SPDX expression. */
  aliases: Record<string, string>
  /** `phrases` are lower-case with single spaces; all must be there, and none of `not`. */
  texts: { license: string; phrases: string[]; not?: string[] }[]
}

export const UNKNOWN = 'unknown'

const policy = JSON.parse(readFileSync(join(projectRoot, 'corpora', 'licences.json'), 'utf8')) as PolicyFile
const allowed = new Set(policy.allowed)
const aliases = new Map(Object.entries(policy.aliases))
const idsByLowerCase = new Map([...(spdxIds as Set<string>)].map((id) => [id.toLowerCase(), id]))
const ranks = new Map(policy.allowed.map((id, rank) => [id, rank]))
const rankCache = new Map<string, number>()
const isAllowedCache = new Map<string, boolean>()

/** Ids of the licences to whose texts a header is compared. */
export const comparedLicences: readonly string[] = policy.compared

/** The policy's content, for the key under which results are cached. */
export const policyText = JSON.stringify(policy)

/** True where the policy's licences are enough to use what is under this SPDX expression. */
export function isAllowed(expression: string): boolean {
  let answer = isAllowedCache.get(expression)
  if (answer === undefined) {
    answer = judge(expression)
    isAllowedCache.set(expression, answer)
  }
  return answer
}

function judge(expression: string): boolean {
  try {
    // An exception grants more than its licence alone, so it can be left aside here.
    return satisfies(expression.replace(/ WITH \S+?(?=[\s)]|$)/g, ''), [...allowed])
  } catch {
    return false
  }
}

/** Where an expression's licence stands in the policy's order, 0 for the most permissive; `Infinity` where it is not allowed. */
export function licenceRank(expression: string): number {
  let rank = rankCache.get(expression)
  if (rank === undefined) {
    try {
      rank = rankOf(parse(expression))
    } catch {
      rank = Number.POSITIVE_INFINITY
    }
    rankCache.set(expression, rank)
  }
  return rank
}

/** Of licences that all apply the least permissive one counts, of a choice the most permissive. */
function rankOf(node: SpdxNode): number {
  if ('license' in node) return ranks.get(node.license) ?? Number.POSITIVE_INFINITY
  const both = [rankOf(node.left), rankOf(node.right)]
  return node.conjunction === 'and' ? Math.max(...both) : Math.min(...both)
}

/** The SPDX expression that a name stands for, in whatever spelling, or `undefined`. */
export function spdxOfName(name: string): string | undefined {
  const key = name.trim().toLowerCase().replace(/\s+/g, ' ')
  const known = aliases.get(key) ?? aliases.get(key.replace(/\.0$/, '')) ?? idsByLowerCase.get(key)
  if (known !== undefined) return known
  const gnu = /^([al]?gpl|gfdl)(?:-?v?(\d)(?:\.(\d))?)?(\+|-or-later|-only)?(?:-with-.*)?$/.exec(key)
  if (gnu)
    return `${gnu[1]!.toUpperCase()}-${gnu[2] ?? '1'}.${gnu[3] ?? '0'}-${gnu[4] === undefined || gnu[4] === '-only' ? 'only' : 'or-later'}`
  return undefined
}

/** A valid SPDX expression as it was, else what its name stands for, else `undefined`. */
export function normaliseExpression(text: string): string | undefined {
  const trimmed = text.trim()
  try {
    parse(trimmed)
    return trimmed
  } catch {
    return spdxOfName(trimmed)
  }
}

/**
 * The licence whose well-known words are in `text`, or `undefined`. Several are joined by AND, so that a
 * copyleft licence beside a permissive one counts; by OR only where the text of one file offers a choice.
 */
export function recogniseText(text: string, of: 'file' | 'package'): string | undefined {
  const plain = plainWords(text)
  const found = new Set<string>()
  for (const { license, phrases, not } of policy.texts) {
    const isThere =
      phrases.every((phrase) => plain.includes(phrase)) && !not?.some((phrase) => plain.includes(phrase))
    if (isThere) found.add(license)
  }
  if (found.size === 0) return undefined
  return [...found].join(of === 'file' && offersChoice(plain) ? ' OR ' : ' AND ')
}

/** "Either … or", but not the GPL's own "at your option any later version". */
function offersChoice(plain: string): boolean {
  const words = plain.replace(/\(?at your option\)? any later/g, '').replace(/either version \d/g, '')
  return /\b(?:either|alternatively|at your option|dual[- ]licensed|or the mit|or mit)\b/.test(words)
}

/** Joins SPDX expressions by AND, each simple one once. */
export function allOf(expressions: Iterable<string>): string {
  const parts = new Set<string>()
  for (const expression of expressions) {
    if (/[()]| OR /.test(expression)) parts.add(expression)
    else for (const one of expression.split(' AND ')) parts.add(one)
  }
  if (parts.size === 1) return [...parts][0]!
  return [...parts].map((part) => (/ OR /.test(part) ? `(${part})` : part)).join(' AND ')
}

/** Lower-case words with comment marks and line ends between them gone. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[\s/*#;%"'!<>-]+/gm, ' ')
    .replace(/[\s*]+/g, ' ')
}
