import { messageOf } from '../lib/index.ts'
import { eachOf } from './gather.ts'
import { entryName, type Manifest, type PackageEntry } from './manifest.ts'
import { obtain } from './sources/index.ts'

export interface PinOptions {
  manifest: Manifest
  /** Pin anew what is pinned already, to the newest version at hand. */
  update?: boolean
  onProgress?: (line: string) => void
  signal?: AbortSignal
}

export interface PinResult {
  manifest: Manifest
  /** Packages that could not be had; they stay in the manifest as they were. */
  failed: { name: string; reason: string }[]
}

/**
 * Fills in version and SHA-256 of the `debian` and `npm` packages that have none, from the newest at hand, and
 * downloads them on the way. Local folders are left as they are: they have no version to pin.
 */
export async function pinManifest({ manifest, update, onProgress, signal }: PinOptions): Promise<PinResult> {
  const failed: PinResult['failed'] = []
  const pinOne = async (entry: PackageEntry, stop: AbortSignal): Promise<PackageEntry> => {
    if ('path' in entry) return entry
    if (!update && entry.version !== undefined && entry.sha256 !== undefined) return entry
    const archive = await obtain(entry, { latest: true, signal: stop }).catch((error: unknown) => {
      stop.throwIfAborted()
      return { unavailable: messageOf(error) }
    })
    const label = `${entry.source} ${entryName(entry)}`
    if ('unavailable' in archive) {
      onProgress?.(`${label} FAILED: ${archive.unavailable}`)
      failed.push({ name: entryName(entry), reason: archive.unavailable })
      return entry
    }
    onProgress?.(`${label} ${archive.version}`)
    const { license, ...rest } = entry
    const pin = {
      version: archive.version,
      sha256: archive.checksum,
      ...(license !== undefined && { license }),
    }
    return { ...rest, ...pin } as PackageEntry
  }
  const packages = await eachOf(manifest.packages, pinOne, signal)
  return { manifest: { ...manifest, packages }, failed }
}
