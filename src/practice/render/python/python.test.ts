import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox, type Sandbox } from '../../../sandbox/index.ts'
import { type FrontEnd, openFrontEnd } from '../../language/front-end.ts'
import { shapeOf } from '../../language/shape.ts'
import { BOOL, DATE, FLOAT, INT, listOf, mapOf, STRING, setOf, tupleOf } from '../../language/types.ts'
import type { Style } from '../renderer.ts'
import { exampleOf, readPrograms } from '../testing/read-programs.ts'
import { runCheck } from '../testing/run-check.ts'
import { python } from './index.ts'
import { quoted } from './literals.ts'

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

const styles = [0, 1, 2, 3, 4, 5].map((variant): Style => ({ types: variant % 3 !== 2, variant }))

describe('what Python makes of the programs', () => {
  test('CPython answers as the interpreter does', { timeout: 120_000 }, async () => {
    const { wrong, unsupported, renderings } = await runCheck(python, frontEnd, sandbox, styles.slice(0, 4))
    expect(wrong).toEqual([])
    expect(unsupported).toEqual([])
    expect(renderings).toBeGreaterThan(500)
  })

  test('a rendering with types reads back as the same program', () => {
    for (const { program } of readPrograms(frontEnd))
      for (const style of styles.slice(0, 3)) {
        const { code } = python.render(program, { ...style, types: true })
        if (!code.includes('Optional['))
          expect(shapeOf(frontEnd.parseProgram(code, { entry: program.entry }))).toBe(shapeOf(program))
      }
  })

  test('lines have 100 columns at most', () => {
    for (const { program } of readPrograms(frontEnd))
      for (const style of styles)
        for (const line of python.render(program, style).code.split('\n'))
          expect(line.length, line).toBeLessThanOrEqual(100)
  })

  test('the examples of docstrings are what doctest finds', { timeout: 120_000 }, async () => {
    // The last digit of a logarithm depends on the machine.
    const exact = readPrograms(frontEnd).filter(({ program }) => program.entry !== 'numbers')
    const modules = exact.flatMap(({ program, examples }) =>
      styles.slice(0, 3).map((style) => {
        const content = { text: 'Does it.', examples, returns: 'what `it` is' }
        return python.render(program, { ...style, documentation: { form: 'doc', content } }).code
      }),
    )
    // Equal values count as the same: a dict in another order, 0 for 0.0.
    const source = `import datetime, doctest, types

class Checker(doctest.OutputChecker):
    def check_output(self, want, got, flags):
        try:
            return super().check_output(want, got, flags) or eval(want, vars(module)) == eval(got, vars(module))
        except Exception:
            return False

for code in [${modules.map((code) => quoted(code, "'")).join(',\n')}]:
    module = types.ModuleType('program')
    exec(code, module.__dict__)
    module.__dict__.update(datetime=datetime, print=lambda *values: None)
    runner = doctest.DocTestRunner(Checker(), verbose=False, optionflags=doctest.ELLIPSIS)
    for found in doctest.DocTestFinder().find(module, globs=module.__dict__):
        runner.run(found)
    assert runner.summarize().failed == 0`
    const limits = { milliseconds: 60_000 }
    const verdict = await sandbox.run({ language: 'python', source, limits })
    expect(verdict).toMatchObject({ outcome: 'passed', stdout: '', stderr: '' })
  })
})

