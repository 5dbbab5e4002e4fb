/**
 * One package through the steps that concern it alone. The result is kept in the cache under a key made of
 * everything it depends on (archive, licence entry, policy, limits, the stage's own source code), so a run
 * that was killed redoes only the packages it had not finished, and a changed step redoes them all.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, messageOf, sha256, sha256File, writeAtomically } from '../lib/index.ts'
import type { Document, Rejection, Step } from './document.ts'
import { openJsonLines } from './json-lines.ts'
import { policyText } from './licence/index.ts'
import { entryName, type Manifest, type PackageEntry } from './manifest.ts'
import { createQualityMeter, type QualityMeter } from './quality/index.ts'
import type { Archive } from './sources/index.ts'
import { decode, fileSteps, measuredSteps, packageSteps } from './steps/index.ts'

/** A package's kept documents and rejected files, as JSON Lines in the cache. */
export interface PackageResult {
  keptPath: string
  rejectedPath: string
  /** True where an earlier run had made the result. */
  cached: boolean
}

/** Runs a package's files through its steps. A damaged archive comes back as a reason. */
export async function processPackage(
  entry: PackageEntry,
  archive: Archive,
  manifest: Pick<Manifest, 'targets' | 'limits'>,
  signal?: AbortSignal,
): Promise<PackageResult | { unavailable: string }> {
  const folder = resultFolder(entry, archive, manifest)
  const earlier = await earlierResult(entry, archive, manifest)
  if (earlier) return earlier

  const kept: Document[] = []
  const rejected: Rejection[] = []
  const paths = new Set<string>()
  const evidence = new Map<string, string>()
  const steps = fileSteps(manifest)
  const origin = {
    package: entryName(entry),
    version: archive.version,
    source: { kind: entry.source, checksum: archive.checksum },
  }
  const reject = (path: string, bytes: number, step: string, reason: string) =>
    rejected.push({ source: entry.source, package: origin.package, path, step, reason, bytes })

  try {
    await archive.read((file) => {
      signal?.throwIfAborted()
      if (paths.has(file.path)) return reject(file.path, file.size, 'decode', 'path occurs twice')
      paths.add(file.path)
      if (file.bytes && archive.isEvidence(file.path))
        evidence.set(file.path, Buffer.from(file.bytes).toString('utf8'))
      const decoded = decode(file, origin)
      if ('drop' in decoded) return reject(file.path, file.size, 'decode', decoded.drop)
      const verdict = passThrough(decoded.keep, steps)
      if ('drop' in verdict) return reject(file.path, file.size, verdict.step, verdict.drop)
      kept.push(verdict.keep)
    })
  } catch (error) {
    signal?.throwIfAborted()
    return { unavailable: `the archive is damaged: ${messageOf(error)}` }
  }

  using meter = createQualityMeter()
  const finished: Document[] = []
  const wholeSteps = packageSteps(paths, archive.licences(evidence))
  const lastSteps = measuredSteps()
  for (const document of kept.sort(byPath)) {
    const verdict = passThrough(document, wholeSteps)
    const last = 'keep' in verdict ? await passMeasured(verdict.keep, meter, lastSteps) : verdict
    if ('drop' in last) reject(document.path, Buffer.byteLength(document.text), last.step, last.drop)
    else finished.push(last.keep)
    signal?.throwIfAborted()
  }
  await writeAtomically(folder, async (temporary) => {
    mkdirSync(temporary, { recursive: true })
    const checksums = {
      kept: await writeRecords(join(temporary, 'kept.jsonl'), finished),
      rejected: await writeRecords(join(temporary, 'rejected.jsonl'), rejected.sort(byPath)),
    }
    writeFileSync(join(temporary, 'checksums.json'), JSON.stringify(checksums))
  })
  return { ...pathsIn(folder), cached: false }
}

/** The finished result of an earlier run; one that the disk has damaged since is removed. */
export async function earlierResult(
  entry: PackageEntry,
  archive: Archive,
  manifest: Pick<Manifest, 'targets' | 'limits'>,
): Promise<PackageResult | undefined> {
  const folder = resultFolder(entry, archive, manifest)
  if (!existsSync(folder)) return undefined
  const result = pathsIn(folder)
  try {
    const checksums = JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8')) as Record<
      string,
      unknown
    >
    const isWhole =
      (await sha256File(result.keptPath)) === checksums.kept &&
      (await sha256File(result.rejectedPath)) === checksums.rejected
    if (isWhole) return { ...result, cached: true }
  } catch {
    // Missing or unreadable files are damage like any other.
  }
  rmSync(folder, { recursive: true, force: true })
  return undefined
}

function pathsIn(folder: string): Pick<PackageResult, 'keptPath' | 'rejectedPath'> {
  return { keptPath: join(folder, 'kept.jsonl'), rejectedPath: join(folder, 'rejected.jsonl') }
}

async function writeRecords(path: string, records: unknown[]): Promise<string> {
  using lines = openJsonLines(path)
  for (const record of records) lines.write(record)
  lines.close()
  return await sha256File(path)
}

/** The first step that drops the document decides. */
function passThrough(document: Document, steps: Step[]): { keep: Document } | { drop: string; step: string } {
  let current = document
  for (const step of steps) {
    const verdict = step.judge(current)
    if ('drop' in verdict) return { drop: verdict.drop, step: step.name }
    current = verdict.keep
  }
  return { keep: current }
}

async function passMeasured(document: Document, meter: QualityMeter, steps: Step[]) {
  return passThrough({ ...document, quality: await meter.measure(document) }, steps)
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

function resultFolder(
  entry: PackageEntry,
  archive: Archive,
  manifest: Pick<Manifest, 'targets' | 'limits'>,
): string {
  const languages = manifest.targets.flatMap((target) => target.languages).sort()
  const key = sha256(
    JSON.stringify([
      archive.checksum,
      archive.version,
      entry.source,
      entryName(entry),
      entry.license ?? null,
      languages,
      manifest.limits.fileBytes,
      policyText,
      stageCode(),
    ]),
  )
  return cacheFolder('corpus', key)
}

let code: string | undefined

/** A checksum over this stage's own source files. */
function stageCode(): string {
  code ??= sha256(
    (readdirSync(import.meta.dirname, { recursive: true }) as string[])
      .filter((path) => /\.(?:ts|json)$/.test(path) && !path.endsWith('.test.ts'))
      .sort()
      .map((path) => `${path} ${sha256(readFileSync(join(import.meta.dirname, path)))}`)
      .join('\n'),
  )
  return code
}
