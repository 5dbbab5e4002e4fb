import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sha256, sha256File } from '../../lib/index.ts'
import { MAXIMUM_FILE_BYTES } from '../document.ts'
import { declaredLicence, fromLocalFolder, isLocalEvidence } from '../licence/index.ts'
import type { LocalEntry } from '../manifest.ts'
import type { Obtained } from './source.ts'

/** Folders that hold a tool's own state or other people's packages. */
const PASSED_OVER = new Set(['.git', '.hg', '.svn', 'node_modules', '.venv', '__pycache__'])

/** A plain folder: every regular file in it. Links are reported and never followed. */
export async function obtainFolder(entry: LocalEntry): Promise<Obtained> {
  if (!statSync(entry.path, { throwIfNoEntry: false })?.isDirectory())
    return { unavailable: `${entry.path} is not a folder` }
  const files = walk(entry.path, '')
  const listing: string[] = []
  for (const file of files)
    listing.push(
      file.isLink ? `${file.path} link` : `${file.path} ${await sha256File(join(entry.path, file.path))}`,
    )
  const checksum = sha256(listing.join('\n'))
  return {
    version: checksum.slice(0, 12),
    checksum,
    read: async (visit) => {
      for (const { path, isLink } of files) {
        if (isLink) {
          visit({ path, size: 0, bytes: undefined, refused: 'link' })
          continue
        }
        const { size } = statSync(join(entry.path, path))
        visit({
          path,
          size,
          bytes: size > MAXIMUM_FILE_BYTES ? undefined : readFileSync(join(entry.path, path)),
        })
      }
    },
    isEvidence: isLocalEvidence,
    licences: (evidence) =>
      entry.license === undefined ? fromLocalFolder(evidence) : declaredLicence(entry.license),
  }
}

function walk(root: string, folder: string): { path: string; isLink: boolean }[] {
  const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : 1)
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort(byName)
    .flatMap((item) => {
      const path = folder === '' ? item.name : `${folder}/${item.name}`
      if (item.isDirectory()) return PASSED_OVER.has(item.name) ? [] : walk(root, path)
      if (item.isSymbolicLink()) return [{ path, isLink: true }]
      return item.isFile() ? [{ path, isLink: false }] : []
    })
}
