import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox, type Sandbox } from '../../../sandbox/index.ts'
import { type FrontEnd, openFrontEnd } from '../../language/front-end.ts'
import { BOOL, DATE, DAYS, FLOAT, INT, listOf, mapOf, STRING, setOf, tupleOf } from '../../language/types.ts'
import type { Style } from '../renderer.ts'
import { exampleOf } from '../testing/read-programs.ts'
import { runCheck } from '../testing/run-check.ts'
import { ruby } from './index.ts'

let frontEnd: FrontEnd
let sandbox: Sandbox

beforeAll(async () => {
  frontEnd = await openFrontEnd()
  sandbox = await openSandbox({ slots: 1 })
})
afterAll(async () => {
  frontEnd.dispose()
  await sandbox.close()
})

const styles = [0, 1, 2, 3].map((variant): Style => ({ types: variant % 2 === 0, variant }))

test('Ruby answers as the interpreter does', { timeout: 120_000 }, async () => {
  const { wrong, unsupported, renderings } = await runCheck(ruby, frontEnd, sandbox, styles)
  expect(wrong).toEqual([])
  expect(new Set(unsupported)).toEqual(new Set(['centred: str.center']))
  expect(renderings).toBeGreaterThan(500)
})

describe('how Ruby is written', () => {
  const rendered = (source: string, style: Partial<Style> = {}) =>
    ruby.render(frontEnd.parseProgram(source), { types: true, variant: 0, ...style }).code
  /** The body of a function of these parameters, which returns the expression. */
  const body = (parameters: string, result: string, expression: string) =>
    rendered(`def f(${parameters}) -> ${result}:\n    return ${expression}`)
      .split('\n')
      .slice(1, -2)
      .map((line) => line.slice(2))
      .join('\n')

  test.each([
    ['xs: list[int]', 'int', 'sum(1 for x in xs if x > 2)', 'xs.count { |x| x > 2 }'],
    ['xs: list[str]', 'list[str]', '[x.upper() for x in xs if x]', 'xs.reject(&:empty?).map(&:upcase)'],
    ['xs: list[int]', 'bool', 'not any(x % 2 == 0 for x in xs)', 'xs.none?(&:even?)'],
    ['n: int', 'str', 'bin(n)[2:]', 'n.to_s(2)'],
    ['n: int', 'list[list[int]]', '[[] for _ in range(n)]', 'Array.new(n) { [] }'],
    [
      'xs: list[int], n: int',
      'list[list[int]]',
      '[xs[i:i + n] for i in range(0, len(xs), n)]',
      'xs.each_slice(n).to_a',
    ],
    ['a: int, b: int', 'float', 'a / b', 'a.fdiv(b)'],
    ['a: int, b: int', 'int', 'a // b', 'a / b'],
    ['xs: list[str]', 'list[str]', 'sorted(xs, key=len)', 'xs.sort_by.with_index { |s, i| [s.length, i] }'],
    [
      'xs: list[str]',
      'list[str]',
      'sorted(xs, key=lambda x: (-len(x), x))',
      'xs.sort_by { |x| [-x.length, x] }',
    ],
    [
      'd: dict[str, int]',
      'list[tuple[str, int]]',
      'sorted(d.items(), key=lambda p: (-p[1], p[0]))',
      'd.sort_by { |key, value| [-value, key] }',
    ],
    ['s: str', 'list[str]', 's.split(",")', "s.empty? ? [''] : s.split(',', -1)"],
    ['x: float', 'float', 'round(x, 2)', 'x.to_r.round(2, half: :even).to_f'],
    [
      'a: list[int], b: list[int]',
      'int',
      'sum(x * y for x, y in zip(a, b))',
      'a.zip(b).first(b.length).sum { |x, y| x * y }',
    ],
    ['x: float', 'str', 'f"{x:.2f} of {x:8.1f}"', "format('%.2f of %8.1f', x, x)"],
    ['a: int, b: int', 'bool', '(a, b) < (b, a)', '([a, b] <=> [b, a]) < 0'],
  ])('%s -> %s: %s is %s', (parameters, result, expression, written) => {
    expect(body(parameters, result, expression)).toBe(written)
  })

  test('a function that asks has a question mark, a keyword an underscore', () => {
    expect(ruby.spell('is_prime', 'function')).toBe('prime?')
    expect(ruby.spell('has_cycle', 'function')).toBe('has_cycle?')
    expect(ruby.spell('end', 'variable')).toBe('end_')
    expect(rendered('def is_small(n: int) -> bool:\n    return n < 3')).toContain('def small?(n)')
  })

  test('a method that Ruby has is not defined again', () => {
    expect(() => rendered('def puts(n: int) -> int:\n    return n')).toThrow('puts')
  })

  test('a value that a loop sets and what follows reads exists before it', () => {
    const source = `def f(n: int) -> str:
    while True:
        n += 1
        if n % 7 == 0:
            word = str(n)
            break
    return word`
    expect(rendered(source)).toContain('  word = nil\n  loop do\n')
  })

  test('a function that may run to its end returns nil there', () => {
    const source = `def f(xs: list[int]) -> int | None:
    for x in xs:
        if x > 0:
            return x
    return None`
    expect(rendered(source)).toMatch(/ {2}end\n {2}nil\nend\n$/)
  })

  test('comments with tags and with examples', () => {
    const program = frontEnd.parseProgram('def double(n: int) -> int:\n    return 2 * n')
    const content = {
      text: 'Doubles `n`.',
      examples: [exampleOf(frontEnd, program, '2')],
      parameters: { n: 'what is doubled' },
      returns: 'twice as much',
    }
    const all = Array.from({ length: 20 }, (_, variant) =>
      ruby
        .render(program, { types: true, variant, documentation: { form: 'doc', content } })
        .code.replace(/^# frozen.*\n\n/, ''),
    )
    expect(new Set(all.map((code) => code.split('def')[0]))).toEqual(
      new Set([
        `# Doubles \`n\`.
#
# @param n [Integer] what is doubled
# @return [Integer] twice as much
# @example
#   double(2) # => 4
`,
        '# Doubles `n`.\n#\n#   double(2) # => 4\n',
      ]),
    )
  })
})

test.each([
  [{ list: [1, 2] }, listOf(FLOAT), '[1.0, 2.0]'],
  [{ set: [] }, setOf(INT), 'Set.new'],
  [{ set: [1] }, setOf(INT), 'Set[1]'],
  [{ map: [['a', { tuple: [1, true] }]] }, mapOf(STRING, tupleOf(FLOAT, BOOL)), "{ 'a' => [1.0, true] }"],
  [{ date: '2024-03-09' }, DATE, 'Date.new(2024, 3, 9)'],
  [{ days: -3 }, DAYS, '-3'],
  ["it's #{x}\n", STRING, '"it\'s \\#{x}\\n"'],
  [1e21, FLOAT, '1.0e+21'],
  [null, INT, 'nil'],
] as const)('the value %j as %j is %s', (value, type, text) => {
  expect(ruby.literal(value as never, type)).toBe(text)
})

test('the check says of each rendering what is wrong', { timeout: 60_000 }, async () => {
  const program = frontEnd.parseProgram('def double(n: int) -> int:\n    return 2 * n')
  const examples = [exampleOf(frontEnd, program, '2'), exampleOf(frontEnd, program, '-1')]
  const right = { ...ruby.render(program, { types: true, variant: 0 }), program, examples }
  const codes = [
    'def double(n)\n  n + 2\nend\n',
    'def double(n)\n  2.0 * n\nend\n',
    'def double(n)\n  raise KeyError, n.to_s\nend\n',
    'def double(n\n',
    'def double(n)\n  puts "4 ok"\n  [n]\nend\n',
    'def other(n)\n  2 * n\nend\n',
  ]
  const verdict = await sandbox.run(ruby.check([right, ...codes.map((code) => ({ ...right, code })), right]))
  expect(verdict).toMatchObject({ outcome: 'passed' })
  expect('stdout' in verdict && verdict.stdout.trimEnd().split('\n')).toEqual([
    '0 ok',
    '1 double(-1) is 1, expected -2',
    '2 double(2) is 4.0, expected 4',
    expect.stringMatching(/^3 .*KeyError/),
    expect.stringMatching(/^4 SyntaxError/),
    '5 double(2) is [2], expected 4',
    expect.stringMatching(/^6 .*undefined method/),
    '7 ok',
  ])
})
