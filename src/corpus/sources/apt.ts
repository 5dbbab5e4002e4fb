/**
 * Debian's own client over a private state: lists, cache and sources live in the cache folder, so that no
 * right to write in /var is needed and the machine's package state is neither read nor changed. The mirrors
 * are those that the machine's /etc/apt names; apt verifies every index by its signature and every archive
 * by its index. `UNDERSTUDY_APT_SOURCES` names another folder than /etc/apt.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, messageOf, type ProcessResult, runProcess } from '../../lib/index.ts'

const LISTS_LAST_MS = 24 * 3600 * 1000

/** Either ready, or one sentence that says why apt cannot be used here. */
export type AptState = { ready: true } | { ready: false; reason: string }

let opening: Promise<AptState> | undefined

/** Prepares the private state once a process; the package lists are fetched when absent or a day old. */
export function openApt(signal?: AbortSignal): Promise<AptState> {
  opening ??= prepare(signal)
  return opening
}

/** Runs one of apt's programs on the private state, in `cwd`. */
export function runApt(
  program: 'apt-get' | 'apt-cache',
  args: string[],
  cwd: string,
  signal?: AbortSignal,
): Promise<ProcessResult> {
  const options = [
    ['Dir::State', root('state')],
    ['Dir::State::status', root('state', 'status')],
    ['Dir::Cache', root('cache')],
    ['Dir::Etc::SourceList', root('sources.list')],
    ['Dir::Etc::SourceParts', root('sources.list.d')],
    // The private folders may lie in a home that the user `_apt` cannot enter.
    ['APT::Sandbox::User', 'root'],
    ['Acquire::Retries', '2'],
  ].flatMap(([key, value]) => ['-o', `${key}=${value}`])
  return runProcess(program, [...options, '-q', ...args], {
    cwd,
    env: { ...process.env, LC_ALL: 'C' },
    ...(signal && { signal }),
  })
}

/** The first error line of apt's output. */
export function aptError(result: ProcessResult): string {
  return /^E: (.*)$/m.exec(result.stderr)?.[1] ?? `apt-get ended with code ${result.code}`
}

function root(...parts: string[]): string {
  return cacheFolder('apt', ...parts)
}

async function prepare(signal?: AbortSignal): Promise<AptState> {
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'sources.list.d'])
    mkdirSync(root(folder), { recursive: true })
  writeFileSync(root('state', 'status'), '')
  const sources = debianSources(process.env.UNDERSTUDY_APT_SOURCES ?? '/etc/apt')
  if (sources.list === '' && sources.deb822 === '')
    return { ready: false, reason: 'no Debian mirror is configured in /etc/apt' }
  writeFileSync(root('sources.list'), sources.list)
  writeFileSync(root('sources.list.d', 'debian.sources'), sources.deb822)

  const stamp = root(
    `updated-${createHash('sha256')
      .update(sources.list + sources.deb822)
      .digest('hex')
      .slice(0, 12)}`,
  )
  if (existsSync(stamp) && Date.now() - statSync(stamp).mtimeMs < LISTS_LAST_MS) return { ready: true }
  try {
    const result = await runApt('apt-get', ['update'], root(), signal)
    const hasLists = readdirSync(root('state', 'lists')).some((name) => name.includes('_Packages'))
    if (!hasLists)
      return { ready: false, reason: `the package lists could not be fetched: ${aptError(result)}` }
    // With older lists at hand a failed update is no reason to stop: pinned archives may still be served.
    if (result.code === 0) writeFileSync(stamp, '')
    return { ready: true }
  } catch (error) {
    signal?.throwIfAborted()
    return { ready: false, reason: messageOf(error) }
  }
}

/**
 * The machine's Debian (or derivative) mirrors with source packages added, in both of apt's formats.
 * Third-party repositories are left out: they hold no packages of the manifest and may be unreachable.
 */
export function debianSources(etc: string): { list: string; deb822: string } {
  const files = [join(etc, 'sources.list'), ...listFolder(join(etc, 'sources.list.d'))]
  const lines: string[] = []
  const stanzas: string[] = []
  for (const file of files.filter((name) => existsSync(name))) {
    const text = readFileSync(file, 'utf8')
    if (file.endsWith('.sources')) {
      for (const stanza of text.split(/\n\s*\n/)) {
        const body = stanza.replace(/^#.*\n?/gm, '')
        if (isArchive(/^URIs:\s*(.*)$/m.exec(body)?.[1] ?? '') && /^Types:.*\bdeb\b/m.test(body))
          stanzas.push(body.replace(/^Types:.*$/m, 'Types: deb deb-src').trim())
      }
    } else if (file.endsWith('.list')) {
      for (const match of text.matchAll(/^deb\s+((?:\[[^\]]*\]\s+)?(\S+).*)$/gm))
        if (isArchive(match[2] ?? '')) lines.push(`deb ${match[1]}`, `deb-src ${match[1]}`)
    }
  }
  return {
    list: lines.map((line) => `${line}\n`).join(''),
    deb822: stanzas.map((text) => `${text}\n\n`).join(''),
  }
}

function isArchive(uris: string): boolean {
  return /\/(debian|debian-security|ubuntu|ubuntu-ports|raspbian)\/?(\s|$)/.test(uris)
}

function listFolder(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
    : []
}
