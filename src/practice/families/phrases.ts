/** Reads `practice/phrases.yaml`: the sentence frames and words that exercises are described with. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { messageOf, projectRoot, UserError } from '../../lib/index.ts'

/** The ways in which an exercise is described: see the comments of the file. */
export const registers = [
  'summary',
  'documentation',
  'question',
  'instruction',
  'request',
  'comment',
  'terse',
  'purpose',
  'rules',
  'given',
] as const

export type Register = (typeof registers)[number]

const texts = z.array(z.string().min(1)).min(1)
const share = z.number().min(0).max(1)

const registerSchema = z.strictObject({
  /** How often a sentence on an edge case, and an example, is added. */
  edge: share,
  example: share,
  /** Each requirement stands on a line of its own, after a dash. */
  bullets: z.boolean().default(false),
  frames: texts,
})

const words = z.strictObject({ one: texts, many: texts })
const typeNames = [
  ...['int', 'float', 'bool', 'str', 'char', 'date', 'timedelta', 'none', 'record'],
  ...['list', 'set', 'dict', 'tuple', 'pair', 'equalPair', 'optional'],
] as const

const phrasesSchema = z.strictObject({
  registers: z.record(z.enum(registers), registerSchema),
  sentences: z.strictObject({ error: texts, edge: texts, example: texts }),
  parameter: texts,
  result: texts,
  purposes: texts,
  types: z.record(z.enum(typeNames), words),
  empty: z.record(z.enum(['list', 'string', 'map', 'set']), texts),
})

export type Phrases = z.infer<typeof phrasesSchema>

/** Throws a {@link UserError} that names the field. */
export function loadPhrases(path = join(projectRoot, 'practice', 'phrases.yaml')): Phrases {
  const name = relative(projectRoot, path)
  try {
    return phrasesSchema.parse(parse(readFileSync(path, 'utf8')))
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined
    const what = issue === undefined ? messageOf(error) : `${issue.path.join('.')}: ${issue.message}`
    throw new UserError(`${name}: ${what}`, 'Mend the file; its first lines say what it holds.', {
      cause: error,
    })
  }
}
