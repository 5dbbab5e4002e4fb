/**
 * `npm test`: sets up what the tests need, checks types and style, runs every test, and ends with one line that
 * counts them. With arguments (`npm test -- src/tokenizer`) it runs only those tests and skips the rest.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../src/lib/index.ts'
import { buildWebIfStale } from './build-web.ts'
import { setUpTestMachine } from './test-setup.ts'

interface Tally {
  passed: number
  failed: number
  skipped: number
}

const filters = process.argv.slice(2)
const total: Tally = { passed: 0, failed: 0, skipped: 0 }

function add(tally: Tally): void {
  total.passed += tally.passed
  total.failed += tally.failed
  total.skipped += tally.skipped
}

/** A program whose exit code is the verdict: it counts as one test. */
function check(name: string, command: string, args: string[]): void {
  const result = spawnSync(join(projectRoot, 'node_modules/.bin', command), args, {
    cwd: projectRoot,
    stdio: 'inherit',
  })
  const passed = result.status === 0
  console.log(`${passed ? '✓' : '✗'} ${name}`)
  add({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })
}

function runVitest(): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-test-'))
  const report = join(folder, 'report.json')
  try {
    const result = spawnSync(
      join(projectRoot, 'node_modules/.bin/vitest'),
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters],
      { cwd: projectRoot, stdio: 'inherit' },
    )
    const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
    const failed = counts.numFailedTests ?? 0
    return {
      passed: counts.numPassedTests ?? 0,
      // A file that cannot be loaded, or an error outside any test, fails the run without failing a test.
      failed: failed === 0 && result.status !== 0 ? 1 : failed,
      skipped: counts.numPendingTests ?? 0,
    }
  } catch (error) {
    console.error(`The test run left no report: ${String(error)}`)
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The trainer's own tests, in Python's unittest. */
function runTrainerTests(): Tally {
  const result = spawnSync(
    '/usr/bin/python3',
    ['-m', 'unittest', 'discover', '-s', 'trainer/tests', '-t', '.'],
    {
      cwd: projectRoot,
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '2' },
    },
  )
  const output = `${result.stdout}${result.stderr}`
  process.stdout.write(output)
  const ran = Number(/^Ran (\d+) tests?/m.exec(output)?.[1] ?? 0)
  const count = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(output)?.[1] ?? 0)
  const failed = count('failures') + count('errors') || (result.status === 0 && ran > 0 ? 0 : 1)
  const skipped = count('skipped')
  return { passed: Math.max(0, ran - failed - skipped), failed, skipped }
}

const absent = setUpTestMachine()
await buildWebIfStale()
if (filters.length === 0) {
  check('types', 'tsc', ['--noEmit'])
  check('style', 'biome', ['check', '.'])
  if (absent.includes('torch'))
    add({ passed: 0, failed: process.env.UNDERSTUDY_REQUIRE === 'all' ? 1 : 0, skipped: 1 })
  else add(runTrainerTests())
}
add(runVitest())

if (absent.length > 0)
  console.log(`\nLEFT OUT, since this machine lacks it: tests that need ${absent.join(', ')}.`)
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
)
process.exit(total.failed === 0 ? 0 : 1)
