import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../../../test/requirements.ts'
import { openSandbox, type Sandbox, type SandboxLanguage } from '../index.ts'

describe.skipIf(missing('bubblewrap'))('JavaScript and TypeScript', { timeout: 120_000 }, () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox({ slots: 1, limits: { milliseconds: 60_000 } })
  })
  afterAll(() => sandbox.close())

  const run = (source: string, language: SandboxLanguage = 'javascript') => sandbox.run({ language, source })

  test('a program passes when nothing is left to do', async () => {
    const source = `const assert = require('node:assert')
process.exitCode = 0
setTimeout(() => Promise.resolve().then(() => { assert.equal(1, 1); console.log('later') }), 10)
process.on('exit', () => console.log('bye'))`
    expect(await run(source)).toMatchObject({ outcome: 'passed', stdout: 'later\nbye\n' })
  })

  test('modules, with what they wait for', async () => {
    const source = `import fs from 'node:fs'
const text = await new Promise((resolve) => fs.readFile('/etc/hosts', 'utf8', (_, text) => resolve(text)))
console.log(text.length > 0)`
    expect(await run(source)).toMatchObject({ outcome: 'passed', stdout: 'true\n' })
  })

  test('reads standard input', async () => {
    const verdict = await sandbox.run({
      language: 'javascript',
      source: `console.log(2 * Number(require('fs').readFileSync(0, 'utf8')))`,
      cases: [
        { stdin: '21', stdout: '42' },
        { stdin: '4', stdout: '8' },
      ],
    })
    expect(verdict).toMatchObject({ outcome: 'passed' })
  })

  const failing = {
    'an uncaught exception': ['throw new TypeError("x")', 'TypeError: x'],
    'an unhandled rejection': ['Promise.reject(new Error("x"))', 'Error: x'],
    'a failed assertion': ['require("assert").equal(1, 2)', /^AssertionError/],
    'a syntax error': ['const = 1', /^SyntaxError/],
    'an exit code': ['process.exitCode = 3', 'exit status 3'],
    'process.exit(0)': ['process.exit(0)', 'ended before its end'],
    'process.exit(0) in a task': ['setTimeout(() => process.exit(0), 1)', 'ended before its end'],
    'process.reallyExit(0)': ['process.reallyExit(0)', 'ended before its end'],
    'process.exit(0) at an end that failed': [
      'process.on("exit", () => process.exit(0)); throw 1',
      'ended before its end',
    ],
    'exec of another program': ['process.execve("/bin/true", ["true"])', 'ended before its end'],
    'a promise that never settles': ['await new Promise(() => {}); export {}', 'exit status 13'],
  } satisfies Record<string, [string, string | RegExp]>
  test.each(Object.entries(failing))('%s fails', async (_, [source, reason]) => {
    expect(await run(source)).toMatchObject({
      outcome: 'failed',
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    })
  })

  const games = {
    'replacing assertions':
      'const assert = require("assert"); assert.equal = assert.strict.equal = () => {}; assert.equal(1, 2)',
    'swallowing errors': 'process.on("uncaughtException", () => {}); require("assert").equal(1, 2)',
    'swallowing errors, and the listener for them':
      'process.removeAllListeners(); process.on("uncaughtException", () => {}); require("assert").equal(1, 2)',
    'swallowing errors by the callback':
      'process.setUncaughtExceptionCaptureCallback(() => {}); require("assert").equal(1, 2)',
    'pretending to end': 'process.emit("exit", 0); process.exit(0)',
    'pretending to end, in a task':
      'setTimeout(process.emit.bind(process, "exit", 0), 1); setTimeout(process.exit, 9)',
    'pretending to end, between tasks':
      'Promise.resolve(0).then(process.emit.bind(process, "exit")); setTimeout(process.exit, 9)',
    'emitting in another way':
      'process.emit = () => true; process.on("uncaughtException", () => {}); require("assert").equal(1, 2)',
    'removing the exit listeners': 'process.removeAllListeners("exit")',
    'writing the verdict': 'require("fs").writeSync(4, "0".repeat(32))',
    'reading the nonce': 'require("fs").readSync(3, Buffer.alloc(64))',
    'killing itself': 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9999)',
    aborting: 'process.abort()',
  }
  test.each(Object.entries(games))('%s fails', async (_, source) => {
    expect(await run(source)).toMatchObject({ outcome: 'failed' })
  })

  test('memory without end is told as such', async () => {
    const verdict = await sandbox.run({
      language: 'javascript',
      source: 'const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length))',
      limits: { bytes: 256 << 20 },
    })
    expect(verdict).toMatchObject({ outcome: 'out-of-memory' })
  })

  test('unit tests of node:test: failures and the absence of tests fail', async () => {
    const tests = (body: string) =>
      sandbox.run({
        language: 'javascript',
        entry: 'tests',
        source: `const { test } = require('node:test'); const assert = require('assert')\n${body}`,
      })
    expect(await tests('test("sum", () => assert.equal(1 + 1, 2))')).toMatchObject({ outcome: 'passed' })
    expect(await tests('test("sum", () => assert.equal(1 + 1, 3))')).toMatchObject({ outcome: 'failed' })
    expect(await tests('console.log("ok 1 - sum")')).toMatchObject({ outcome: 'failed' })
  })

  test('TypeScript: what the type checker accepts runs, enums and Node’s modules included', async () => {
    const source = `declare var require: any
const assert = require('node:assert')
import { readFileSync } from 'fs'
enum Colour { Red, Green }
function process(list: number[]): number { return list.reduce((a, b) => a + b, Colour.Green) }
assert.deepEqual(process([1, 2]), 4)
const known: Map<string, number[]> = new Map([['a', [1].flat()]])
console.log(known.size, readFileSync('/etc/hosts', 'utf8').length > 0)`
    expect(await run(source, 'typescript')).toMatchObject({ outcome: 'passed', stdout: '1 true\n' })
    expect(await run('const x = await Promise.resolve(1)\nconsole.log(x)', 'typescript')).toMatchObject({
      outcome: 'passed',
    })
  })

  test('TypeScript: a type error fails at compilation', async () => {
    expect(await run('const x: number = "1"', 'typescript')).toMatchObject({
      outcome: 'failed',
      stage: 'compile',
      reason: expect.stringContaining('TS2322'),
    })
    expect(await run('process.exit(0)', 'typescript')).toMatchObject({ reason: 'ended before its end' })
    expect(await run('if (1 + 1 !== 3) throw new Error("sum")', 'typescript')).toMatchObject({
      reason: 'Error: sum',
    })
  })
})
