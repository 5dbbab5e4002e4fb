import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot, sha256 } from '../src/lib/index.ts'

/** What the playground's bundle is made of. */
const sources = ['web', 'src/api', 'src/completion', 'src/syntax', 'package-lock.json']
const dist = join(projectRoot, 'web/dist')
const stamp = join(dist, '.sources')

function* filesUnder(path: string): Generator<string> {
  if (path === dist) return
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const child = join(path, entry.name)
    if (entry.isDirectory()) yield* filesUnder(child)
    else yield child
  }
}

function hashSources(): string {
  const parts: string[] = []
  for (const source of sources) {
    const path = join(projectRoot, source)
    const files = source.endsWith('.json') ? [path] : filesUnder(path)
    for (const file of files) parts.push(relative(projectRoot, file), sha256(readFileSync(file)))
  }
  return sha256(parts.join('\n'))
}

/** Builds the playground into `web/dist` unless the bundle there was made of these very sources. */
export async function buildWebIfStale(): Promise<void> {
  const hash = hashSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  process.stderr.write('Building the playground (once) …\n')
  // Loaded here, since a start that builds nothing should not wait for it.
  const { build } = await import('vite')
  await build({ root: join(projectRoot, 'web'), logLevel: 'error' })
  writeFileSync(stamp, hash)
}

if (import.meta.main) await buildWebIfStale()
