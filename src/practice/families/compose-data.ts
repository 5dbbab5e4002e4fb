/** Reads `practice/compose.yaml`: what chains of stages begin with, and the sentences that describe them. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { messageOf, projectRoot, UserError } from '../../lib/index.ts'

const texts = z.array(z.string().min(1)).min(1)

const itemWords = z.strictObject({
  many: z.string(),
  one: z.string(),
  /** Names for a variable that holds one. */
  variables: texts,
})

const lift = z.strictObject({
  needs: z.enum(['any', 'bool', 'number', 'key']),
  entry: texts,
  code: texts,
  returns: texts,
  describe: texts,
})

const listed = z.strictObject({
  intro: z.string(),
  first: z.string(),
  next: z.string(),
  last: z.string(),
  join: z.string(),
})
const exceptions = z.strictObject({ intro: z.string(), each: z.string(), join: z.string() })
const summed = z.strictObject({ intro: z.string(), each: z.string(), last: z.string(), join: z.string() })

const rules = z.strictObject({
  firstMatch: z.array(listed).min(1),
  exceptions: z.array(exceptions).min(1),
  nested: texts,
  inner: texts,
  tiers: z.array(listed).min(1),
  sum: z.array(summed).min(1),
  collect: z.array(summed).min(1),
})

const composeSchema = z.strictObject({
  begins: z.record(z.string(), z.array(z.strictObject({ names: texts, inputs: z.string() })).min(1)),
  items: z.record(z.string(), z.array(itemWords).min(1)),
  nothing: z.record(z.string(), texts),
  names: z.strictObject({ entry: texts, plain: texts }),
  stepwise: z.strictObject({ '2': texts, '3': texts }),
  guards: texts,
  early: z.record(z.string(), z.array(z.strictObject({ code: z.string(), say: z.string() }))),
  lifts: z.array(lift).min(1),
  rules,
})

export type ComposeData = z.infer<typeof composeSchema>
export type Lift = z.infer<typeof lift>
export type RulePhrases = z.infer<typeof rules>
export type ItemWords = z.infer<typeof itemWords>

/** Throws a {@link UserError} that names the field. */
export function loadCompose(path = join(projectRoot, 'practice', 'compose.yaml')): ComposeData {
  try {
    return composeSchema.parse(parse(readFileSync(path, 'utf8')))
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined
    const what = issue === undefined ? messageOf(error) : `${issue.path.join('.')}: ${issue.message}`
    throw new UserError(`${relative(projectRoot, path)}: ${what}`, 'Mend the field.', { cause: error })
  }
}
