import { mkdirSync } from 'node:fs'
import { cacheFolder, hasCode, UserError } from '../lib/index.ts'
import { entryName, type Manifest, type PackageEntry } from './manifest.ts'
import { type PackageResult, processPackage } from './process-package.ts'
import { type Archive, obtain } from './sources/index.ts'
import { removeAbandoned } from './temporary.ts'

/** How many packages are downloaded and unpacked side by side. */
const PARALLEL_PACKAGES = 3

/** A package that was obtained and has passed its own steps. */
export type GatheredPackage = PackageResult & { entry: PackageEntry; archive: Archive }

export interface Gathered {
  /** In the manifest's order. */
  packages: GatheredPackage[]
  /** Those that could not be had, with a sentence that says why. */
  skipped: { source: string; name: string; reason: string }[]
}

/** Obtains and processes every package of a manifest, a few side by side. */
export async function gatherPackages(
  manifest: Manifest,
  onProgress: (line: string) => void,
  signal?: AbortSignal,
): Promise<Gathered> {
  mkdirSync(cacheFolder('corpus'), { recursive: true })
  removeAbandoned(cacheFolder('corpus'))
  let done = 0
  const results = await eachOf(
    manifest.packages,
    async (entry, stop) => {
      const result = await onePackage(entry, manifest, stop)
      const note = 'unavailable' in result ? `SKIPPED: ${result.unavailable}` : noteOf(result)
      onProgress(`[${++done}/${manifest.packages.length}] ${entry.source} ${entryName(entry)} ${note}`)
      return { entry, result }
    },
    signal,
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

/**
 * Runs `task` on every item, {@link PARALLEL_PACKAGES} at a time; results keep the items' order. The first
 * failure stops the others by the signal that they are given, and is thrown when they have ended.
 */
export async function eachOf<T, R>(
  items: readonly T[],
  task: (item: T, signal: AbortSignal) => Promise<R>,
  signal?: AbortSignal,
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
  await Promise.all(Array.from({ length: PARALLEL_PACKAGES }, work))
  stop.throwIfAborted()
  return results
}

async function onePackage(
  entry: PackageEntry,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<GatheredPackage | { unavailable: string }> {
  try {
    const archive = await obtain(entry, { signal })
    if ('unavailable' in archive) return archive
    const result = await processPackage(entry, archive, manifest, signal)
    return 'unavailable' in result ? result : { ...result, entry, archive }
  } catch (error) {
    // A client that is not installed (dpkg-deb, npm, git) costs its packages, not the whole run.
    if (error instanceof UserError && hasCode(error.cause, 'ENOENT')) return { unavailable: error.message }
    throw error
  }
}

function noteOf({ archive, cached }: GatheredPackage): string {
  const drift = archive.drift ? ` DRIFT: pinned ${archive.drift.pinned}` : ''
  return `${archive.version}${cached ? ' (cached)' : ''}${drift}`
}
