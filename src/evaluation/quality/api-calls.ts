import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { projectRoot, UserError } from '../../lib/index.ts'
import { inParallel } from './in-parallel.ts'
import { shareEstimate } from './interval.ts'
import type { QualityFigure } from './result.ts'
import { completeGreedily, isTooLong, type ServedModel } from './served-model.ts'

/** One line of `benchmarks/api-calls/<library>.jsonl`: a file of code of our own. */
const codeFile = z.strictObject({
  path: z.string(),
  language: z.string(),
  code: z.string(),
  /** Where the names of its calls begin, in UTF-16 units. Not marked in the code, so that copies of it are found. */
  calls: z.array(z.int().min(1)).min(1),
})

/** A cursor right before the name of a call. */
export interface ApiCall {
  library: string
  path: string
  language: string
  prefix: string
  /** The name of the call: what has to come next. */
  answer: string
  /** The lines after the cursor's; the rest of its own is not there yet while one types. */
  suffix: string
}

export const apiCallsFolder = join(projectRoot, 'benchmarks/api-calls')

/** Every masked call of a folder of libraries. Throws a `UserError` that names a line that cannot be read. */
export function readApiCalls(folder: string = apiCallsFolder): ApiCall[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
  return files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .flatMap((line, number) =>
        line.trim() === '' ? [] : callsOf(line, `line ${number + 1} of ${file}`, file),
      ),
  )
}

function callsOf(line: string, where: string, file: string): ApiCall[] {
  let record: unknown
  try {
    record = JSON.parse(line)
  } catch (error) {
    throw unreadable(where, error)
  }
  const parsed = codeFile.safeParse(record)
  if (!parsed.success) throw unreadable(where, parsed.error)
  const { path, code, calls } = parsed.data
  return calls.map((at) => {
    const answer = nameAt(code.slice(at))
    if (answer === '') throw unreadable(where, new Error(`no name begins at ${at}`))
    const lineEnd = code.indexOf('\n', at)
    return {
      library: basename(file, '.jsonl'),
      path,
      language: parsed.data.language,
      prefix: code.slice(0, at),
      answer,
      suffix: lineEnd < 0 ? '' : code.slice(lineEnd),
    }
  })
}

function unreadable(where: string, cause: unknown): UserError {
  return new UserError(
    `Masked calls: ${where} cannot be read.`,
    'Each line is {"path", "language", "code", "calls"}, with the offsets of the names of calls.',
    { cause },
  )
}

/** The name that a text begins with, or nothing. */
function nameAt(text: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(text)?.[0] ?? ''
}

export interface ApiCallOptions {
  /** Give the model the lines after the cursor's as well. */
  around: boolean
  signal?: AbortSignal
  onProgress?: (done: number, of: number) => void
}

/** Tokens that the longest name takes, with some to spare. */
const maxTokens = 16
/** Characters a token, for the first try at a prompt's length. */
const charactersPerToken = 3

/**
 * The share of calls whose name a model completes exactly, greedily, by library and over all. What it says first
 * counts, up to the end of the name.
 */
export async function measureApiCalls(
  served: ServedModel,
  calls: readonly ApiCall[],
  options: ApiCallOptions,
): Promise<QualityFigure[]> {
  let done = 0
  const right = await inParallel(calls, served.parallel, async (call) => {
    const completion = await completeAt(served, call, options)
    options.onProgress?.(++done, calls.length)
    return nameAt(completion) === call.answer
  })
  const judged = calls.map((call, index) => ({ ...call, right: right[index] === true }))
  const figure = (name: string, of: typeof judged): QualityFigure => ({
    name,
    ...shareEstimate(of.filter((call) => call.right).length, of.length),
    n: of.length,
    of: 'calls',
  })
  const byLibrary = Map.groupBy(judged, ({ library }) => library)
  return [...[...byLibrary].map(([library, of]) => figure(library, of)), figure('all libraries', judged)]
}

/** Asks at a cursor, with less and less text, always whole lines, until it fits the model's window. */
async function completeAt(
  served: ServedModel,
  { prefix, suffix }: ApiCall,
  { around, signal }: ApiCallOptions,
): Promise<string> {
  let room = (served.contextLength - maxTokens) * charactersPerToken
  for (;;) {
    const after = around ? suffix.slice(0, room / 4) : undefined
    const before = lastLines(prefix, room - (after?.length ?? 0))
    const request = {
      prompt: before,
      max_tokens: maxTokens,
      ...(after === undefined ? {} : { suffix: after }),
    }
    try {
      return await completeGreedily(served, request, signal)
    } catch (error) {
      if (!isTooLong(error) || room < 64) throw error
      room = Math.min(room, prefix.length + (after?.length ?? 0)) * 0.85
    }
  }
}

/** The end of a text from a line's beginning on, at most `room` characters; the last line whatever its length. */
function lastLines(text: string, room: number): string {
  if (text.length <= room) return text
  const lineStart = text.indexOf('\n', text.length - room) + 1
  return text.slice(lineStart > 0 ? lineStart : text.lastIndexOf('\n') + 1)
}
