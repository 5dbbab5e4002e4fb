import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { UserError } from '../../lib/index.ts'
import { type QualityResult, qualityResult } from '../quality/result.ts'
import { type RunResult, runResult } from './result.ts'

export interface FoundResults {
  results: RunResult[]
  quality: QualityResult[]
  /** Folders with samples and no result: runs that were not finished. */
  unfinished: string[]
}

const schemas = new Map<unknown, z.ZodType<RunResult | QualityResult>>([
  ['understudy-evaluation-1', runResult],
  ['understudy-quality-1', qualityResult],
])

/**
 * Results of benchmarks and of quality in all JSON files of these folders and the folders within, by their `format`;
 * other JSON files are passed over. Links to folders are not followed, and no file is read twice. Throws `UserError` for a folder
 * that is not there, a file that is not JSON, a result that is damaged, and where there is no result at all.
 */
export function readResults(folders: readonly string[]): FoundResults {
  const found: FoundResults = { results: [], quality: [], unfinished: [] }
  const seen = new Set<string>()
  for (const folder of folders)
    for (const path of jsonFiles(folder, found.unfinished)) {
      const real = realpathSync(path)
      if (seen.has(real)) continue
      seen.add(real)
      const result = readResult(path)
      if (result?.format === 'understudy-evaluation-1') found.results.push(result)
      if (result?.format === 'understudy-quality-1') found.quality.push(result)
    }
  if (found.results.length + found.quality.length === 0)
    throw new UserError(
      `There is no result in ${folders.join(', ')}.`,
      'Name the folders that understudy evaluate wrote.',
    )
  return found
}

/** In the order of their names, so that a report does not depend on the disk. */
function* jsonFiles(folder: string, unfinished: string[]): Generator<string> {
  const entries = list(folder).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* jsonFiles(path, unfinished)
    else if (entry.name.endsWith('.json')) yield path
  }
  if (existsSync(join(folder, 'samples.jsonl')) && !existsSync(join(folder, 'result.json')))
    unfinished.push(folder)
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    throw new UserError(
      `${folder} is not a folder that can be read.`,
      'Name the folders that understudy evaluate wrote.',
      { cause: error },
    )
  }
}

function readResult(path: string): RunResult | QualityResult | undefined {
  let data: unknown
  try {
    data = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UserError(`${path} is not JSON.`, 'Run the command that wrote it again, or move it away.', {
      cause: error,
    })
  }
  const format = typeof data === 'object' && data !== null && 'format' in data ? data.format : undefined
  const schema = schemas.get(format)
  if (schema === undefined) return undefined
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const { path: at = [], message = '' } = parsed.error.issues[0] ?? {}
  throw new UserError(
    `${path} is damaged: ${at.join('.') || 'the whole'}: ${message}.`,
    'Run the command that wrote it again, or move it away.',
    { cause: parsed.error },
  )
}
