import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { hasCode, UserError } from './errors.ts'

/**
 * Runs `write` on a temporary name beside `path`, then renames it into place, so that a reader sees the
 * old file or the new one and never half of one. The temporary file is removed when `write` throws; a full
 * disk becomes a `UserError`.
 */
export async function writeAtomically(
  path: string,
  write: (temporaryPath: string) => void | Promise<void>,
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await write(temporary)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true, recursive: true })
    throw explainDisk(error, path)
  }
}

/** Writes text or bytes to `path` in one step (see {@link writeAtomically}). */
export async function writeFileAtomically(path: string, data: string | Uint8Array): Promise<void> {
  await writeAtomically(path, (temporary) => writeFileSync(temporary, data))
}

/** A full or read-only disk as a sentence with a remedy; any other error as it was. */
export function explainDisk(error: unknown, path: string): unknown {
  if (hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT'))
    return new UserError(
      `No space left on the disk while writing ${path}.`,
      'Free some space and run the same command again.',
      { cause: error },
    )
  if (hasCode(error, 'EACCES') || hasCode(error, 'EROFS') || hasCode(error, 'EPERM'))
    return new UserError(`${path} cannot be written.`, 'Choose another folder, or change its permissions.', {
      cause: error,
    })
  return error
}
