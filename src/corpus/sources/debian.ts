import { spawn } from 'node:child_process'
import { createReadStream, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { cacheFolder, messageOf, type ProcessResult, runProcess } from '../../lib/index.ts'
import { storeDownload, storedDownload, withDownloadFolder } from '../downloads.ts'
import { declaredLicence, fromDebianCopyright } from '../licence/index.ts'
import type { DebianEntry } from '../manifest.ts'
import { aptError, openApt, runApt } from './apt.ts'
import type { Archive, Obtained, SourceOptions } from './source.ts'
import { readTar, type Visit } from './tar.ts'

/** Obtains a Debian package: the .deb itself, or the tarballs of the source package. */
export async function obtainDebian(entry: DebianEntry, options: SourceOptions): Promise<Obtained> {
  const isSource = entry.archive === 'source'
  if (entry.sha256 !== undefined && !options.latest) {
    const archive = isSource
      ? await storedSource(entry, entry.sha256)
      : await storedBinary(entry, entry.sha256)
    if (archive) return archive
  }
  const apt = await openApt(options.signal)
  if (!apt.ready) return { unavailable: apt.reason }
  return withDownloadFolder(async (folder) => {
    const command = isSource ? ['source', '--download-only'] : ['download']
    let result: ProcessResult | undefined
    for await (const version of versionsToTry(entry, options)) {
      const wanted = version === undefined ? entry.name : `${entry.name}=${version}`
      result = await runApt('apt-get', [...command, wanted], folder, options.signal)
      if (result.code === 0) break
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
    }
    if (result?.code !== 0) return { unavailable: result ? aptError(result) : 'apt knows no version of it' }
    const checksum = await storeAll(folder, isSource ? '.dsc' : '.deb')
    if (checksum === undefined) return { unavailable: 'apt-get brought no archive' }
    const archive = isSource ? await storedSource(entry, checksum) : await storedBinary(entry, checksum)
    if (!archive) return { unavailable: 'a part of the source package is missing' }
    if (
      'unavailable' in archive ||
      options.latest ||
      entry.sha256 === undefined ||
      archive.checksum === entry.sha256
    )
      return archive
    const pinned = `${entry.version ?? 'any version'} (${entry.sha256.slice(0, 12)})`
    return { ...archive, drift: { pinned, atHand: `${archive.version} (${archive.checksum.slice(0, 12)})` } }
  })
}

/**
 * The pinned version, then the newest, then whatever else the index lists: Debian drops old versions, and a
 * mirror does not hold every file that its index names.
 */
async function* versionsToTry(
  entry: DebianEntry,
  options: SourceOptions,
): AsyncGenerator<string | undefined> {
  if (entry.version !== undefined && !options.latest) yield entry.version
  yield undefined
  const type = entry.archive === 'source' ? 'Sources' : 'Packages'
  const listed = await runApt('apt-cache', ['madison', entry.name], cacheFolder(), options.signal)
  for (const line of listed.stdout.split('\n')) {
    const [, version, index] = line.split('|').map((column) => column.trim())
    if (version && index?.endsWith(type)) yield version
  }
}

/** Stores every file of the folder; the checksum of the one with this ending. */
async function storeAll(folder: string, ending: string): Promise<string | undefined> {
  let main: string | undefined
  for (const name of readdirSync(folder).sort()) {
    const { checksum } = await storeDownload(join(folder, name))
    if (name.endsWith(ending)) main = checksum
  }
  return main
}

async function storedBinary(entry: DebianEntry, checksum: string): Promise<Obtained | undefined> {
  const path = await storedDownload(checksum)
  if (path === undefined) return undefined
  const field = await runProcess('dpkg-deb', ['--field', path, 'Version'])
  if (field.code !== 0) return { unavailable: `the archive is damaged: ${messageOf(field.stderr.trim())}` }
  return debianArchive(entry, field.stdout.trim(), checksum, (visit) =>
    throughProgram('dpkg-deb', ['--fsys-tarfile', path], undefined, (stream) => readTar(stream, 0, visit)),
  )
}

async function storedSource(entry: DebianEntry, checksum: string): Promise<Obtained | undefined> {
  const path = await storedDownload(checksum)
  if (path === undefined) return undefined
  const description = readFileSync(path, 'utf8')
  const version = /^Version: (\S+)$/m.exec(description)?.[1]
  const parts: { name: string; path: string }[] = []
  for (const { name, sha256 } of tarballs(description)) {
    const part = await storedDownload(sha256)
    if (part === undefined) return undefined
    parts.push({ name, path: part })
  }
  if (version === undefined || parts.length === 0) return { unavailable: 'its .dsc names no tarball' }
  return debianArchive(entry, version, checksum, async (visit) => {
    for (const part of parts) {
      // Upstream tarballs hold one folder with everything in it; the packaging's tarball holds `debian/`.
      const strip = part.name.includes('.debian.tar') ? 0 : 1
      await readTarball(part.name, part.path, strip, visit)
    }
  })
}

/** The tarballs that a .dsc lists, with their SHA-256. */
export function tarballs(description: string): { name: string; sha256: string }[] {
  const list = /^Checksums-Sha256:\n((?: .*\n?)+)/m.exec(description)?.[1] ?? ''
  return [...list.matchAll(/^ ([0-9a-f]{64}) \d+ (\S+\.tar\.(?:gz|xz|bz2))$/gm)].map((match) => ({
    name: match[2]!,
    sha256: match[1]!,
  }))
}

function debianArchive(
  entry: DebianEntry,
  version: string,
  checksum: string,
  read: Archive['read'],
): Archive {
  const isSource = entry.archive === 'source'
  const copyright = isSource ? 'debian/copyright' : `usr/share/doc/${entry.name}/copyright`
  return {
    version,
    checksum,
    read,
    isEvidence: (path) => path === copyright,
    licences: (evidence) => {
      if (entry.license !== undefined) return declaredLicence(entry.license)
      return fromDebianCopyright(evidence.get(copyright) ?? '', isSource ? 'source' : 'installed')
    },
  }
}

async function readTarball(name: string, path: string, strip: number, visit: Visit): Promise<void> {
  if (name.endsWith('.gz')) return readTar(createReadStream(path), strip, visit)
  const program = name.endsWith('.xz') ? 'xz' : 'bzip2'
  await throughProgram(program, ['--decompress', '--stdout'], path, (stream) => readTar(stream, strip, visit))
}

/** Feeds a program's standard output to `read`; a program that fails makes the whole fail. */
async function throughProgram(
  program: string,
  args: string[],
  inputPath: string | undefined,
  read: (stream: Readable) => Promise<void>,
): Promise<void> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    if (complaint.length < 1000) complaint += chunk.toString()
  })
  child.stdin.on('error', () => {})
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', () => reject(new Error(`the program ${program} is not installed`)))
    child.on('close', (code) => resolve(code ?? 1))
  })
  ended.catch(() => {})
  if (inputPath === undefined) child.stdin.end()
  else createReadStream(inputPath).pipe(child.stdin)
  try {
    await read(child.stdout)
  } catch (error) {
    child.kill()
    // The program's own complaint (a truncated archive) says more than the tar reader's.
    if ((await ended) !== 0 && complaint !== '') throw new Error(complaint.trim(), { cause: error })
    throw error
  }
  if ((await ended) !== 0) throw new Error(complaint.trim() || `${program} failed`)
}
