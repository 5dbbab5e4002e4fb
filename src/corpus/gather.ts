import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { cacheFolder, hasCode, UserError } from '../lib/index.ts'
import { entryName, type Manifest, type PackageEntry } from './manifest.ts'
import type { PackageAnswer, PackageTask } from './package-worker.ts'
import { earlierResult, type PackageResult, processPackage } from './process-package.ts'
import { type Archive, obtain } from './sources/index.ts'
import { removeAbandoned } from './temporary.ts'
import { createWorkerPool, type WorkerPool } from './worker-pool.ts'

/** How many packages are downloaded and unpacked side by side. */
const PARALLEL_PACKAGES = 3
/** A package's kept files are held until its licences are known; the largest packages have 300 MB of them. */
const WORKER_MEGABYTES = 1500

/** A package that was obtained and has passed its own steps. */
export type GatheredPackage = PackageResult & { entry: PackageEntry; archive: Archive }

export interface Gathered {
  /** In the manifest's order. */
  packages: GatheredPackage[]
  /** Those that could not be had, with a sentence that says why. */
  skipped: { source: string; name: string; reason: string }[]
}

export interface GatherOptions {
  /** How many processes share the packages' steps; with one they run in this process. By default one a core. */
  processes?: number
  signal?: AbortSignal
}

/**
 * Obtains every package of a manifest, a few side by side, and has the packages' own steps done by a pool of
 * processes. What an earlier run has finished is taken from the cache.
 */
export async function gatherPackages(
  manifest: Manifest,
  onProgress: (line: string) => void,
  { processes = availableParallelism(), signal }: GatherOptions = {},
): Promise<Gathered> {
  mkdirSync(cacheFolder('corpus'), { recursive: true })
  removeAbandoned(cacheFolder('corpus'))
  const isAlone = processes === 1 || manifest.packages.length === 1
  await using pool = isAlone ? undefined : openPool(processes)
  let done = 0
  const results = await eachOf(
    manifest.packages,
    async (entry, stop) => {
      const result = await onePackage(entry, manifest, pool, stop)
      const note = 'unavailable' in result ? `SKIPPED: ${result.unavailable}` : noteOf(result)
      onProgress(`[${++done}/${manifest.packages.length}] ${entry.source} ${entryName(entry)} ${note}`)
      return { entry, result }
    },
    signal,
    // One more than there are processes, so that a download goes on while they work.
    isAlone ? PARALLEL_PACKAGES : Math.max(PARALLEL_PACKAGES, processes + 1),
  )
  return {
    packages: results.flatMap(({ result }) => ('unavailable' in result ? [] : [result])),
    skipped: results.flatMap(({ entry, result }) =>
      'unavailable' in result
        ? [{ source: entry.source, name: entryName(entry), reason: result.unavailable }]
        : [],
    ),
  }
}

type PackagePool = WorkerPool<PackageTask, PackageAnswer>

function openPool(processes: number): PackagePool {
  const module = new URL('./package-worker.ts', import.meta.url)
  return createWorkerPool({ module, processes, heapMegabytes: WORKER_MEGABYTES })
}

/**
 * Runs `task` on every item, `parallel` at a time; results keep the items' order. The first
 * failure stops the others by the signal that they are given, and is thrown when they have ended.
 */
export async function eachOf<T, R>(
  items: readonly T[],
  task: (item: T, signal: AbortSignal) => Promise<R>,
  signal?: AbortSignal,
  parallel = PARALLEL_PACKAGES,
): Promise<R[]> {
  const failure = new AbortController()
  const stop = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal
  const results: R[] = []
  const queue = [...items.entries()]
  async function work(): Promise<void> {
    for (let next = queue.shift(); next && !stop.aborted; next = queue.shift()) {
      try {
        results[next[0]] = await task(next[1], stop)
      } catch (error) {
        failure.abort(error)
      }
    }
  }
  await Promise.all(Array.from({ length: parallel }, work))
  stop.throwIfAborted()
  return results
}

async function onePackage(
  entry: PackageEntry,
  manifest: Manifest,
  pool: PackagePool | undefined,
  signal: AbortSignal,
): Promise<GatheredPackage | { unavailable: string }> {
  try {
    const archive = await obtain(entry, { signal })
    if ('unavailable' in archive) return archive
    const result =
      (await earlierResult(entry, archive, manifest)) ??
      (pool
        ? await processElsewhere(entry, archive, manifest, pool, signal)
        : await processPackage(entry, archive, manifest, signal))
    return 'unavailable' in result ? result : { ...result, entry, archive }
  } catch (error) {
    // A client that is not installed (dpkg-deb, npm, git) costs its packages, not the whole run.
    if (error instanceof UserError && hasCode(error.cause, 'ENOENT')) return { unavailable: error.message }
    throw error
  }
}

async function processElsewhere(
  entry: PackageEntry,
  archive: Archive,
  { targets, limits }: Manifest,
  pool: PackagePool,
  signal: AbortSignal,
): Promise<PackageResult | { unavailable: string }> {
  const { version, checksum } = archive
  const atHand = 'path' in entry ? entry : { ...entry, version, sha256: checksum }
  const answer = await pool.run({ entry: atHand, checksum, manifest: { targets, limits } }, signal)
  if ('died' in answer) return { unavailable: answer.died }
  if ('failed' in answer) throw new UserError(answer.failed, answer.hint)
  return { ...answer, cached: false }
}

function noteOf({ archive, cached }: GatheredPackage): string {
  const drift = archive.drift ? ` DRIFT: pinned ${archive.drift.pinned}` : ''
  return `${archive.version}${cached ? ' (cached)' : ''}${drift}`
}
