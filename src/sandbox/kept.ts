import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { explainDisk } from '../lib/files.ts'
import { sha256 } from '../lib/hash.ts'
import { cacheFolder } from '../lib/paths.ts'
import { isRoot, nobody } from './isolation.ts'

/**
 * What the sandbox keeps between runs, each in a folder named by all that it was made from: what languages make once for
 * all programs, and copies of toolchains that nobody's user could not read. Programs see both read-only.
 */

/** Makes a folder once. `make` fills an empty folder, which belongs to nobody where this process is root. */
export async function keep(
  name: string,
  key: unknown,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const path = join(keptFolder(), `${name}-${sha256(JSON.stringify(key)).slice(0, 16)}`)
  if (existsSync(path)) return path
  let temporary: string | undefined
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
    temporary = mkdtempSync(`${path}.`)
    chmodSync(temporary, 0o755)
    if (isRoot()) chownSync(temporary, nobody, nobody)
    await make(temporary)
    if (isRoot()) chownSync(temporary, 0, 0)
    // Whoever was first has made the same.
    await rename(temporary, path).catch((error) => {
      if (!existsSync(path)) throw error
    })
    return path
  } catch (error) {
    throw explainDisk(error, path)
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true })
  }
}

/** The path itself; or a copy of it, where this process is root and nobody's user may not read it, as under `/root`. */
export async function readableByNobody(path: string): Promise<string> {
  if (!isRoot() || isReadableByAll(path)) return path
  const { mtimeMs, size } = statSync(path)
  const folder = await keep('copy', [path, mtimeMs, size], async (empty) => {
    const copy = join(empty, 'copy')
    cpSync(path, copy, { recursive: true, dereference: true })
    const inside = statSync(copy).isDirectory()
      ? readdirSync(copy, { recursive: true, encoding: 'utf8' })
      : []
    for (const each of [copy, ...inside.map((name) => join(copy, name))]) {
      const { mode } = statSync(each)
      chmodSync(each, mode | 0o444 | ((mode & 0o100) === 0 ? 0 : 0o111))
    }
  })
  return join(folder, 'copy')
}

function isReadableByAll(path: string): boolean {
  const folders = [dirname(path)]
  while (folders[0] !== '/') folders.unshift(dirname(folders[0]!))
  const { mode } = statSync(path)
  const needed = statSync(path).isDirectory() ? 0o005 : 0o004
  return (mode & needed) === needed && folders.every((folder) => (statSync(folder).mode & 0o001) !== 0)
}

/** Root's own folders are often not readable by others, as this one has to be. */
function keptFolder(): string {
  return isRoot() ? '/var/cache/understudy/sandbox' : cacheFolder('sandbox')
}
