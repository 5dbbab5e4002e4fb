/**
 * A built corpus on disk: `corpus.json` (the data card), `shards/<sha256>.jsonl`, `provenance.jsonl`,
 * `rejected.jsonl` and `report.json`. The SHA-256 of `corpus.json` stands for the whole corpus, since the card holds the checksums
 * of everything else; it holds no time and no path, so the same inputs give the same bytes.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { hasCode, readJsonLines, sha256, sha256File, UserError } from '../lib/index.ts'
import type { Document } from './document.ts'

const totalsSchema = z.object({ documents: z.int().nonnegative(), bytes: z.int().nonnegative() })

const cardSchema = z.object({
  format: z.literal(1),
  name: z.string(),
  description: z.string().optional(),
  /** SHA-256 of the manifest, normalised, without the paths of local folders. */
  manifest: z.string(),
  totals: totalsSchema,
  languages: z.record(z.string(), totalsSchema),
  licences: z.record(z.string(), totalsSchema),
  /** What was replaced in the documents, by kind: in how many of them, and how often. */
  redactions: z.record(z.string(), z.object({ documents: z.int(), occurrences: z.int() })).optional(),
  packages: z.array(
    z.object({
      source: z.enum(['debian', 'npm', 'git', 'folder']),
      name: z.string(),
      version: z.string(),
      checksum: z.string(),
      documents: z.int(),
      bytes: z.int(),
    }),
  ),
  /** Packages whose version or checksum was not the pinned one. */
  drift: z.array(z.object({ source: z.string(), name: z.string(), pinned: z.string(), atHand: z.string() })),
  /** Packages that could not be had. */
  skipped: z.array(z.object({ source: z.string(), name: z.string(), reason: z.string() })),
  /** The benchmarks whose text is not in the corpus; empty means not decontaminated. */
  benchmarks: z.array(z.object({ name: z.string(), files: z.int(), sha256: z.string() })),
  shards: z.array(
    z.object({
      file: z.string().regex(/^shards\/[0-9a-f]{64}\.jsonl$/),
      sha256: z.string(),
      documents: z.int(),
      bytes: z.int(),
    }),
  ),
  /** `provenance.jsonl`: a line for each document, in their order, with package, version, path and licence. */
  provenance: z.object({ sha256: z.string() }).optional(),
  rejected: z.object({ files: z.int(), sha256: z.string() }),
})

/** The data card. All `bytes` are bytes of UTF-8 text, except a shard's, which are those of its file. */
export type CorpusCard = z.infer<typeof cardSchema>
export type Totals = z.infer<typeof totalsSchema>

/** A corpus's card with its checksum. Throws a `UserError` where the folder holds no corpus. */
export function readCorpusCard(folder: string): CorpusCard & { checksum: string } {
  let text: string
  try {
    text = readFileSync(join(folder, 'corpus.json'), 'utf8')
  } catch (error) {
    const message = hasCode(error, 'ENOENT')
      ? `There is no corpus in ${folder}.`
      : `The corpus in ${folder} cannot be read.`
    throw new UserError(message, 'Build one with: understudy corpus build corpora/v1.json --out FOLDER', {
      cause: error,
    })
  }
  try {
    return { ...cardSchema.parse(JSON.parse(text)), checksum: sha256(text) }
  } catch (error) {
    throw new UserError(
      `${join(folder, 'corpus.json')} is damaged.`,
      'Build the corpus again into an empty folder.',
      { cause: error },
    )
  }
}

/**
 * Every document of a built corpus in its fixed order, which mixes packages and languages. Each shard's
 * SHA-256 is checked before its first document is given out; a shard that differs throws a `UserError`.
 */
export async function* readCorpus(folder: string): AsyncGenerator<Document> {
  for (const shard of readCorpusCard(folder).shards) {
    const path = join(folder, shard.file)
    if ((await checksumOf(path)) !== shard.sha256)
      throw new UserError(
        `The corpus shard ${path} is missing or damaged.`,
        'Build the corpus again with understudy corpus build.',
      )
    yield* readJsonLines<Document>(path)
  }
}

async function checksumOf(path: string): Promise<string | undefined> {
  try {
    return await sha256File(path)
  } catch {
    return undefined
  }
}
