import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { madeUpQuality, madeUpRun } from '../evaluation/report/testing/made-up.ts'
import { registerReport } from './report.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-report-command-'))
afterAll(() => rmSync(root, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

async function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      output[name] += String(chunk)
      return true
    })
  const program = new Command().exitOverride()
  registerReport(program)
  await program.parseAsync(['node', 'understudy', 'report', ...args]).finally(() => vi.restoreAllMocks())
  return output
}

test('results of several folders become one report; an unfinished run is told', async () => {
  for (const [path, content] of [
    ['one', madeUpRun()],
    ['two', madeUpQuality()],
  ] as const) {
    mkdirSync(join(root, path))
    writeFileSync(join(root, path, 'result.json'), JSON.stringify(content))
  }
  mkdirSync(join(root, 'two/begun'))
  writeFileSync(join(root, 'two/begun/samples.jsonl'), '')
  const out = join(root, 'out')
  const { stdout, stderr } = await run(join(root, 'one'), join(root, 'two'), '--out', out)
  expect(stdout).toBe(`A report of 1 run and 1 measure of quality: ${join(out, 'report.html')}\n`)
  expect(stderr).toContain(`Left out ${join(root, 'two/begun')}`)
  expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('Evaluation of made-up')
})

test('a folder without results is told', async () => {
  await expect(run(join(root, 'two/begun'), '--out', join(root, 'none'))).rejects.toThrow(
    'There is no result',
  )
})
