import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../lib/index.ts'
import type { CorpusCard } from './card.ts'
import type { Document } from './document.ts'

/** A shard is closed once it has grown past this. */
const SHARD_BYTES = 16_000_000

/**
 * Writes documents in their order as JSON Lines to `<sha256>.jsonl` files in `folder`. Plain text and not
 * gzip, because zlib's output differs between versions and processors and the checksums must not.
 */
export function writeShards(folder: string, documents: Iterable<Document>): CorpusCard['shards'] {
  mkdirSync(folder, { recursive: true })
  const shards: CorpusCard['shards'] = []
  let lines: string[] = []
  let size = 0
  const close = () => {
    const bytes = Buffer.from(lines.join(''))
    const checksum = sha256(bytes)
    writeFileSync(join(folder, `${checksum}.jsonl`), bytes)
    shards.push({
      file: `shards/${checksum}.jsonl`,
      sha256: checksum,
      documents: lines.length,
      bytes: bytes.length,
    })
    lines = []
    size = 0
  }
  for (const document of documents) {
    // Escaped, because many line readers take these two for line ends as well.
    const json = JSON.stringify(document).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
    const line = `${json}\n`
    lines.push(line)
    size += line.length
    if (size >= SHARD_BYTES) close()
  }
  if (lines.length > 0) close()
  return shards
}
