/**
 * The corpus stage from manifest to shards: obtain each package and run it through its own steps (`gather`),
 * run what is left through the steps across packages (`sift`), and write it (`shards`). Texts are streamed
 * from the cache and through files; never are more than one package's or one shard's in memory. The corpus folder appears when it is complete.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { explainDisk, sha256, sha256File, UserError } from '../lib/index.ts'
import type { CorpusCard } from './card.ts'
import { type Benchmarks, readBenchmarks } from './decontamination/index.ts'
import { type Gathered, gatherPackages } from './gather.ts'
import { entryName, formatManifest, type Manifest } from './manifest.ts'
import { createMixedOrder } from './mixed-order.ts'
import { recordProvenance } from './provenance.ts'
import { type CorpusReport, tallyDocuments, tallyPackages, tallyRedactions } from './report.ts'
import { writeShards } from './shards.ts'
import { type Sifted, siftDocuments } from './sift.ts'
import { corpusSteps } from './steps/index.ts'
import { removeAbandoned, temporaryName } from './temporary.ts'

const REJECTED = 'rejected.jsonl'
const PROVENANCE = 'provenance.jsonl'

export interface BuildOptions {
  manifest: Manifest
  /** The corpus folder; an older corpus there is replaced when the new one is complete. */
  out: string
  /** Benchmark folders whose text must not be in the corpus. */
  bench?: string[]
  /** Called with one line for each thing done. */
  onProgress?: (line: string) => void
  /** How many processes to use; by default one a core. */
  processes?: number
  signal?: AbortSignal
}

export interface BuiltCorpus {
  card: CorpusCard & { checksum: string }
  report: CorpusReport
}

/**
 * Builds a corpus folder. Packages that cannot be had are in the card's `skipped`; none at all is a
 * `UserError`, and so are a full disk and a folder that holds something else.
 */
export async function buildCorpus(options: BuildOptions): Promise<BuiltCorpus> {
  const { manifest, onProgress = () => {}, signal } = options
  const out = resolve(options.out)
  refuseForeignFolder(out)
  const benchmarks = options.bench?.length ? readBenchmarks(options.bench) : undefined
  if (benchmarks) onProgress(`benchmarks: ${benchmarks.grams.size} word 13-grams to keep out`)

  const gathered = await gatherPackages(manifest, onProgress, {
    ...(options.processes !== undefined && { processes: options.processes }),
    ...(signal && { signal }),
  })
  if (gathered.packages.length === 0)
    throw new UserError(
      `None of the manifest's packages could be had; of the first: ${gathered.skipped[0]?.reason}.`,
      'Check the network and the names in the manifest.',
    )

  const temporary = temporaryName(out)
  try {
    mkdirSync(temporary, { recursive: true })
    removeAbandoned(dirname(out), `${basename(out)}.`)
    const { sifted, shards } = await siftIntoShards(temporary, gathered, benchmarks, options)
    const card: CorpusCard = {
      ...describe(manifest, gathered, sifted, benchmarks),
      shards,
      provenance: { sha256: await sha256File(join(temporary, PROVENANCE)) },
      rejected: { files: sifted.rejected.files, sha256: await sha256File(join(temporary, REJECTED)) },
    }
    const report: CorpusReport = { kept: tallyDocuments(sifted.documents), rejected: sifted.rejected.counts }
    writeFileSync(join(temporary, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
    const text = `${JSON.stringify(card, null, 2)}\n`
    writeFileSync(join(temporary, 'corpus.json'), text)
    signal?.throwIfAborted()
    replaceFolder(temporary, out)
    return { card: { ...card, checksum: sha256(text) }, report }
  } catch (error) {
    throw explainDisk(error, out)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/** The steps across packages, and what they keep as shards and as a list of origins in `folder`. */
async function siftIntoShards(
  folder: string,
  { packages }: Gathered,
  benchmarks: Benchmarks | undefined,
  { manifest, onProgress = () => {}, signal }: BuildOptions,
): Promise<{ sifted: Sifted; shards: CorpusCard['shards'] }> {
  using order = createMixedOrder(join(folder, 'order'))
  const sifted = await siftDocuments({
    packages,
    steps: corpusSteps(manifest, benchmarks),
    keep: (document) => order.add(document),
    rejectedPath: join(folder, REJECTED),
    onProgress,
    ...(signal && { signal }),
  })
  if (sifted.documents.length === 0)
    throw new UserError(
      'No file of any package passed the filters.',
      'Check the languages and the licences in the manifest; nothing was written.',
    )
  onProgress(`writing ${sifted.documents.length} documents`)
  const documents = recordProvenance(order.documents(), join(folder, PROVENANCE))
  return { sifted, shards: writeShards(join(folder, 'shards'), documents) }
}

function describe(
  manifest: Manifest,
  { packages, skipped }: Gathered,
  { documents }: Sifted,
  benchmarks: Benchmarks | undefined,
): Omit<CorpusCard, 'shards' | 'rejected' | 'provenance'> {
  const kept = tallyDocuments(documents)
  return {
    format: 1,
    name: manifest.name,
    ...(manifest.description !== undefined && { description: manifest.description }),
    manifest: sha256(formatManifest(withoutPaths(manifest))),
    totals: kept.totals,
    languages: kept.byLanguage,
    licences: kept.byLicence,
    redactions: tallyRedactions(documents),
    packages: tallyPackages(packages, documents),
    drift: packages.flatMap(({ entry, archive }) =>
      archive.drift ? [{ source: entry.source, name: entryName(entry), ...archive.drift }] : [],
    ),
    skipped,
    benchmarks: benchmarks?.folders ?? [],
  }
}

/** Local paths differ between machines and are nobody's business. */
function withoutPaths(manifest: Manifest): Manifest {
  const packages = manifest.packages.map((entry) =>
    'path' in entry ? { ...entry, path: entryName(entry) } : entry,
  )
  return { ...manifest, packages }
}

function refuseForeignFolder(out: string): void {
  if (!existsSync(out) || existsSync(join(out, 'corpus.json'))) return
  let isEmpty = false
  try {
    isEmpty = readdirSync(out).length === 0
  } catch {
    // A file, or a folder that cannot be read.
  }
  if (!isEmpty)
    throw new UserError(
      `${out} holds something that is not a corpus.`,
      'Give --out a new or empty folder, or one with an older corpus.',
    )
}

function replaceFolder(temporary: string, out: string): void {
  if (!existsSync(out)) {
    renameSync(temporary, out)
    return
  }
  const old = temporaryName(out)
  renameSync(out, old)
  renameSync(temporary, out)
  rmSync(old, { recursive: true, force: true })
}
