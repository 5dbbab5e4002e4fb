import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../../test/requirements.ts'
import { openSandbox, type Program, type Sandbox } from './index.ts'

describe.skipIf(missing('bubblewrap'))('running programs', { timeout: 120_000 }, () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox({ slots: 2, limits: patient })
  })
  afterAll(() => sandbox.close())

  const python = (source: string, more: Partial<Program> = {}) =>
    sandbox.run({ language: 'python', source, ...more })

  test('a program that comes to its end passes, with what it printed', async () => {
    expect(await python('import sys\nprint("hello")\nprint("there", file=sys.stderr)')).toMatchObject({
      outcome: 'passed',
      stdout: 'hello\n',
      stderr: 'there\n',
    })
  })

  test('an uncaught exception fails, and is the reason', async () => {
    expect(await python('def f():\n  raise KeyError("x")\nf()')).toMatchObject({
      outcome: 'failed',
      stage: 'run',
      reason: "KeyError: 'x'",
      stderr: expect.stringContaining('File "program.py", line 2, in f\n    raise KeyError("x")'),
    })
  })

  test('a failed assertion, a syntax error and a status other than 0 fail', async () => {
    expect(await python('assert 1 + 1 == 3, "sum"')).toMatchObject({ reason: 'AssertionError: sum' })
    expect(await python('def f(:')).toMatchObject({ reason: 'SyntaxError: invalid syntax' })
    expect(await python('import sys\nsys.exit(3)')).toMatchObject({ reason: 'exit status 3' })
  })

  test('a loop without end is out of time', async () => {
    const verdict = await python('while True: pass', { limits: { milliseconds: 300 } })
    expect(verdict).toMatchObject({ outcome: 'timed-out', stage: 'run' })
  })

  test('a program waits for its threads, and runs what it registered for its end', async () => {
    const source = `import atexit, threading, time
atexit.register(lambda: print('at exit'))
threading.Thread(target=lambda: (time.sleep(0.05), print('thread'))).start()`
    expect(await python(source)).toMatchObject({ outcome: 'passed', stdout: 'thread\nat exit\n' })
  })

  test('each case is run with its input, and white space at the ends of lines does not count', async () => {
    const source = 'a, b = map(int, input().split())\nprint(a + b, " ")\nprint()'
    const cases = [
      { stdin: '1 2\n', stdout: '3' },
      { stdin: '3 4\n', stdout: '7  \n' },
    ]
    expect(await python(source, { cases })).toMatchObject({ outcome: 'passed' })
    const wrong = [...cases, { stdin: '1 1', stdout: '3' }, { stdin: '', stdout: '' }]
    expect(await python(source, { cases: wrong })).toMatchObject({
      outcome: 'failed',
      reason: 'case 3: printed something else',
    })
    const failing = [...cases, { stdin: 'x' }]
    expect(await python(source, { cases: failing })).toMatchObject({
      reason: expect.stringMatching(/^case 3: ValueError/),
    })
  })

  test('expected output beyond what is kept is compared all the same', async () => {
    const cases = [{ stdin: '', stdout: 'x'.repeat(200_000) }]
    const verdict = await python('print("x" * 200_000)', { cases, limits: { outputBytes: 100 } })
    expect(verdict).toMatchObject({ outcome: 'passed', stdout: 'x'.repeat(100) })
    expect(await python('print("x" * 200_001)', { cases })).toMatchObject({ outcome: 'failed' })
  })

  test('a long input arrives whole, also where it is not read', async () => {
    const stdin = 'line\n'.repeat(200_000)
    expect(
      await python('import sys\nprint(len(sys.stdin.read()))', { cases: [{ stdin, stdout: '1000000' }] }),
    ).toMatchObject({ outcome: 'passed' })
    expect(await python('print(1)', { cases: [{ stdin, stdout: '1' }] })).toMatchObject({ outcome: 'passed' })
  })

  test('unit tests: test cases and test functions run, and their failure is the reason', async () => {
    const tests = `import unittest
class T(unittest.TestCase):
    def test_sum(self): self.assertEqual(1 + 1, 2)
def test_product(): assert 2 * 2 == `
    expect(await python(`${tests}4`, { entry: 'tests' })).toMatchObject({ outcome: 'passed' })
    expect(await python(`${tests}5`, { entry: 'tests' })).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('AssertionError'),
    })
    expect(await python('x = 1', { entry: 'tests' })).toMatchObject({ reason: 'RuntimeError: no tests' })
  })

  test('more programs than slots: all are run, each with its own verdict', async () => {
    const sources = Array.from({ length: 12 }, (_, index) => (index % 3 === 0 ? '1 / 0' : `print(${index})`))
    const verdicts = await Promise.all(sources.map((source) => python(source)))
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(
      sources.map((source) => (source === '1 / 0' ? 'failed' : 'passed')),
    )
  })

  test('a program too large is refused, and not run', async () => {
    const verdict = await python('#'.repeat(17 << 20))
    expect(verdict).toMatchObject({ outcome: 'refused', cause: 'too-large' })
  })

  test('the toolchain says its version', async () => {
    expect(await sandbox.toolchain('python')).toMatchObject({
      present: true,
      version: expect.stringMatching(/^Python 3/),
    })
  })

  test('a closed sandbox runs nothing more', async () => {
    const other = await openSandbox({ slots: 1 })
    const waiting = [1, 2].map(() => other.run({ language: 'python', source: 'import time; time.sleep(60)' }))
    await Promise.resolve()
    await other.close()
    for (const run of waiting) await expect(run).rejects.toThrow('closed')
  })
})

/** Tests share their cores with others: only those about time have short limits. */
const patient = { milliseconds: 60_000 }
