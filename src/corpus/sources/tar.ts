import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { Parser, type ReadEntry } from 'tar'
import { MAXIMUM_FILE_BYTES, type RawFile } from '../document.ts'

/** A package that unpacks to more than this is refused: nothing that is source code comes near it. */
const MAXIMUM_PACKAGE_BYTES = 8_000_000_000

export type Visit = (file: RawFile) => void

/**
 * Reads a tar stream (plain or gzip) entry by entry, in memory: nothing is written to disk, so a path that
 * climbs out of the package or a link that points outside has nothing to act on. Such entries are visited
 * with `refused` set; folders and devices are passed over.
 *
 * `strip` leading path components are removed. Throws where the archive is damaged or ends early.
 */
export async function readTar(input: Readable, strip: number, visit: Visit): Promise<void> {
  let failure: Error | undefined
  let total = 0
  const parser = new Parser({
    onwarn: (code: string, message: string | Error) => {
      // Anything else is a remark about one header, such as an unknown extended attribute.
      if (/BAD_ARCHIVE|ABORT|ENTRY_INVALID/.test(code)) failure ??= new Error(String(message))
    },
    onReadEntry: (entry: ReadEntry) => {
      total += entry.size
      if (total > MAXIMUM_PACKAGE_BYTES) failure ??= new Error('it unpacks to more than 8 GB')
      collect(entry, strip, visit)
    },
  })
  const ended = once(parser, 'end')
  try {
    for await (const chunk of input) {
      if (failure) break
      if (!parser.write(chunk as Buffer)) await once(parser, 'drain')
    }
    if (!failure) {
      parser.end()
      await ended
    }
  } finally {
    ended.catch(() => {})
    input.destroy()
  }
  if (failure) throw failure
}

function collect(entry: ReadEntry, strip: number, visit: Visit): void {
  const isLink = entry.type === 'SymbolicLink' || entry.type === 'Link'
  const isFile = entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'ContiguousFile'
  const path = innerPath(entry.path, strip)
  const file: RawFile = { path: path ?? entry.path, size: entry.size, bytes: undefined }
  if ((!isFile && !isLink) || path === '') {
    entry.resume()
    return
  }
  if (path === undefined || isLink) {
    entry.resume()
    visit({ ...file, refused: path === undefined ? 'path leaves the package' : 'link' })
    return
  }
  if (entry.size > MAXIMUM_FILE_BYTES) {
    entry.resume()
    visit(file)
    return
  }
  const chunks: Buffer[] = []
  entry.on('data', (chunk: Buffer) => chunks.push(chunk))
  entry.on('end', () => visit({ ...file, bytes: Buffer.concat(chunks) }))
}

/** The path without its first components; `undefined` where it is absolute or climbs out. */
function innerPath(path: string, strip: number): string | undefined {
  if (path.startsWith('/') || path.includes('\\') || path.includes('\0')) return undefined
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) return undefined
  return parts.slice(strip).join('/')
}
