/**
 * Benchmark folders, read only to keep their text out of the corpus: every string in every `.jsonl`, `.json`,
 * `.txt` (and their `.gz`) below a folder becomes word 13-grams.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sha256, UserError } from '../lib/index.ts'
import { createGramTable, eachGram, type GramTable } from './grams.ts'

export interface Benchmarks {
  grams: GramTable
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
      for (const path of ofSet) {
        const bytes = readFileSync(join(folder, path))
        listing.push(`${path} ${sha256(bytes)}`)
        for (const text of stringsOf(path, textOf(path, bytes, folder)))
          eachGram(text, (gram) => grams.add(gram))
      }
      read.push({ name, files: ofSet.length, sha256: sha256(listing.join('\n')) })
    }
  }
  return { grams, folders: read }
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

/** Every string in a benchmark file; of a file that is not the JSON it claims to be, its whole text. */
function* stringsOf(path: string, text: string): Generator<string> {
  const name = path.replace(/\.gz$/, '')
  if (name.endsWith('.txt')) return yield text
  const records = name.endsWith('.jsonl') ? text.split('\n') : [text]
  for (const record of records) {
    if (record.trim() === '') continue
    let value: unknown
    try {
      value = JSON.parse(record)
    } catch {
      yield record
      continue
    }
    yield* stringsIn(value)
  }
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* stringsIn(item)
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) yield* stringsIn(item)
}
