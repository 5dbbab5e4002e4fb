/** Exercises that are specifications of several clauses, made of the conditions and results of a rule set. */
import type { Random } from '../../lib/index.ts'
import { identifiersOf, pick } from './choose.ts'
import type { ComposeData } from './compose-data.ts'
import { casesOf, type Decision, decisionBody, firstMatch, indent } from './decision.ts'
import type { Draft } from './draft.ts'
import { type Clause, chooseClause, chooseClauses, chooseResults, type RuleSet } from './rule-set.ts'
import { rulesText } from './rules-text.ts'
import type { Text } from './wording.ts'

/** What was chosen: how the rules hang together, and the code that says the same. */
export type Specification =
  | { form: 'decision'; decision: Decision; nested: boolean }
  | { form: 'tiers'; subject: string; limits: number[]; results: Clause[] }
  /** Every rule that holds adds its number. */
  | { form: 'sum'; start: string; rules: Rule[] }
  /** Every rule that holds adds its string. */
  | { form: 'collect'; rules: Rule[]; mark: string; otherwise: Clause }

export interface Rule {
  condition: Clause
  result: Clause
}

/** A share of the specifications says when it is an error, where their rule set can. */
const withError = 0.5

export function draftRules(set: RuleSet & { topic: string }, data: ComposeData, random: Random): Draft {
  const specification = specify(set, random)
  const invalid = set.invalid !== undefined && random() < withError ? set.invalid : undefined
  const { body, cases } = write(specification, random)
  const code = [
    ...(invalid === undefined ? [] : [`if ${invalid.code}:`, '    raise ValueError("invalid")']),
    ...body,
  ]
  const used = new Set(identifiersOf(code.join('\n')))
  const parameters = Object.entries(set.parameters).filter(([name]) => used.has(name))
  const signature = parameters.map(([name, { type }]) => `${name}: ${type}`).join(', ')
  const spellings = Object.fromEntries(parameters.map(([name, { names }]) => [name, pick(names, random)]))
  const inputs = Object.fromEntries(
    parameters.map(([name, { inputs }]) => [name, invalid?.inputs[name] ?? inputs]),
  )
  const valid = invalid === undefined ? '' : ` and not (${invalid.code})`
  return {
    kind: 'rules',
    origins: [set.rules],
    topic: 'specifications',
    code: `def decide_it(${signature}) -> ${set.result}:\n${code.map(indent).join('\n')}\n`,
    entry: 'decide_it',
    spellings: { ...spellings, decide_it: pick(set.entry, random) },
    inputs,
    requires: [],
    occurs: [
      ...cases.map((condition) => `(${condition})${valid}`),
      ...(invalid === undefined ? [] : [invalid.code]),
    ],
    wording: {
      describe: (random): Text => rulesText(set, specification, invalid, spellings, data.rules, random),
    },
  }
}

function specify(set: RuleSet, random: Random): Specification {
  const constants = set.results.filter(({ code }) => code === '$n')
  const words = set.results.filter(({ code }) => code === '"$n"')
  const forms: (() => Specification)[] = [
    () => decide(set, random),
    () => decide(set, random),
    () => nest(set, random),
  ]
  if (set.tiers !== undefined) forms.push(() => tier(set, random))
  if (set.result === 'int' && constants.length > 0) {
    forms.push(() => {
      const rules = ruled(chooseClauses(set.conditions, between(2, 4, random), random), constants, random)
      return { form: 'sum', start: String(between(0, 5, random) * 2), rules }
    })
  }
  if (set.result === 'str' && words.length > 0) {
    forms.push(() => {
      const rules = ruled(chooseClauses(set.conditions, between(2, 3, random), random), words, random)
      const otherwise = chooseClause(pick(set.otherwise ?? words, random), random)
      return { form: 'collect', rules, mark: pick(['" "', '"-"', '""', '", "'], random), otherwise }
    })
  }
  return pick(forms, random)()
}

function ruled(conditions: readonly Clause[], templates: RuleSet['results'], random: Random): Rule[] {
  const results = chooseResults(templates, conditions.length, random)
  return conditions.map((condition, index) => ({ condition, result: results[index] as Clause }))
}

function decide(set: RuleSet, random: Random): Specification {
  const conditions = joinedInPairs(chooseClauses(set.conditions, between(2, 4, random), random), random)
  const results = chooseResults(set.results, conditions.length, random)
  const last = otherThan(results.at(-1), set.otherwise ?? set.results, random)
  return { form: 'decision', decision: firstMatch(conditions, [...results, last]), nested: false }
}

