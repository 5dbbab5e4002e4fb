import type { Document } from './document.ts'
import { openJsonLines } from './json-lines.ts'

/**
 * Passes documents on and writes for each, in the same order, one line of where it came from and under which
 * licence: the list to look into when somebody asks what a model has learnt from.
 */
export function* recordProvenance(documents: Iterable<Document>, path: string): Generator<Document> {
  using lines = openJsonLines(path)
  for (const document of documents) {
    const { source, package: name, version, path: inside, license, sha256 } = document
    lines.write({ source: source.kind, package: name, version, path: inside, license, sha256 })
    yield document
  }
  lines.close()
}