describe('how Python is written', () => {
  const count = `def count(values: list[int], limit: int | None = None) -> int:
    return sum(1 for value in values if limit is None or value > limit)`

  const rendered = (source: string, style: Style) => python.render(frontEnd.parseProgram(source), style).code
  /** The first variant whose text has it. */
  const having = (source: string, text: string, style: Partial<Style> = {}) => {
    for (let variant = 0; variant < 200; variant++) {
      const code = rendered(source, { types: true, ...style, variant })
      if (code.includes(text)) return code
    }
    throw new Error(`no variant has ${text}`)
  }

  test('with types and without, and optionals both ways', () => {
    expect(rendered(count, { types: false, variant: 0 })).toMatch(/^def count\(values, limit=None\):\n/)
    expect(having(count, 'limit: int | None = None')).toMatch(/^def count/)
    expect(having(count, 'limit: Optional[int] = None')).toMatch(
      /^from typing import Optional\n\n\ndef count/,
    )
  })

  test('the same number gives the same text', () => {
    expect(rendered(count, { types: true, variant: 7 })).toBe(rendered(count, { types: true, variant: 7 }))
  })

  test('imports are sorted, definitions stand two blank lines apart', () => {
    const code = rendered(
      `import math
from dataclasses import dataclass
from datetime import date, timedelta

@dataclass
class Visit:
    day: date
    cost: float

def next_visit(visit: Visit) -> Visit:
    return Visit(visit.day + timedelta(days=7), math.sqrt(visit.cost))`,
      { types: true, variant: 3 },
    )
    expect(code).toBe(`import math
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass
class Visit:
    day: date
    cost: float


def next_visit(visit: Visit) -> Visit:
    return Visit(visit.day + timedelta(days=7), math.sqrt(visit.cost))
`)
  })

  test('docstrings in three conventions', () => {
    const program = frontEnd.parseProgram(count)
    const content = {
      text: 'Count the `values` above the limit.\nWithout one, all count.',
      examples: [exampleOf(frontEnd, program, '[1, 5], 2')],
      parameters: { values: 'what is counted', limit: 'what is to be exceeded' },
      returns: 'how many there are',
    }
    const documentation = { form: 'doc' as const, content }
    expect(having(count, 'Args:\n', { documentation })).toContain(
      '    Args:\n        values: what is counted\n        limit: what is to be exceeded\n\n    Returns:\n        how many there are\n',
    )
    expect(having(count, '----------\n', { documentation })).toContain(
      '    Returns\n    -------\n    int\n        how many there are\n',
    )
    expect(having(count, ':param values:', { documentation })).toContain('    :return: how many there are\n')
    expect(having(count, 'Count the ``values``', { documentation })).toContain(':param')
    expect(rendered(count, { types: true, variant: 0, documentation })).toMatch(
      />>> count\(\[1, 5\], 2\)\n {4}1\n/,
    )
    expect(
      having(count, '# count([1, 5], 2) == 1', { documentation: { form: 'comment', content } }),
    ).toContain('# Without one, all count.\n')
  })

  test.each([
    ['(a + b) * c - (a - (b - c))', '(a + b) * c - (a - (b - c))'],
    ['(-a) ** 2 + -a ** 2', '(-a)'],
    ['(a if a > b else b) + 1', '(a if a > b else b) + 1'],
    ['int((a < b) == (b < c))', 'int((a < b) == (b < c))'],
    ['int(not (a == b and (b == c or a == c)))', 'int(not (a == b and (b == c or a == c)))'],
    ['(a & b) | c << (1 + b)', 'a & b | c << 1 + b'],
  ])('brackets of %s', (expression, written) => {
    const source = `def f(a: int, b: int, c: int) -> int:\n    return ${expression}`
    expect(rendered(source, { types: true, variant: 1 })).toContain(`return ${written}`)
  })

  test('f-strings do not hold their own quotes', () => {
    const source = `def f(d: dict[str, int], xs: list[str]) -> str:
    return f"{d['a']} {', '.join(xs)}" + f"{'a' if len(xs) == 0 else xs[0]!s}"`.replace('!s', '')
    for (let variant = 0; variant < 8; variant++) {
      const code = rendered(source, { types: true, variant })
      expect(code).toMatch(code.includes('f"{d') ? /f"\{d\['a'\]\}/ : /f'\{d\["a"\]\}/)
    }
    const newline = 'def f(xs: list[str]) -> str:\n    return f"{NL.join(xs)}!"'.replace('NL', '"\\n"')
    expect(
      rendered(newline.replaceAll('f"{', "f'{").replace('!"', "!'"), { types: true, variant: 1 }),
    ).toContain('.format(')
  })

  test('long statements break inside brackets', () => {
    const source = `def f(first_value: int, second_value: int, third_value: int) -> bool:
    return first_value + second_value > third_value and second_value + third_value > first_value and third_value != 0`
    expect(rendered(source, { types: true, variant: 1 })).toContain(`    return (
        first_value + second_value > third_value
        and second_value + third_value > first_value
        and third_value != 0
    )
`)
  })
})

describe('values', () => {
  test.each([
    [{ list: [1, 2] }, listOf(INT), '[1, 2]'],
    [{ list: [1, 2] }, listOf(FLOAT), '[1.0, 2.0]'],
    [{ set: [] }, setOf(INT), 'set()'],
    [{ map: [['a', { tuple: [1, true] }]] }, mapOf(STRING, tupleOf(FLOAT, BOOL)), "{'a': (1.0, True)}"],
    [{ date: '2024-03-09' }, DATE, 'date(2024, 3, 9)'],
    ["it's\n", STRING, '"it\'s\\n"'],
    [1e-7, FLOAT, '1e-07'],
    [0.0001, FLOAT, '0.0001'],
    [1e16, FLOAT, '1e+16'],
    [null, INT, 'None'],
  ] as const)('%j as %j is %s', (value, type, text) => {
    expect(python.literal(value as never, type)).toBe(text)
  })
})

describe('the check', () => {
  const source = 'def double(n: int) -> int:\n    return 2 * n'
  test('says of each rendering what is wrong', { timeout: 60_000 }, async () => {
    const program = frontEnd.parseProgram(source)
    const examples = [exampleOf(frontEnd, program, '2'), exampleOf(frontEnd, program, '-1')]
    const right = { ...python.render(program, { types: true, variant: 0 }), program, examples }
    const codes = [
      'def double(n):\n    return n + 2\n',
      'def double(n):\n    return (n + n)\n',
      'def double(n):\n    raise KeyError(n)\n',
      'def double(n:\n',
      'def double(n):\n    while True:\n        pass\n',
      'def double(n):\n    print("5 ok")\n    return [n, n]\n',
      'def double(n):\n    return float(2 * n)\n',
      'def other(n):\n    return 2 * n\n',
    ]
    const verdict = await sandbox.run(
      python.check([right, ...codes.map((code) => ({ ...right, code })), right]),
    )
    expect(verdict).toMatchObject({ outcome: 'passed' })
    expect('stdout' in verdict && verdict.stdout.trimEnd().split('\n')).toEqual([
      '0 ok',
      '1 double(-1,) is 1, expected -2',
      '2 ok',
      expect.stringMatching(/^3 .*KeyError/),
      expect.stringMatching(/^4 SyntaxError/),
      '5 OutOfTime: out of time',
      expect.stringMatching(/^6 .*\[2, 2\]/),
      expect.stringMatching(/^7 .*4\.0, expected 4/),
      expect.stringMatching(/^8 KeyError/),
      '9 ok',
    ])
  })
})
