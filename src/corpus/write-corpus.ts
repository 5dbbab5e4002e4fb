import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sha256, sha256File, UserError, writeAtomically } from '../lib/index.ts'
import type { CorpusCard } from './card.ts'
import type { Benchmarks } from './decontamination/index.ts'
import { type Document, summaryOf } from './document.ts'
import { openJsonLines } from './json-lines.ts'
import { tallyDocuments } from './report.ts'
import { writeShards } from './shards.ts'

/** A corpus of documents that another stage made. */
export interface MadeCorpus {
  name: string
  description: string
  /** What the documents were made from: the same checksum, the same documents. */
  checksum: string
  documents: Document[]
  /** Documents that were made and left out, with the reason. */
  rejected: { id: string; reason: string }[]
  benchmarks?: Benchmarks | undefined
}

/**
 * Writes documents as a corpus folder, which appears when it is whole.
 * @throws UserError where `out` is there already, where there are no documents, or where the disk is full
 */
export async function writeCorpus(
  out: string,
  { name, description, checksum, documents, rejected, benchmarks }: MadeCorpus,
): Promise<CorpusCard & { checksum: string }> {
  const folder = resolve(out)
  if (existsSync(folder))
    throw new UserError(`${out} is already there.`, 'Choose another folder, or remove it.')
  if (documents.length === 0) throw new UserError('There is no document to write.', 'Ask for more of them.')
  const { totals, byLanguage, byLicence } = tallyDocuments(documents.map(summaryOf))
  let text = ''
  await writeAtomically(folder, async (temporary) => {
    mkdirSync(temporary, { recursive: true })
    const rejectedPath = join(temporary, 'rejected.jsonl')
    {
      using lines = openJsonLines(rejectedPath)
      for (const one of rejected) lines.write(one)
      lines.close()
    }
    const card: CorpusCard = {
      format: 1,
      name,
      description,
      manifest: checksum,
      totals,
      languages: byLanguage,
      licences: byLicence,
      packages: [{ source: 'folder', name, version: checksum.slice(0, 12), checksum, ...totals }],
      drift: [],
      skipped: [],
      benchmarks: benchmarks?.folders ?? [],
      shards: writeShards(join(temporary, 'shards'), documents),
      rejected: { files: rejected.length, sha256: await sha256File(rejectedPath) },
    }
    text = `${JSON.stringify(card, null, 2)}\n`
    writeFileSync(join(temporary, 'corpus.json'), text)
  })
  return { ...(JSON.parse(text) as CorpusCard), checksum: sha256(text) }
}
