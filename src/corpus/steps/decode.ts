import { sha256 } from '../../lib/index.ts'
import { type Document, MAXIMUM_FILE_BYTES, type RawFile, type Verdict } from '../document.ts'
import { UNKNOWN } from '../licence/index.ts'

export type Origin = Pick<Document, 'package' | 'version' | 'source'>

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** From a file's bytes to a document: refuses links, files over 1 MB, binary files and what is not UTF-8. */
export function decode(file: RawFile, origin: Origin): Verdict {
  if (file.refused !== undefined) return { drop: file.refused }
  if (file.bytes === undefined) return { drop: `over ${MAXIMUM_FILE_BYTES} bytes` }
  if (file.bytes.length === 0) return { drop: 'empty' }
  if (file.bytes.includes(0)) return { drop: 'binary (NUL byte)' }
  let text: string
  try {
    text = utf8.decode(file.bytes)
  } catch {
    return { drop: 'not UTF-8' }
  }
  return {
    keep: {
      text,
      path: file.path,
      language: UNKNOWN,
      ...origin,
      license: UNKNOWN,
      sha256: sha256(file.bytes),
    },
  }
}
