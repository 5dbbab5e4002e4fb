/** A decision by rules, as a tree: its code in several forms, and the conditions under which each result comes. */
import type { Random } from '../../lib/index.ts'
import { pick } from './choose.ts'
import type { Clause } from './rule-set.ts'

export type Decision = { result: Clause } | { when: Clause; yes: Decision; no: Decision }

/** Rules in order, the first that holds decides. One more result than conditions. */
export function firstMatch(conditions: readonly Clause[], results: readonly Clause[]): Decision {
  const [condition, ...more] = conditions
  const [result, ...rest] = results
  if (condition === undefined) return { result: result as Clause }
  return { when: condition, yes: { result: result as Clause }, no: firstMatch(more, rest) }
}

/** For every result, when it comes: a condition over the parameters. */
export function casesOf(decision: Decision, path: readonly string[] = []): string[] {
  if ('result' in decision) return [path.join(' and ') || 'True']
  const { when, yes, no } = decision
  return [...casesOf(yes, [...path, `(${when.code})`]), ...casesOf(no, [...path, `not (${when.code})`])]
}

/** The body of a function that decides. `variable` is a name for the result. */
export function decisionBody(decision: Decision, variable: string, random: Random): string[] {
  const expression = `return ${asExpression(decision)}`
  if (expression.length < 74 && random() < 0.5) return [expression]
  const form = pick(['elif', 'elif', 'early', 'variable'] as const, random)
  if (form === 'early') return early(decision)
  if (form === 'elif') return branches(decision, (code) => `return ${code}`)
  return [...branches(decision, (code) => `${variable} = ${code}`), `return ${variable}`]
}

function asExpression(decision: Decision): string {
  if ('result' in decision) return decision.result.code
  const { when, yes, no } = decision
  const inner = 'result' in yes ? yes.result.code : `(${asExpression(yes)})`
  return `${inner} if ${when.code} else ${asExpression(no)}`
}

function early(decision: Decision): string[] {
  if ('result' in decision) return [`return ${decision.result.code}`]
  return [`if ${decision.when.code}:`, ...early(decision.yes).map(indent), ...early(decision.no)]
}

function branches(decision: Decision, end: (code: string) => string): string[] {
  if ('result' in decision) return [end(decision.result.code)]
  const lines = [`if ${decision.when.code}:`, ...branches(decision.yes, end).map(indent)]
  let rest = decision.no
  while (!('result' in rest) && 'result' in rest.yes) {
    lines.push(`elif ${rest.when.code}:`, ...branches(rest.yes, end).map(indent))
    rest = rest.no
  }
  return [...lines, 'else:', ...branches(rest, end).map(indent)]
}

export function indent(line: string): string {
  return `    ${line}`
}
