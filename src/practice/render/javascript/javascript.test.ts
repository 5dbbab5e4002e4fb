import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { missing } from '../../../../test/requirements.ts'
import { projectRoot } from '../../../lib/index.ts'
import { openSandbox, type Sandbox } from '../../../sandbox/index.ts'
import { type FrontEnd, openFrontEnd } from '../../language/front-end.ts'
import type { Example } from '../../language/value.ts'
import { type Documentation, type Style, Unsupported } from '../renderer.ts'
import { readPrograms, type TestProgram } from '../testing/read-programs.ts'
import { runCheck } from '../testing/run-check.ts'
import { javascript, typescript } from './index.ts'

let frontEnd: FrontEnd
let common: TestProgram[]
let own: TestProgram[]
beforeAll(async () => {
  frontEnd = await openFrontEnd()
  common = readPrograms(frontEnd)
  own = readPrograms(frontEnd, join(import.meta.dirname, 'testing', 'programs.yaml'))
})
afterAll(() => frontEnd.dispose())

const usual: Style = { types: false, variant: 0 }
const styles = [0, 1, 2].map((variant): Style => ({ types: variant === 1, variant }))

describe.skipIf(missing('bubblewrap'))('Node answers as the interpreter does', { timeout: 180_000 }, () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox({ slots: 1 })
  })
  afterAll(() => sandbox.close())

  // Python's shortest text of a float, and its floor of a quotient of floats.
  const without = ['float_parts', 'literals', 'safe_roots', 'shown']

  test.each([javascript, typescript])('$language, on the programs of all languages', async (renderer) => {
    const { wrong, unsupported } = await runCheck(renderer, frontEnd, sandbox, styles, common)
    expect(wrong).toEqual([])
    expect([...new Set(unsupported.map((text) => text.replace(/:.*/, '')))].toSorted()).toEqual(without)
  })

  test.each([javascript, typescript])(
    '$language, where plain words mean something else',
    async (renderer) => {
      const { wrong, unsupported, renderings } = await runCheck(renderer, frontEnd, sandbox, styles, own)
      expect(wrong).toEqual([])
      expect(unsupported).toEqual([])
      expect(renderings).toBeGreaterThan(240)
    },
  )

  test('the check tells a wrong answer from a right one', async () => {
    const [{ program, examples }] = common as [TestProgram]
    const [right] = examples as [Example]
    const off: Example = { ...right, outcome: { value: 99 } }
    const never: Example = { ...right, outcome: { raised: 'ValueError' } }
    const code = (text: string) => ({ code: text, entry: 'f', program, examples: [right] })
    const rendered = javascript.render(program, usual)
    const batch = [
      { ...rendered, program, examples },
      { ...rendered, program, examples: [off] },
      { ...rendered, program, examples: [never] },
      code('function f() { throw new Error("no") }'),
      code('export const f = () => 0;'),
    ]
    const verdict = await sandbox.run(javascript.check(batch))
    expect(verdict).toMatchObject({
      outcome: 'passed',
      stdout: `0 ok
1 example 1 returned 0, expected 99
2 example 1 returned 0 instead of an error
3 example 1 raised Error: no
4 ok
`,
    })
  })
})

