import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ABANDONED_AFTER_MS = 24 * 3600 * 1000

/** A new name beside `path` for what is not finished yet. */
export function temporaryName(path: string): string {
  return `${path}.${randomBytes(4).toString('hex')}.tmp`
}

/**
 * Removes what killed runs left in `folder` under temporary names that begin with `prefix`: those untouched
 * for a day, since a younger one may belong to a run that goes on elsewhere.
 */
export function removeAbandoned(folder: string, prefix = ''): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix) || !/\.[0-9a-f]{8}\.tmp$/.test(name)) continue
    const path = join(folder, name)
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)
    if (age > ABANDONED_AFTER_MS) rmSync(path, { recursive: true, force: true })
  }
}
