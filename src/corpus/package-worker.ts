/** What a process of the pool does: finds a package that the main process has downloaded, and runs its steps. */
import { UserError } from '../lib/index.ts'
import type { Manifest, PackageEntry } from './manifest.ts'
import { type PackageResult, processPackage } from './process-package.ts'
import { obtain } from './sources/index.ts'

export interface PackageTask {
  /** Pinned to what the main process has at hand. */
  entry: PackageEntry
  checksum: string
  manifest: Pick<Manifest, 'targets' | 'limits'>
}

/** Errors come back as values, since what crosses between processes keeps neither class nor hint. */
export type PackageAnswer = PackageResult | { unavailable: string } | { failed: string; hint: string }

export default async function work({ entry, checksum, manifest }: PackageTask): Promise<PackageAnswer> {
  try {
    const archive = await obtain(entry, {})
    if ('unavailable' in archive) return archive
    if (archive.checksum !== checksum) return { unavailable: 'it changed while it was read' }
    return await processPackage(entry, archive, manifest)
  } catch (error) {
    if (error instanceof UserError) return { failed: error.message, hint: error.hint }
    throw error
  }
}
