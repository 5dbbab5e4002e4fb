import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot, UserError } from '../../lib/index.ts'
import { languageById } from '../../syntax/index.ts'
import { inParallel } from './in-parallel.ts'
import { shareEstimate } from './interval.ts'
import type { QualityFigure } from './result.ts'
import { completeGreedily, type ServedModel } from './served-model.ts'

const task = z.strictObject({
  /** What the call is to do, as a developer's comment says it. */
  task: z.string().min(1),
  /** The statement that does it, on one line. */
  call: z.string().min(1),
})

/** One line of `benchmarks/few-shot/<language>.jsonl`: an API that nobody has seen, since it was made up. */
const inventedApi = z.strictObject({
  name: z.string(),
  language: z.string(),
  /** The imports and the object that the calls are made on. */
  setup: z.string(),
  examples: z.array(task).length(4),
  queries: z.array(task).length(3),
})
export type InventedApi = z.infer<typeof inventedApi>

/** How many worked examples stand in the prompt. */
export const shots = [0, 1, 2, 4] as const

export const fewShotFolder = join(projectRoot, 'benchmarks/few-shot')

/** The invented APIs of a folder. Throws a `UserError` that names a line that cannot be read. */
export function readInventedApis(folder: string = fewShotFolder): InventedApi[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
  return files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .flatMap((line, number) => (line.trim() === '' ? [] : [apiOf(line, `line ${number + 1} of ${file}`)])),
  )
}

function apiOf(line: string, where: string): InventedApi {
  try {
    const api = inventedApi.parse(JSON.parse(line))
    if (!languageById(api.language)?.lineComment) throw new Error(`${api.language} has no line comments`)
    return api
  } catch (error) {
    throw new UserError(
      `Invented APIs: ${where} cannot be read.`,
      'Each line is {"name", "language", "setup", "examples", "queries"}; the files beside it show the shape.',
      { cause: error },
    )
  }
}

/**
 * The prompt for a query: a file of code with the setup, then the first `count` examples, each behind a comment
 * that says what it does, then the query's comment. What follows is the call, on a line of its own.
 */
export function fewShotPrompt(api: InventedApi, query: string, count: number): string {
  const mark = languageById(api.language)?.lineComment ?? '//'
  const indent = /(?:^|\n)([ \t]*)[^\n]*$/.exec(api.setup)?.[1] ?? ''
  const worked = api.examples
    .slice(0, count)
    .map(({ task, call }) => `${indent}${mark} ${task}\n${indent}${call}\n\n`)
    .join('')
  return `${api.setup}\n\n${worked}${indent}${mark} ${query}\n`
}

export interface FewShotOptions {
  signal?: AbortSignal
  onProgress?: (done: number, of: number) => void
}

const maxTokens = 64

/**
 * The share of queries whose call a model writes exactly, greedily, by the number of examples before it. A query's
 * examples are the first of its API, so that more examples only add. White space does not count, nor a semicolon at
 * the end.
 */
export async function measureFewShot(
  served: ServedModel,
  apis: readonly InventedApi[],
  { signal, onProgress }: FewShotOptions = {},
): Promise<QualityFigure[]> {
  const questions = shots.flatMap((count) =>
    apis.flatMap((api) => api.queries.map((query) => ({ count, api, query }))),
  )
  let done = 0
  const right = await inParallel(questions, served.parallel, async ({ count, api, query }) => {
    const completion = await completeGreedily(
      served,
      { prompt: fewShotPrompt(api, query.task, count), max_tokens: maxTokens },
      signal,
    )
    onProgress?.(++done, questions.length)
    return sameCall(completion, query.call)
  })
  return shots.map((count) => {
    const of = questions.flatMap((question, index) => (question.count === count ? [right[index]] : []))
    return {
      name: count === 1 ? '1 example' : `${count} examples`,
      ...shareEstimate(of.filter(Boolean).length, of.length),
      n: of.length,
      of: 'queries',
    }
  })
}

/** Whether the first line of a completion that is not blank is the call. */
export function sameCall(completion: string, call: string): boolean {
  const line = completion.split('\n').find((one) => one.trim() !== '') ?? ''
  return normalized(line) === normalized(call)
}

/** Without white space but where it parts two words, and without a semicolon at the end. */
function normalized(line: string): string {
  return line
    .trim()
    .replace(/;$/, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<!\w) | (?!\w)/g, '')
}