test('TypeScript is right under strict', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-typescript-'))
  try {
    const files = [...common, ...own].flatMap(({ program }, index) =>
      [0, 1].flatMap((variant) => {
        const code = rendered(() => typescript.render(program, { types: false, variant }).code)
        if (code === undefined) return []
        const file = join(folder, `${index}-${variant}.ts`)
        writeFileSync(file, `${code}declare const console: { log(...values: unknown[]): void }\nexport {}\n`)
        return [file]
      }),
    )
    const options = ['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2023', '--lib', 'es2023']
    const compiler = join(projectRoot, 'node_modules', '.bin', 'tsc')
    const run = () => execFileSync(compiler, [...options, '--types', '', ...files], { encoding: 'utf8' })
    expect(outputOf(run)).toBe('')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** What a compiler says, whether it agrees or not. */
function outputOf(run: () => string): string {
  try {
    return run()
  } catch (error) {
    return String((error as { stdout?: string }).stdout)
  }
}

function rendered<T>(render: () => T): T | undefined {
  try {
    return render()
  } catch (error) {
    if (error instanceof Unsupported) return undefined
    throw error
  }
}

interface Idiom {
  code: string
  javascript?: string
  typescript?: string
}
const idioms = parse(readFileSync(join(import.meta.dirname, 'testing', 'idioms.yaml'), 'utf8')) as Idiom[]

describe('how it is written', () => {
  test.each(idioms)('$code', ({ code, ...expected }) => {
    const program = frontEnd.parseProgram(code)
    for (const renderer of [javascript, typescript]) {
      const text = expected[renderer.language as 'javascript' | 'typescript']
      if (text !== undefined) expect(renderer.render(program, usual).code).toBe(text)
    }
  })

  test('the same number gives the same text, another may give another', () => {
    const { program } = common[0]!
    const texts = Array.from(
      { length: 20 },
      (_, variant) => javascript.render(program, { types: false, variant }).code,
    )
    expect(javascript.render(program, { types: false, variant: 7 }).code).toBe(texts[7])
    expect(new Set(texts).size).toBeGreaterThan(4)
  })

  test('what has no semicolons does not go on with the line before', () => {
    const program = frontEnd.parseProgram(`def swap(values: list[int]) -> list[int]:
    a = values[0]
    values[0], values[1] = values[1], a
    return values`)
    const texts = Array.from(
      { length: 40 },
      (_, variant) => javascript.render(program, { types: false, variant }).code,
    )
    const bare = texts.filter((text) => !text.includes('values;'))
    expect(bare.length).toBeGreaterThan(0)
    for (const text of bare) expect(text).toContain('\n  ;[values[0], values[1]] = ')
  })

  test('names', () => {
    expect(javascript.spell('count_above', 'function')).toBe('countAbove')
    expect(javascript.spell('default', 'variable')).toBe('defaultValue')
    expect(javascript.spell('unit_price', 'field')).toBe('unitPrice')
    expect(javascript.spell('Map', 'type')).toBe('MapRecord')
  })

  test('names that become one are refused', () => {
    const program = frontEnd.parseProgram(`def f(new: int, new_value: int) -> int:
    return new + new_value`)
    expect(() => javascript.render(program, usual)).toThrow(Unsupported)
  })

  test('values', () => {
    const literal = (value: Parameters<typeof javascript.literal>[0]) =>
      javascript.literal(value, { kind: 'int' })
    expect(literal({ list: [1, -2.5, { tuple: ["it's", true] }] })).toBe('[1, -2.5, ["it\'s", true]]')
    expect(literal({ map: [['a', { set: [1] }]] })).toBe("new Map([['a', new Set([1])]])")
    expect(literal({ date: '2024-02-29' })).toBe("new Date('2024-02-29')")
    expect(literal({ record: 'Item', fields: { unit_price: null } })).toBe('{ unitPrice: null }')
    expect(literal('a\n\\\u0007')).toBe(String.raw`'a\n\\\x07'`)
    expect(() => literal({ set: [{ tuple: [1, 2] }] })).toThrow(Unsupported)
  })
})

describe('documentation', () => {
  const content: Documentation = {
    text: 'Counts the values above `limit`.',
    examples: [{ arguments: [{ list: [1, 5, 3] }, 2], outcome: { value: 2 } }],
    parameters: { limit: 'what they have to be above' },
    returns: 'how many there are',
  }

  test('in JSDoc, with types where the style wants them', () => {
    const { program } = common[0]!
    const { code } = javascript.render(program, {
      types: true,
      variant: 0,
      documentation: { form: 'doc', content },
    })
    expect(code).toContain(`/**
 * Counts the values above \`limit\`.
 *
 * @param {number[]} values
 * @param {number} limit - what they have to be above
 * @returns {number} how many there are
 * @example
 * countAbove([1, 5, 3], 2) // → 2
 */
function countAbove(values, limit) {`)
  })

  test('TypeScript says types once', () => {
    const { program } = common[0]!
    const { code } = typescript.render(program, {
      types: true,
      variant: 0,
      documentation: { form: 'doc', content },
    })
    expect(code).toContain(' * @param limit - what they have to be above\n * @returns how many there are\n')
  })

  test('as a comment', () => {
    const { program } = common[0]!
    const raised: Example = { arguments: [{ list: [] }, 0], outcome: { raised: 'ValueError' } }
    const documentation = {
      form: 'comment' as const,
      content: { ...content, examples: [...content.examples, raised] },
    }
    const { code } = javascript.render(program, { types: false, variant: 0, documentation })
    expect(code).toContain(`// Counts the values above \`limit\`.
//
// countAbove([1, 5, 3], 2) → 2
// countAbove([], 0) throws
function countAbove(`)
  })

  test('a text that would end its comment is refused', () => {
    const { program } = common[0]!
    const ending = { form: 'doc', content: { ...content, text: 'a */ b' } } as const
    expect(() => javascript.render(program, { ...usual, documentation: ending })).toThrow(Unsupported)
  })
})
