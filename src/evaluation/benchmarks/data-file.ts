import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { cacheFolder, hasCode, sha256File, UserError } from '../../lib/index.ts'
import { download } from './download.ts'

/** One file of an official benchmark, and where it comes from. */
export interface DataFile {
  /** Where it lies below the data folder, such as `humaneval/HumanEval.jsonl.gz`. */
  path: string
  /** The official place, at a fixed version where there is one. */
  url: string
  /** Of the official file; absent where it is not known. A file in a data folder may be a part of it. */
  sha256?: string
}

export interface DataOptions {
  /** A folder with the files. Absent: they are fetched from their official places into the cache. */
  data?: string
  /** Default: `benchmarks` in the cache folder. */
  cache?: string
  signal?: AbortSignal
}

/** Its path on this machine: in the data folder (there as it is, without `.gz`, or without its folder), or fetched. */
export async function locate(file: DataFile, options: DataOptions): Promise<string> {
  if (options.data === undefined) return fetched(file, options)
  const folder = options.data
  const plain = file.path.replace(/\.gz$/, '')
  const names = [file.path, plain, basename(file.path), basename(plain)]
  const path = names.map((name) => join(folder, name)).find(isFile)
  if (path !== undefined) return path
  throw new UserError(
    `There is no ${file.path} in ${folder}.`,
    `Put the file of ${file.url} there, or leave out --data to fetch it.`,
  )
}

async function fetched(
  file: DataFile,
  { cache = cacheFolder('benchmarks'), signal }: DataOptions,
): Promise<string> {
  const suffix = file.url.endsWith('.gz') ? '.gz' : ''
  const path = join(cache, file.path.replace(/\.gz$/, '') + suffix)
  const isKept = isFile(path) && (file.sha256 === undefined || (await sha256File(path)) === file.sha256)
  if (!isKept) await download(file.url, path, { sha256: file.sha256, signal })
  return path
}

/** The bytes of a file that may have gone away since it was found. */
export async function bytesOf(path: string, signal?: AbortSignal): Promise<Buffer> {
  try {
    return await readFile(path, { signal })
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EACCES')) throw error
    throw new UserError(`The benchmark file ${path} cannot be read.`, 'Look at its permissions.', {
      cause: error,
    })
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
