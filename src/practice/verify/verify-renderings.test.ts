import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../../../test/requirements.ts'
import { openSandbox, type Sandbox } from '../../sandbox/index.ts'
import type { Program } from '../language/program.ts'
import { INT } from '../language/types.ts'
import { python } from '../render/python/index.ts'
import type { Rendered } from '../render/renderer.ts'
import { verifyRenderings } from './verify-renderings.ts'

const program: Program = {
  records: [],
  classes: [],
  functions: [{ name: 'double', parameters: [{ name: 'n', type: INT }], result: INT, body: [] }],
  entry: 'double',
}

/** A rendering of "twice n" whose body is as given; the interpreter says that 3 gives 6. */
function twice(body: string): Rendered {
  const examples = [{ arguments: [3], outcome: { value: 6 } }]
  return { code: `def double(n):\n    ${body}\n`, entry: 'double', program, examples }
}

describe.skipIf(missing('bubblewrap'))('renderings', { timeout: 60_000 }, () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox()
  })
  afterAll(() => sandbox.close())

  const outcomes = async (bodies: string[]) =>
    (await verifyRenderings(python, bodies.map(twice), sandbox)).map(({ outcome }) => outcome)

  test('that agree and that do not', async () => {
    expect(await outcomes(['return 2 * n', 'return n', 'return n + n'])).toEqual([
      'agrees',
      'disagrees',
      'agrees',
    ])
  })

  test.each([
    ['does not parse', 'return ('],
    ['never ends', 'while True: pass'],
    ['ends the process', 'import os; os._exit(0)'],
    ['raises what no test expects', 'raise SystemExit(0)'],
  ])('one that %s spoils no other', async (_, body) => {
    expect(await outcomes(['return 2 * n', body, 'return n + n', 'return n << 1'])).toEqual([
      'agrees',
      'disagrees',
      'agrees',
      'agrees',
    ])
  })

  test('none at all', async () => {
    expect(await verifyRenderings(python, [], sandbox)).toEqual([])
  })
})
