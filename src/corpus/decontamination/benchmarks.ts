/**
 * Benchmark folders, read only to keep their text out of the corpus: every string in every `.jsonl`, `.json`,
 * `.txt` (and their `.gz`) below a folder becomes word 13-grams, and every record a name with its sentences.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sha256, UserError } from '../../lib/index.ts'
import { createGramTable, eachGram, type GramTable } from './grams.ts'
import { createProblemTable, type ProblemTable } from './problem-table.ts'
import { problemsIn } from './problems.ts'

export interface Benchmarks {
  /** The word 13-grams of all sets. */
  grams: GramTable
  /** The same by set, to say which one a file matched. */
  sets: { name: string; grams: GramTable }[]
  problems: ProblemTable
  /** What was read, by set, for the data card: names only, since full paths differ between machines. */
  folders: BenchmarkFolder[]
}

export interface BenchmarkFolder {
  name: string
  files: number
  /** SHA-256 over the sorted list of the files' names and checksums. */
  sha256: string
}

/** Reads benchmark folders. A folder without a readable benchmark file is a `UserError`. */
export function readBenchmarks(folders: string[]): Benchmarks {
  const grams = createGramTable()
  const sets = new Map<string, GramTable>()
  const problems = createProblemTable()
  const read: BenchmarkFolder[] = []
  for (const folder of folders) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new UserError(
        `The benchmark folder ${folder} does not exist.`,
        'Give --bench a folder that holds benchmark files.',
      )
    const paths = (readdirSync(folder, { recursive: true }) as string[])
      .filter((path) => /\.(?:jsonl|json|txt)(?:\.gz)?$/.test(path))
      .sort()
    if (paths.length === 0)
      throw new UserError(
        `The folder ${folder} holds no benchmark.`,
        'Give --bench a folder with .jsonl, .json or .txt files (or their .gz).',
      )
    for (const [name, ofSet] of Map.groupBy(paths, (path) => setOf(path, folder))) {
      const listing: string[] = []
      const own = sets.get(name) ?? createGramTable()
      sets.set(name, own)
      for (const path of ofSet) {
        const bytes = readFileSync(join(folder, path))
        listing.push(`${path} ${sha256(bytes)}`)
        for (const record of recordsOf(path, textOf(path, bytes, folder))) {
          for (const problem of problemsIn(record)) problems.add(problem, name)
          for (const text of stringsIn(record))
            eachGram(text, (gram) => {
              grams.add(gram)
              own.add(gram)
            })
        }
      }
      read.push({ name, files: ofSet.length, sha256: sha256(listing.join('\n')) })
    }
  }
  return { grams, sets: [...sets].map(([name, own]) => ({ name, grams: own })), problems, folders: read }
}

/** The set a file belongs to: its first folder, or the given folder where it lies directly in that. */
function setOf(path: string, folder: string): string {
  const [first = ''] = path.split('/')
  return first === path ? basename(folder) : first
}

function textOf(path: string, bytes: Buffer, folder: string): string {
  try {
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  } catch (error) {
    throw new UserError(
      `The benchmark file ${join(folder, path)} is damaged.`,
      'Replace it, or move it out of that folder.',
      { cause: error },
    )
  }
}

/** Every record of a benchmark file; of a file that is not the JSON it claims to be, its whole text. */
function* recordsOf(path: string, text: string): Generator<unknown> {
  const name = path.replace(/\.gz$/, '')
  if (name.endsWith('.txt')) return yield text
  const records = name.endsWith('.jsonl') ? text.split('\n') : [text]
  for (const record of records) {
    if (record.trim() === '') continue
    try {
      yield JSON.parse(record)
    } catch {
      yield record
    }
  }
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* stringsIn(item)
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) yield* stringsIn(item)
}
