import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { openCell } from './cell.ts'
import { defaultEnvironment } from './environment.ts'
import type { Isolation } from './isolation.ts'
import { keep, readableByNobody } from './kept.ts'
import type { Language } from './languages/language.ts'
import { findToolchain } from './toolchain.ts'

/** The walls for programs of one language: its toolchain, its harness, and what it has made once for all programs. */
export async function wallsFor(language: Language, diskBytes: number): Promise<Isolation> {
  const bare: Isolation = {
    mounts: await mountsOf(language),
    files: Object.fromEntries(
      language.harness.map((path) => [`/harness/${basename(path)}`, readFileSync(path)]),
    ),
    diskBytes,
    environment: { ...defaultEnvironment, PYTHONHASHSEED: '0' },
  }
  if (!language.cache) return bare
  const folder = await cacheOf(language, language.cache, bare)
  return { ...bare, mounts: { ...bare.mounts, [folder]: '/cache' } }
}

/** What lies outside `/usr`, which is always there. */
async function mountsOf({ mounts = [], tools = {} }: Language): Promise<Record<string, string>> {
  const all = [...mounts.map((path) => [path, path] as const), ...Object.entries(tools)]
  const present = all.filter(([outside]) => existsSync(outside))
  return Object.fromEntries(
    await Promise.all(
      present.map(async ([outside, inside]) => [await readableByNobody(outside), inside] as const),
    ),
  )
}

const caches = new Map<Language, Promise<string>>()

function cacheOf(language: Language, command: string[], walls: Isolation): Promise<string> {
  const known = caches.get(language)
  if (known) return known
  const making = makeCache(language, command, walls)
  caches.set(language, making)
  // A command that failed, for want of disk for instance, is tried again by the next program.
  making.catch(() => caches.delete(language))
  return making
}

async function makeCache(language: Language, command: string[], walls: Isolation): Promise<string> {
  const toolchain = await findToolchain(language)
  const harness = Object.entries(walls.files).map(([path, contents]) => [path, contents.toString()])
  return keep(language.name, [toolchain, harness, command], async (folder) => {
    const cell = await openCell({ ...walls, diskBytes: 1 << 30, cacheFolder: folder }, { preload: false })
    try {
      const answer = await cell.ask({ ...cacheLimits, compile: command, run: ['/bin/true'] }, 700_000)
      if (answer.compile?.status !== 0)
        throw new Error(`${language.name}: ${command.join(' ')} failed: ${answer.compile?.stderr}`)
    } finally {
      await cell.close()
    }
  })
}

const cacheLimits = {
  environment: defaultEnvironment,
  memoryLimit: 'data' as const,
  milliseconds: 5_000,
  compileMilliseconds: 600_000,
  bytes: 4 * 2 ** 30,
  diskBytes: 1 << 30,
  processes: 256,
  outputBytes: 64 << 10,
  fresh: true,
}
