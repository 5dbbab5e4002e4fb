/** Reads `practice/rules/*.yaml`: conditions and results of which specifications of several clauses are made. */
import { z } from 'zod'
import type { Random } from '../../lib/index.ts'
import { pick } from './choose.ts'

const texts = z.array(z.string().min(1)).min(1)
const numberOrText = z.union([z.number().transform(String), z.string()])

/** `$n` in `code` and `say` is one of `n`. Where `say` is absent, the code is a literal that says itself. */
const clause = z.strictObject({
  code: z.union([
    z.string(),
    z.number().transform(String),
    z.boolean().transform((value) => (value ? 'True' : 'False')),
  ]),
  say: z.string().optional(),
  n: z.array(numberOrText).min(1).optional(),
})

export const ruleSetSchema = z.strictObject({
  rules: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words with dashes'),
  /** What it is about: one sentence. */
  scene: texts,
  entry: texts,
  parameters: z.record(z.string(), z.strictObject({ type: z.string(), inputs: z.string(), names: texts })),
  result: z.enum(['int', 'float', 'str', 'bool']),
  /** A noun phrase for the result. */
  gives: texts,
  conditions: z.array(clause).min(3),
  results: z.array(clause).min(1),
  /** Results for when no condition holds; where absent, any. */
  otherwise: z.array(clause).optional(),
  /** A parameter whose value is divided into steps, ways to say it, and limits of steps. */
  tiers: z
    .strictObject({ of: z.string(), say: z.string(), at: z.array(z.array(z.number()).min(2)) })
    .optional(),
  /** When it is an error, and what parameters are then fed. */
  invalid: z
    .strictObject({ code: z.string(), say: z.string(), inputs: z.record(z.string(), z.string()) })
    .optional(),
})

export type RuleSet = z.infer<typeof ruleSetSchema>
export type ClauseTemplate = z.infer<typeof clause>

/** A condition or a result after its number is chosen: code and a text template. */
export interface Clause {
  code: string
  say: string | undefined
}

export function chooseClause(template: ClauseTemplate, random: Random): Clause {
  const n = template.n === undefined ? '' : pick(template.n, random)
  const filled = (text: string) => text.replaceAll(/\$n(?!\w)/g, n)
  return { code: filled(template.code), say: template.say === undefined ? undefined : filled(template.say) }
}

/** Clauses of different templates. Fewer where there are not so many. */
export function chooseClauses(templates: readonly ClauseTemplate[], count: number, random: Random): Clause[] {
  const left = [...templates]
  const chosen: Clause[] = []
  while (chosen.length < count && left.length > 0) {
    const [template] = left.splice(Math.floor(random() * left.length), 1)
    chosen.push(chooseClause(template as ClauseTemplate, random))
  }
  return chosen
}

/** Results that differ; one template may give several. */
export function chooseResults(templates: readonly ClauseTemplate[], count: number, random: Random): Clause[] {
  const chosen: Clause[] = []
  for (let attempt = 0; chosen.length < count && attempt < 60; attempt++) {
    const result = chooseClause(pick(templates, random), random)
    if (!chosen.some(({ code }) => code === result.code)) chosen.push(result)
  }
  while (chosen.length < count) chosen.push(chosen.at(-2) ?? (chosen[0] as Clause))
  return chosen
}
