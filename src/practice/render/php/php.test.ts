import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox, type Sandbox } from '../../../sandbox/index.ts'
import { type FrontEnd, openFrontEnd } from '../../language/front-end.ts'
import { BOOL, DATE, FLOAT, INT, listOf, mapOf, STRING, setOf, tupleOf } from '../../language/types.ts'
import type { Style } from '../renderer.ts'
import { exampleOf } from '../testing/read-programs.ts'
import { runCheck } from '../testing/run-check.ts'
import { php } from './index.ts'

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

const styles = [0, 1, 2, 3].map((variant): Style => ({ types: true, variant }))

test('PHP answers as the interpreter does', { timeout: 120_000 }, async () => {
  const { wrong, unsupported, renderings } = await runCheck(php, frontEnd, sandbox, styles)
  expect(wrong).toEqual([])
  expect(new Set(unsupported).size).toBeLessThanOrEqual(18)
  expect(renderings).toBeGreaterThan(470)
})

describe('how PHP is written', () => {
  const rendered = (source: string, style: Partial<Style> = {}) =>
    php.render(frontEnd.parseProgram(source), { types: true, variant: 0, ...style }).code
  const values = (parameters: string, result: string, expression: string) =>
    rendered(`def f(${parameters}) -> ${result}:\n    return ${expression}`)

  test.each([
    ['s: str', 'str', 's[1:]', 'return substr($s, 1);'],
    ['a: int', 'bool', 'a % 3 == 0', 'return $a % 3 === 0;'],
    ['a: int, b: int', 'int', 'a % b', 'return ($a % $b + $b) % $b;'],
    ['a: str, b: str', 'bool', 'a < b', 'return strcmp($a, $b) < 0;'],
    ['x: float', 'float', 'round(x, 2)', "return (float) sprintf('%.2f', $x);"],
    ['d: dict[str, int], k: str', 'int', 'd.get(k, 0)', 'return $d[$k] ?? 0;'],
    ['xs: list[int]', 'int', 'xs[-1]', 'return $xs[count($xs) - 1];'],
    ['s: str', 'bool', 's.find("a") == -1', "return strpos($s, 'a') === false;"],
    ['x: int | None', 'bool', 'x is None', 'return $x === null;'],
  ])('%s -> %s: %s is %s', (parameters, result, expression, written) => {
    expect(values(parameters, result, expression)).toContain(written)
  })

  test('a key of several parts compares part by part, and text as text', () => {
    expect(values('xs: list[str]', 'list[str]', 'sorted(xs, key=lambda x: (-len(x), x))')).toContain(
      'usort($ordered, fn ($a, $b) => strlen($b) <=> strlen($a) ?: strcmp($a, $b));',
    )
  })

  test('what a function changes for its caller is a reference', () => {
    const source = `def add(xs: list[int]) -> None:
    xs.append(1)

def f(rows: list[list[int]]) -> list[list[int]]:
    for row in rows:
        add(row)
    return rows`
    const code = rendered(source)
    expect(code).toContain('function add(array &$xs): void')
    expect(code).toMatch(/foreach \(\$rows as &\$row\) \{[^}]*\}\n {4}unset\(\$row\);/)
  })

  test.each([
    ['same = xs\n    same.append(1)\n    return xs', 'two names'],
    ['seen = {(1, 2)}\n    return [len(seen)]', 'a tuple as the key'],
    ['name = "é"\n    return [len(name)]', 'several bytes'],
  ])('no program rather than a wrong one: %j', (body, why) => {
    expect(() => rendered(`def f(xs: list[int]) -> list[int]:\n    ${body}`)).toThrow(why)
  })

  test('a function that PHP has is not defined again', () => {
    expect(() => rendered('def count(n: int) -> int:\n    return n')).toThrow('count')
  })

  test('PHPDoc says what signatures do not', () => {
    const program = frontEnd.parseProgram('def total(xs: list[int]) -> int:\n    return sum(xs)')
    const content = {
      text: 'Adds them up.',
      examples: [exampleOf(frontEnd, program, '[1, 2]')],
      parameters: { xs: 'what is added' },
    }
    const { code } = php.render(program, { types: true, variant: 0, documentation: { form: 'doc', content } })
    expect(code).toContain(`/**
 * Adds them up.
 *
 *     total([1, 2]); // 3
 *
 * @param list<int> $xs what is added
 */
function total(array $xs): int
{
    return array_sum($xs);
}
`)
  })
})

test.each([
  [{ list: [1, 2] }, listOf(FLOAT), '[1.0, 2.0]'],
  [{ set: ['a'] }, setOf(STRING), "['a' => true]"],
  [{ map: [['a', { tuple: [1, true] }]] }, mapOf(STRING, tupleOf(FLOAT, BOOL)), "['a' => [1.0, true]]"],
  [{ date: '2024-03-09' }, DATE, "new DateTimeImmutable('2024-03-09')"],
  ["it's \\n", STRING, "'it\\'s \\n'"],
  ['$x\n', STRING, '"\\$x\\n"'],
  [null, INT, 'null'],
] as const)('the value %j as %j is %s', (value, type, text) => {
  expect(php.literal(value as never, type)).toBe(text)
})

test('the check says of each rendering what is wrong', { timeout: 60_000 }, async () => {
  const program = frontEnd.parseProgram('def double(n: int) -> int:\n    return 2 * n')
  const examples = [exampleOf(frontEnd, program, '2'), exampleOf(frontEnd, program, '-1')]
  const right = { ...php.render(program, { types: true, variant: 0 }), program, examples }
  const codes = [
    '<?php\nfunction double($n) { return $n + 2; }\n',
    '<?php\nfunction double($n) { return 2.0 * $n; }\n',
    '<?php\nfunction double($n) { throw new InvalidArgumentException("no"); }\n',
    '<?php\nfunction double($n { }\n',
    '<?php\nfunction double($n) { echo "4 ok\\n"; return [$n]; }\n',
    '<?php\nfunction other($n) { return 2 * $n; }\n',
    '<?php\nfunction double($n) { while (true) {} }\n',
  ]
  const verdict = await sandbox.run(php.check([right, ...codes.map((code) => ({ ...right, code })), right]))
  expect(verdict).toMatchObject({ outcome: 'passed' })
  expect('stdout' in verdict && verdict.stdout.trimEnd().split('\n')).toEqual([
    '0 ok',
    '1 double(-1) is 1, expected -2',
    expect.stringMatching(/^2 double\(2\) is 4(\.0)?, expected 4$/),
    expect.stringMatching(/^3 .*raised no/),
    expect.stringMatching(/^4 ParseError/),
    '5 double(2) is [2], expected 4',
    expect.stringMatching(/^6 .*undefined function/),
    expect.stringMatching(/^7 .*out of time/),
    '8 ok',
  ])
})
