/**
 * What `practice/families/*.yaml` and `practice/stages/*.yaml` hold, as schemas and types. `docs/practice.md` is the
 * specification; `load.ts` reads the files.
 */
import { z } from 'zod'

const label = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words with dashes')
const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name as Python writes it')
const text = z
  .string('a text: put it in quotes where it begins with { or [, or has ": " in it')
  .trim()
  .min(1, 'a text that is not empty')
const code = z.string('code').min(1, 'code that is not empty')

const value = z.union([z.string(), z.number().transform(String)], 'a text or a number')

/** One way an axis can be. `code`, `say` and `name` may be left out where they are not used. */
const option = z.union(
  [
    value.transform((text): Record<string, string> => ({ code: text, say: text, name: text })),
    z.record(identifier, value),
  ],
  'an option: a map such as { code: …, say: …, name: … }, or one text for all three',
)

const options = z.array(option, 'a list of options').min(1, 'at least one option')

/** A spelling, or `{ xs: numbers }`: a spelling and the words by which texts speak of it. */
const spelling = z.union(
  [
    z
      .string()
      .regex(/^[A-Za-z_$][A-Za-z0-9_$.]*$/)
      .transform((name): Spelling => ({ name, words: undefined })),
    z
      .record(z.string(), text)
      .refine((map) => Object.keys(map).length === 1)
      .transform((map): Spelling => {
        const [name = '', words = ''] = Object.entries(map)[0] ?? []
        return { name, words }
      }),
  ],
  'a spelling, such as start_date or count_$test, or { xs: numbers } where texts say another word',
)

const names = z.record(identifier, z.array(spelling, 'a list of spellings').min(1, 'at least one spelling'))
const texts = z.array(text, 'a list of texts').min(1, 'at least one text')

export const familySchema = z
  .strictObject({
    family: label,
    axes: z.record(identifier, options).default({}),
    names: names.default({}),
    returns: texts.optional(),
    describe: texts,
    /** When it is an error: clauses such as "{`limit`} is negative". */
    raises: texts.optional(),
    steps: texts.optional(),
    entry: identifier.optional(),
    code: z.array(code, 'a list of solutions').min(1, 'at least one solution').optional(),
    native: z.record(label, z.strictObject({ code: z.array(code).min(1), test: code })).optional(),
    scenario: code.optional(),
    inputs: z.record(identifier, value).default({}),
    requires: z.array(z.string('an expression in quotes')).default([]),
  })
  .refine((family) => (family.code === undefined) !== (family.native === undefined), {
    path: ['code'],
    message: 'either `code` or `native`, and one of them',
  })

export const stageSchema = z
  .strictObject({
    stage: label,
    from: z.string('a type, such as list[int]'),
    to: z.string('a type, such as list[int]'),
    axes: z.record(identifier, options).default({}),
    /** An expression of `$it`. */
    code: code.optional(),
    /** The same as statements that read `$it` and set `$out`. */
    loop: code.optional(),
    say: texts,
    gives: texts,
    name: z.string().regex(/^[a-z$][a-z0-9_$.]*$/, 'a word or two, such as even or by_length'),
    /** Where the stage has no answer: a condition on `$it` in code and in words. */
    undefined: z.strictObject({ code, say: text }).optional(),
    /** It changes nothing but the order of the items; it does not see their order. One before the other is idle. */
    reorders: z.boolean().default(false),
    ignores_order: z.boolean().default(false),
    /** What the stage has to be fed: it then only begins chains. */
    inputs: value.optional(),
  })
  .refine((stage) => stage.code !== undefined || stage.loop !== undefined, {
    path: ['code'],
    message: '`code`, `loop` or both',
  })

export interface Spelling {
  /** May hold `$axis`. */
  name: string
  /** Where absent, the name's own words. */
  words: string | undefined
}
export type Option = Record<string, string>
export type Axes = Record<string, Option[]>

/** Where something stands: a path below the working directory, and a line from 1. */
export interface Place {
  file: string
  line: number
}

export type Family = z.infer<typeof familySchema> & {
  /** The file's name without `.yaml`: exercises are drawn by topic. */
  topic: string
  place: Place
  /** The line of a field, such as `['code', 1]`; that of the family where there is none. */
  lineOf(path: readonly (string | number)[]): number
}

export type Stage = z.infer<typeof stageSchema> & {
  topic: string
  place: Place
  lineOf(path: readonly (string | number)[]): number
}
