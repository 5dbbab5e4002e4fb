/** Reads families and stages from YAML. Every message names the file, the line, the family and the field. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { hasCode, projectRoot, UserError } from '../../lib/index.ts'
import { type Family, familySchema, type Place, type Stage, stageSchema } from './family.ts'

/** One thing that is wrong with a file. */
export interface Problem extends Place {
  /** The family or stage, where it is known. */
  of: string | undefined
  message: string
}

/** `practice/families/lists.yaml:12: count-compared: code[0]: …` */
export function describeProblem(problem: Problem): string {
  const of = problem.of === undefined ? '' : `${problem.of}: `
  return `${problem.file}:${problem.line}: ${of}${problem.message}`
}

export interface Loaded<T> {
  entries: T[]
  problems: Problem[]
}

const practiceFolder = join(projectRoot, 'practice')

/** Every family of `practice/families`. Throws a {@link UserError} that lists what is wrong with them. */
export function loadFamilies(folder = join(practiceFolder, 'families')): Family[] {
  return orThrow(readFolder(folder, familiesOf))
}

/** Every stage of `practice/stages`. Throws a {@link UserError} that lists what is wrong with them. */
export function loadStages(folder = join(practiceFolder, 'stages')): Stage[] {
  return orThrow(readFolder(folder, stagesOf))
}

/** Families in the text of one file. `file` is for messages, and its name is the topic. */
export function familiesOf(source: string, file: string): Loaded<Family> {
  return entriesOf(source, file, 'family', familySchema)
}

/** Stages in the text of one file. */
export function stagesOf(source: string, file: string): Loaded<Stage> {
  return entriesOf(source, file, 'stage', stageSchema)
}

/** All `.yaml` files of a folder, in order of their names. */
export function readFolder<T>(folder: string, read: (source: string, file: string) => Loaded<T>): Loaded<T> {
  const loaded: Loaded<T> = { entries: [], problems: [] }
  for (const path of yamlFiles(folder)) {
    const { entries, problems } = read(readFileSync(path, 'utf8'), relative(projectRoot, path))
    loaded.entries.push(...entries)
    loaded.problems.push(...problems)
  }
  return loaded
}

export function yamlFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => join(folder, name))
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []
    throw error
  }
}

function orThrow<T>({ entries, problems }: Loaded<T>): T[] {
  if (problems.length === 0) return entries
  const lines = problems.map(describeProblem)
  throw new UserError(
    `The files of practice have ${problems.length} mistake(s):\n${lines.slice(0, 20).join('\n')}`,
    'Mend them; `node scripts/practice-lint.ts FILE` lists those of one file.',
  )
}

type Located<T> = T & { topic: string; place: Place; lineOf(path: readonly (string | number)[]): number }

/** Entries with a mistake are left out of `entries` and named in `problems`. */
function entriesOf<S extends z.ZodType>(
  source: string,
  file: string,
  key: 'family' | 'stage',
  schema: S,
): Loaded<Located<z.infer<S>>> {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines })
  const lineAt = (offset: number) => lines.linePos(offset).line
  const topic = basename(file, '.yaml')
  const loaded: Loaded<Located<z.infer<S>>> = { entries: [], problems: [] }

  // What follows a mistake in YAML is mostly its consequence.
  for (const error of document.errors.slice(0, 1))
    loaded.problems.push({ file, line: lineAt(error.pos[0]), of: undefined, message: hinted(error.message) })
  if (document.errors.length > 0) return loaded
  if (!isSeq(document.contents)) {
    loaded.problems.push({
      file,
      line: 1,
      of: undefined,
      message: `expected a list of entries "- ${key}: …"`,
    })
    return loaded
  }

  document.contents.items.forEach((item, index) => {
    const start = lineAt((item as unknown as { range?: [number] }).range?.[0] ?? 0)
    const lineOf = (path: readonly (string | number)[]): number => {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn([index, ...path.slice(0, length)], true) as
          | { range?: [number] }
          | undefined
        if (node?.range !== undefined) return lineAt(node.range[0])
      }
      return start
    }
    const label = isMap(item) ? item.get(key, true) : undefined
    const of = isScalar(label) ? String(label.value) : undefined
    const parsed = schema.safeParse(isMap(item) ? item.toJS(document) : undefined)
    if (parsed.success) {
      const entry = parsed.data as z.infer<S> & object
      loaded.entries.push({ ...entry, topic, place: { file, line: start }, lineOf })
      return
    }
    for (const issue of parsed.error.issues) {
      const path = issue.path as (string | number)[]
      loaded.problems.push({ file, line: lineOf(path), of, message: messageOf(issue, path) })
    }
  })
  return loaded
}

function messageOf(issue: z.core.$ZodIssue, path: readonly (string | number)[]): string {
  const field = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .slice(1)
  if (issue.code === 'unrecognized_keys')
    return `${field}${field && ': '}unknown field ${issue.keys.join(', ')}`
  if (issue.code === 'custom') return `${field}: expected ${issue.message}`
  if (issue.code === 'invalid_type' && issue.input === undefined && !issue.message.startsWith('a'))
    return `${field}: missing`
  return `${field}: expected ${issue.message.replace(/^Invalid input: expected /, '')}`
}

/** YAML's own messages with what usually is behind them here. */
function hinted(message: string): string {
  const first = message.split('\n', 1)[0]
  return `${first?.replace(/ at line \d+.*$/, '')} (a text that begins with { or [, or has ": " in it, needs quotes)`
}
