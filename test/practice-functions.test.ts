import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { projectRoot } from '../src/lib/index.ts'
import { missing } from './requirements.ts'

/** Grows with every file that is added: an exercise is mended, not dropped. */
const written = 633

const reportSchema = z.object({
  count: z.number(),
  files: z.record(z.string(), z.number()),
  problems: z.array(z.string()),
})

/** Runs every exercise of a folder in Debian's Python; the script says what is checked. */
function check(folder: string) {
  const script = join(projectRoot, 'test/practice_functions.py')
  const ran = spawnSync('/usr/bin/python3', [script, folder], { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return reportSchema.parse(JSON.parse(ran.stdout))
}

// Debian's Python comes with its PyTorch.
describe.skipIf(missing('torch'))('hand-written exercises in Python', { timeout: 120_000 }, () => {
  const folder = join(projectRoot, 'practice/functions/python')
  const scratch = mkdtempSync(join(tmpdir(), 'practice-functions-'))
  afterAll(() => rmSync(scratch, { recursive: true }))

  test('every one passes its test, and no two are alike', () => {
    const report = check(folder)
    expect(report.problems).toEqual([])
    expect(report.count).toBeGreaterThanOrEqual(written)
  })

  test('what is wrong with a file is said', () => {
    const file = (name: string, text: string) => writeFileSync(join(scratch, name), text)
    const exercise = (name: string, body: string, asserts: string) =>
      `def ${name}(n: int) -> int:\n    """${body}"""\n    return n * 2 + 1\n\n\ndef test_${name}() -> None:\n${asserts}\n`
    const good = ['1) == 3', '0) == 1', '-4) == -7']
    const asserts = (name: string, cases: string[]) =>
      cases.map((it) => `    assert ${name}(${it}`).join('\n')
    file('a.py', `"""First."""\n\n\n${exercise('odd', 'The odd number at a place.', asserts('odd', good))}`)
    expect(check(scratch)).toEqual({ count: 1, files: { 'a.py': 1 }, problems: [] })

    file('b.py', `"""Second."""\n\n\n${exercise('next', 'The odd number at a spot.', asserts('next', good))}`)
    file(
      'c.py',
      `"""Third."""\n\n\n${exercise('weak', 'Doubles it, then adds one.', asserts('weak', ['0) == 1']))}`,
    )
    file(
      'd.py',
      `"""Fourth."""\nimport socket\n\n\n${exercise('red', 'Wrong by two.\n\n    >>> red(1)\n    5\n    ', asserts('red', ['1) == 5']))}`,
    )
    file('e.py', '"""Fifth."""\n\n\ndef lone(n):\n    return odd(n)\n')
    const problems = check(scratch).problems.join('\n')
    expect(problems).toContain('b.py: next has the shape of a.py: odd')
    expect(problems).toContain('b.py: next is described like odd')
    expect(problems).toContain('c.py: weak has 1 asserts')
    expect(problems).toContain('c.py: test_weak passes where the answer is always 1')
    expect(problems).toContain('d.py: line 2 imports socket')
    expect(problems).toContain('d.py: test_red: AssertionError')
    expect(problems).toContain('e.py: line 4 stands alone')
  })
})
