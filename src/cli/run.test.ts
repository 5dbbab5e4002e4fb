import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { missing } from '../../test/requirements.ts'
import { projectRoot, runProcess } from '../lib/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-run-'))
afterAll(() => rmSync(folder, { recursive: true }))

const main = join(projectRoot, 'src/cli/main.ts')
const run = (args: string[], input = '') => runProcess(process.execPath, [main, 'run', ...args], { input })

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe.skipIf(missing('bubblewrap'))('understudy run', () => {
  const patient = ['--seconds', '60']

  it('prints what the program printed, then the verdict, and exits with 0 where it passed', async () => {
    expect(await run([file('hello.py', 'print("hello")'), ...patient])).toEqual({
      code: 0,
      stdout: 'hello\n',
      stderr: expect.stringMatching(/^passed after \d+\.\d\d s\n$/),
    })
  })

  it('exits with 1 where it did not, and tells an early exit(0) apart', async () => {
    const result = await run(['-', '--language', 'python', ...patient], 'print(1); exit(0)')
    expect(result).toMatchObject({ code: 1, stdout: '1\n' })
    expect(result.stderr.trim().split('\n').at(-1)).toMatch(/^failed after .*: ended before its end$/)
  })

  it('knows the language by the name of the file, and passes standard input on', async () => {
    const script = file('double.sh', 'read -r n; echo $((2 * n))')
    const input = file('input', '21\n')
    expect(await run([script, '--stdin', input, ...patient])).toMatchObject({ code: 0, stdout: '42\n' })
  })

  it('runs unit tests, and prints the verdict as JSON', async () => {
    const path = file('sum.py', 'def test_sum():\n    assert 1 + 1 == 3, "sum"')
    const { code, stdout } = await run([path, '--tests', '--json', ...patient])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('sum') })
  })
})

it('names what it does not know', async () => {
  expect(await run([join(folder, 'absent.py')])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no file'),
  })
  expect(await run([file('x.unknown', 'x')])).toMatchObject({
    stderr: expect.stringContaining('--language: python, javascript'),
  })
})