function otherThan(clause: Clause | undefined, templates: RuleSet['results'], random: Random): Clause {
  let chosen = chooseClause(pick(templates, random), random)
  for (let attempt = 0; attempt < 20 && chosen.code === clause?.code; attempt++)
    chosen = chooseClause(pick(templates, random), random)
  return chosen
}

/** Now and then, one rule has two conditions. */
function joinedInPairs(conditions: Clause[], random: Random): Clause[] {
  const [first, second, ...rest] = conditions
  if (first === undefined || second === undefined || rest.length === 0 || random() < 0.6) return conditions
  const word = pick(['and', 'or'], random)
  return [
    { code: `${first.code} ${word} ${second.code}`, say: `${first.say} ${word} ${second.say}` },
    ...rest,
  ]
}

function nest(set: RuleSet, random: Random): Specification {
  const [outer, left, right] = chooseClauses(set.conditions, 3, random) as [Clause, Clause, Clause]
  const [a, b, c, d] = chooseResults(set.results, 4, random) as [Clause, Clause, Clause, Clause]
  const inner = (when: Clause, yes: Clause, no: Clause) => firstMatch([when], [yes, no])
  const shape = between(0, 2, random)
  const yes: Decision = shape === 1 ? { result: a } : inner(left, a, b)
  const no: Decision = shape === 2 ? { result: c } : inner(right, c, d)
  return { form: 'decision', decision: { when: outer, yes, no }, nested: true }
}

function tier(set: RuleSet, random: Random): Specification {
  const { of, at } = set.tiers as NonNullable<RuleSet['tiers']>
  const limits = pick(at, random)
  return {
    form: 'tiers',
    subject: of,
    limits,
    results: chooseResults(set.results, limits.length + 1, random),
  }
}

/** The body of the function, and conditions each of which has to occur. */
function write(specification: Specification, random: Random): { body: string[]; cases: string[] } {
  switch (specification.form) {
    case 'decision':
      return {
        body: decisionBody(specification.decision, 'answer', random),
        cases: casesOf(specification.decision),
      }
    case 'tiers':
      return writeTiers(specification, random)
    case 'sum': {
      const additions = specification.rules.flatMap(({ condition, result }) => [
        `if ${condition.code}:`,
        `    total += ${result.code}`,
      ])
      return {
        body: [`total = ${specification.start}`, ...additions, 'return total'],
        cases: bothWays(specification.rules),
      }
    }
    case 'collect':
      return { body: collecting(specification, random), cases: bothWays(specification.rules) }
  }
}

function bothWays(rules: readonly Rule[]): string[] {
  return rules.flatMap(({ condition: { code } }) => [code, `not (${code})`])
}

function writeTiers(
  { subject, limits, results }: Extract<Specification, { form: 'tiers' }>,
  random: Random,
): { body: string[]; cases: string[] } {
  const conditions = limits.map((limit): Clause => ({ code: `${subject} <= ${limit}`, say: undefined }))
  const decision = firstMatch(conditions, results)
  const last = results.at(-1)?.code
  const asTable = results.every(({ code }) => /^("[^"]*"|-?\d+)$/.test(code)) && random() < 0.4
  if (!asTable) return { body: decisionBody(decision, 'answer', random), cases: casesOf(decision) }
  const rows = limits.map((limit, index) => `(${limit}, ${results[index]?.code})`).join(', ')
  const body = [
    `for bound, answer in [${rows}]:`,
    `    if ${subject} <= bound:`,
    '        return answer',
    `return ${last}`,
  ]
  return { body, cases: casesOf(decision) }
}

function collecting(
  { rules, mark, otherwise }: Extract<Specification, { form: 'collect' }>,
  random: Random,
): string[] {
  if (mark === '""' && random() < 0.6) {
    const additions = rules.flatMap(({ condition, result }) => [
      `if ${condition.code}:`,
      `    said += ${result.code}`,
    ])
    return ['said = ""', ...additions, 'if said == "":', `    return ${otherwise.code}`, 'return said']
  }
  const additions = rules.flatMap(({ condition, result }) => [
    `if ${condition.code}:`,
    `    parts.append(${result.code})`,
  ])
  const start = ['parts: list[str] = []', ...additions]
  if (random() < 0.5)
    return [...start, 'if not parts:', `    return ${otherwise.code}`, `return ${mark}.join(parts)`]
  return [...start, `return ${mark}.join(parts) if parts else ${otherwise.code}`]
}

function between(from: number, to: number, random: Random): number {
  return from + Math.floor(random() * (to - from + 1))
}
