/** Reads `practice/tasks.yaml`: how people ask for a task. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { messageOf, projectRoot, type Random, UserError } from '../../lib/index.ts'
import { type SandboxLanguage, sandboxLanguages } from '../../sandbox/index.ts'
import { pick } from '../families/choose.ts'
import { fill } from '../families/wording.ts'

const templates = z.array(z.string()).min(1)

const schema = z.strictObject({
  languages: z.partialRecord(z.enum(sandboxLanguages), z.string()),
  generate: templates,
  explain: templates,
  explain_steps: templates,
  document: templates,
  test: templates,
  translate: templates,
  fix: templates,
  failures: templates,
  rename: templates,
  add_types: templates,
  examples: templates,
  /** Names that fit about anything, for a parameter that is to be called otherwise. */
  other_names: z.array(z.string()).min(1),
})

export type Instructions = z.infer<typeof schema>
type Kind = Exclude<keyof Instructions, 'languages' | 'other_names'>

/** Throws a {@link UserError} where the file is not as it should be. */
export function loadInstructions(path = join(projectRoot, 'practice', 'tasks.yaml')): Instructions {
  try {
    return schema.parse(parse(readFileSync(path, 'utf8')))
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined
    const what = issue === undefined ? messageOf(error) : `${issue.path.join('.')}: ${issue.message}`
    throw new UserError(`practice/tasks.yaml: ${what}`, 'Mend the file; its first lines say what it holds.', {
      cause: error,
    })
  }
}

/** One of the ways to say it and a blank line, its holes filled by texts that are taken as they are; or nothing. */
export function instruct(
  instructions: Instructions,
  kind: Kind,
  holes: Readonly<Record<string, string>>,
  random: Random,
): string {
  // Code keeps its blanks: it takes the place of its mark when the sentence is finished.
  const marks = Object.fromEntries(Object.keys(holes).map((name) => [name, { text: [`⟦${name}⟧`] }]))
  const sentence = fill(pick(instructions[kind], random), marks, random).join('')
  const text = sentence.replace(/⟦(\w+)⟧/g, (_, name: string) => holes[name] ?? '')
  return text === '' ? '' : `${text.trimEnd()}\n\n`
}

/** A language's name in prose. */
export function languageName(instructions: Instructions, language: SandboxLanguage): string {
  return instructions.languages[language] ?? language
}
