import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runProcess } from '../../lib/index.ts'
import { storeDownload, storedDownload, withDownloadFolder } from '../downloads.ts'
import { declaredLicence, fromPackageJson } from '../licence/index.ts'
import type { NpmEntry } from '../manifest.ts'
import type { Archive, Obtained, SourceOptions } from './source.ts'
import { readTar } from './tar.ts'

/** Obtains an npm package by `npm pack`, which runs none of the package's scripts. */
export async function obtainNpm(entry: NpmEntry, options: SourceOptions): Promise<Obtained> {
  if (entry.sha256 !== undefined && entry.version !== undefined && !options.latest) {
    const path = await storedDownload(entry.sha256)
    if (path !== undefined) return npmArchive(entry, entry.version, entry.sha256, path)
  }
  return withDownloadFolder(async (folder) => {
    const pinned = options.latest ? undefined : entry.version
    let result = await pack(
      pinned === undefined ? entry.name : `${entry.name}@${pinned}`,
      folder,
      options.signal,
    )
    const isGone = /ETARGET|E404/.test(result.stderr)
    if (result.code !== 0 && pinned !== undefined && isGone)
      result = await pack(entry.name, folder, options.signal)
    if (result.code !== 0) return { unavailable: npmError(result.stderr) }
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
    const version = packedVersion(result.stdout)
    if (tarball === undefined || version === undefined) return { unavailable: 'npm pack brought no archive' }
    const { checksum, path } = await storeDownload(join(folder, tarball))
    const archive = npmArchive(entry, version, checksum, path)
    if (options.latest || entry.sha256 === undefined || entry.sha256 === checksum) return archive
    // A published version never changes, so other bytes under the same version are not to be trusted.
    if (version === entry.version)
      return {
        unavailable: `version ${version} came with SHA-256 ${checksum.slice(0, 12)}, pinned is ${entry.sha256.slice(0, 12)}`,
      }
    return { ...archive, drift: { pinned: entry.version ?? 'any version', atHand: version } }
  })
}

function npmArchive(entry: NpmEntry, version: string, checksum: string, path: string): Archive {
  return {
    version,
    checksum,
    read: (visit) => readTar(createReadStream(path), 1, visit),
    isEvidence: (name) => name === 'package.json',
    licences: (evidence) =>
      entry.license === undefined
        ? fromPackageJson(evidence.get('package.json') ?? '')
        : declaredLicence(entry.license),
  }
}

function pack(spec: string, folder: string, signal?: AbortSignal) {
  const args = ['pack', spec, '--json', '--ignore-scripts', '--pack-destination', folder]
  // The folder is empty, so no .npmrc and no workspace of the caller's project has a say.
  return runProcess('npm', args, { cwd: folder, ...(signal && { signal }) })
}

function packedVersion(stdout: string): string | undefined {
  try {
    const report: unknown = JSON.parse(stdout.slice(stdout.search(/[[{]/)))
    const first = (Array.isArray(report) ? report[0] : Object.values(report as object)[0]) as {
      version?: unknown
    }
    return typeof first?.version === 'string' ? first.version : undefined
  } catch {
    return undefined
  }
}

function npmError(stderr: string): string {
  if (/E404/.test(stderr)) return 'the npm registry has no such package'
  return /^npm (?:error|ERR!) (?!code)(.+)$/m.exec(stderr)?.[1] ?? 'npm pack failed'
}
