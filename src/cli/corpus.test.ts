import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, expect, test, vi } from 'vitest'
import { MIT_TEXT, pythonModule, temporaryTestFolder, writeFiles } from '../corpus/testing/fixtures.ts'
import { registerCorpus } from './corpus.ts'

const root = temporaryTestFolder()
const manifestPath = join(root, 'manifest.json')
writeFiles(root, {
  'project/LICENSE': MIT_TEXT,
  'project/a.py': pythonModule('apples'),
  'manifest.json': JSON.stringify({
    name: 'mine',
    limits: { packageBytes: 1_000_000, fileBytes: 40_000, testShare: 0.15 },
    targets: [{ languages: ['python'], bytes: 1_000_000 }],
    packages: [{ source: 'folder', path: 'project' }],
  }),
})

afterEach(() => vi.restoreAllMocks())

async function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      output[name] += String(chunk)
      return true
    })
  const program = new Command().exitOverride()
  registerCorpus(program)
  await program.parseAsync(['node', 'understudy', 'corpus', ...args]).finally(() => vi.restoreAllMocks())
  return output
}

test('build, then report: a table for people and JSON for programs', async () => {
  const out = join(root, 'out')
  const built = await run('build', manifestPath, '--out', out)
  expect(built.stderr).toContain('NOT DECONTAMINATED')
  expect(built.stderr).toContain('[1/1] folder project')
  expect(built.stdout).toContain('Corpus mine: 0.00 MB in 1 documents from 1 packages')
  expect(Math.max(...built.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)

  const report = await run('report', out)
  expect(report.stdout).toBe(built.stdout)
  const { card } = JSON.parse((await run('report', out, '--json')).stdout)
  expect(report.stdout).toContain(`SHA-256 ${card.checksum}`)
})

test('pin leaves local paths as they are written', async () => {
  await run('pin', manifestPath)
  expect(JSON.parse(readFileSync(manifestPath, 'utf8')).packages).toEqual([
    { source: 'folder', path: 'project' },
  ])
})

test('a report of a folder without a corpus says what to do', async () => {
  await expect(run('report', root)).rejects.toThrow('There is no corpus')
})
