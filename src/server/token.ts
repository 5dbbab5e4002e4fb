import { randomBytes } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { cacheFolder, hasCode, writeAtomically } from '../lib/index.ts'

/** Where the token is kept from one start to the next. */
export function tokenPath(): string {
  return cacheFolder('server-token')
}

/**
 * The token that the last start left at `path`, so that editors keep working, or a new one of 256 random bits. The
 * file is its owner's alone; one that others could read is replaced, since they may have read it.
 */
export async function loadToken(path: string = tokenPath()): Promise<string> {
  const kept = readToken(path)
  if (kept !== undefined) return kept
  const token = randomBytes(32).toString('base64url')
  await writeAtomically(path, (temporary) => writeFileSync(temporary, `${token}\n`, { mode: 0o600 }))
  return token
}

function readToken(path: string): string | undefined {
  try {
    if (process.platform !== 'win32' && statSync(path).mode & 0o077) return undefined
    const token = readFileSync(path, 'utf8').trim()
    return /^[\w-]{43}$/.test(token) ? token : undefined
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}
