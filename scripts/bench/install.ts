import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { projectRoot, UserError } from '../../src/lib/index.ts'
import type { Benchmark, Values } from './result.ts'

/** From a clean checkout to a server that answers: how long, and how much disk. */
export const installFigures: Benchmark = {
  name: 'install',
  title: 'Clean checkout to ready',
  cost: 'the npm registry; a minute and 600 MB of disk for a while',
  async measure(): Promise<Values> {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-install-'))
    const checkout = join(folder, 'understudy')
    try {
      execFileSync('git', ['clone', '-q', projectRoot, checkout])
      const megabytes = (path: string) => Math.round(bytesUnder(path) / 1e6)
      const sources = megabytes(checkout) - megabytes(join(checkout, '.git'))
      return {
        'first start, seconds': await secondsToReady(checkout),
        'second start, seconds': await secondsToReady(checkout),
        'checkout, MB': sources,
        'installed, MB': megabytes(join(checkout, 'node_modules')),
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Runs `npm start` and stops it when it has said, in JSON, where it listens. */
async function secondsToReady(checkout: string): Promise<number> {
  const start = performance.now()
  const child = spawn('npm', ['start', '--', '--port', '0', '--json'], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('{')) continue
      const { url } = JSON.parse(line) as { url: string }
      const health = await fetch(new URL('/health', url))
      if (health.ok) return (performance.now() - start) / 1000
    }
    throw new UserError('The server ended before it was ready.', 'The lines above say why.')
  } finally {
    process.kill(-child.pid!, 'SIGTERM')
    await new Promise((resolve) => child.once('close', resolve))
  }
}

function bytesUnder(path: string): number {
  let bytes = 0
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name)
    if (entry.isDirectory()) bytes += bytesUnder(child)
    else if (entry.isFile()) bytes += statSync(child).size
  }
  return bytes
}
