import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { projectRoot, runProcess } from '../lib/index.ts'

/** With which sources, on which machine: what a measured figure has to name. */
export async function provenance(): Promise<{ commit: string; machine: string }> {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
  return { commit: (await gitCommit()) ?? `version ${packageVersion()}`, machine }
}

/** The checkout's commit; undefined in an installed package, and where git is missing. */
async function gitCommit(): Promise<string | undefined> {
  const git = (...args: string[]) => runProcess('git', args, { cwd: projectRoot }).catch(() => undefined)
  const head = await git('rev-parse', '--short', 'HEAD')
  if (head?.code !== 0) return undefined
  const changes = await git('status', '--porcelain', '--', 'src')
  return head.stdout.trim() + (changes?.stdout.trim() === '' ? '' : ' with changes')
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version
}
