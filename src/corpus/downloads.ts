/**
 * The content-addressed store of downloaded archives: a file is kept under its own SHA-256 and is checked
 * against it each time it is taken out, so that a damaged disk or a killed run can never feed the corpus.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, explainDisk, sha256File } from '../lib/index.ts'
import { removeAbandoned, temporaryName } from './temporary.ts'

function pathOf(checksum: string): string {
  return cacheFolder('downloads', checksum.slice(0, 2), checksum)
}

/** The path of a stored archive whose bytes still have this SHA-256, or `undefined`. */
export async function storedDownload(checksum: string): Promise<string | undefined> {
  const path = pathOf(checksum)
  if (!existsSync(path)) return undefined
  if ((await sha256File(path)) === checksum) return path
  rmSync(path, { force: true })
  return undefined
}

/** Moves a file into the store. Returns its SHA-256 and its new path. */
export async function storeDownload(file: string): Promise<{ checksum: string; path: string }> {
  const checksum = await sha256File(file)
  const path = pathOf(checksum)
  mkdirSync(cacheFolder('downloads', checksum.slice(0, 2)), { recursive: true })
  renameSync(file, path)
  return { checksum, path }
}

/** Runs `use` with a new empty folder on the store's disk, removed afterwards. */
export async function withDownloadFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const root = cacheFolder('downloads', 'partial')
  const folder = temporaryName(join(root, 'package'))
  try {
    mkdirSync(folder, { recursive: true })
    removeAbandoned(root)
    return await use(folder)
  } catch (error) {
    throw explainDisk(error, root)
  } finally {
    rmSync(folder, { force: true, recursive: true })
  }
}
