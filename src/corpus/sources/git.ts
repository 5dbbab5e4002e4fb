import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { runProcess, sha256 } from '../../lib/index.ts'
import { declaredLicence, fromLocalFolder, isLocalEvidence } from '../licence/index.ts'
import type { LocalEntry } from '../manifest.ts'
import type { Obtained, SourceOptions } from './source.ts'
import { readTar } from './tar.ts'

/**
 * A local git checkout: the tracked files as they are at HEAD, so that neither ignored files nor changes that
 * are not committed get in, and the commit says exactly what was read.
 */
export async function obtainGit(entry: LocalEntry, options: SourceOptions): Promise<Obtained> {
  const git = (...args: string[]) =>
    runProcess('git', ['-C', entry.path, ...args], options.signal ? { signal: options.signal } : {})
  const head = await git('rev-parse', '--verify', 'HEAD^{commit}')
  if (head.code !== 0) return { unavailable: `${entry.path} is not a git checkout with a commit` }
  const commit = head.stdout.trim()
  const tree = await git('rev-parse', `${commit}^{tree}`)
  return {
    version: commit,
    checksum: sha256(`git tree ${tree.stdout.trim()}`),
    read: async (visit) => {
      const child = spawn('git', ['-C', entry.path, 'archive', '--format=tar', commit], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const closed = once(child, 'close')
      await readTar(child.stdout, 0, visit)
      const [code] = (await closed) as [number | null]
      if (code !== 0) throw new Error('git archive failed')
    },
    isEvidence: isLocalEvidence,
    licences: (evidence) =>
      entry.license === undefined ? fromLocalFolder(evidence) : declaredLicence(entry.license),
  }
}
