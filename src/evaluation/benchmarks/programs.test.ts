import { expect, test } from 'vitest'
import { cutAfterClosingBrace, cutAtUnindentedLine } from './cut.ts'
import { goTest } from './go-test.ts'
import { stopsX, trimX } from './humaneval-x-program.ts'
import { withTuples } from './java-tuples.ts'
import { cutApiCall, cutControl, openBlockCutter } from './safim-cut.ts'

test.each([
  ['    return 1\n\n    # more\n', '    return 1\n\n    # more\n'],
  ['    return 1\nprint(2)\n', '    return 1'],
  ['\treturn 1\n\n}', '\treturn 1\n'],
  ['return 1', ''],
])('a Python body ends at the first line that is not indented: %j', (code, body) => {
  expect(cutAtUnindentedLine(code)).toBe(body)
})

test.each([
  ['  return 1;\n}\nint main() {}', '  return 1;\n}'],
  ['  if (x) { y(); }\n}}', '  if (x) { y(); }\n}'],
  ['  if (x) {', undefined],
])('a function ends at the brace that closes it: %j', (code, body) => {
  expect(cutAfterClosingBrace(code)).toBe(body)
})

test('what a stop took from a function is put back', () => {
  expect(stopsX('go')).toEqual(['\n}'])
  expect(trimX('go', '    return 1')).toBe('    return 1\n}\n')
  expect(trimX('java', '        return 1;')).toBe('        return 1;\n    }\n}\n')
  expect(trimX('java', '        return 1;\n    }\n}\nclass Other {}')).toBe('        return 1;\n    }\n}\n')
})

test('a Go test imports what the code names outside of comments, and nothing else', () => {
  const record = {
    task_id: 'Go/0',
    prompt: 'import (\n    "math"\n)\n',
    import: 'import (\n    "math"\n)\n',
    test_setup: 'package main\n\nimport (\n    "testing"\n    "github.com/stretchr/testify/assert"\n)\n',
    declaration: '',
    canonical_solution: '',
    test: 'func TestF(t *testing.T) {\n    assert := assert.New(t)\n    assert.Equal(1, F())\n}\n',
  }
  const code = `${record.prompt}// math.Abs of strings.\nfunc F() int {\n    return sort.Search(1, nil)\n}\n`
  const source = goTest(record, code)
  expect(source.match(/^ {4}(?:\w+ )?"[^"]+"$/gm)).toEqual([
    '    reflection "reflect"',
    '    "testing"',
    '    "sort"',
  ])
  expect(source.match(/^import/gm)).toHaveLength(1)
})

test('a Java program gets the tuples it names', () => {
  const source = withTuples('import java.util.*;\nimport org.javatuples.*;\nclass Problem { Pair<A, B> p; }')
  expect(source).not.toContain('org.javatuples')
  expect(source).toContain('final class Pair<T0, T1>')
  expect(source).not.toContain('class Triplet')
})

test('control expressions and calls are cut at their brackets', () => {
  expect(cutControl('cpp', 'int i = 0; i < f(n); i++) {\n')).toBe('int i = 0; i < f(n); i++')
  expect(cutControl('python', '\n  x > 0:\n    y')).toBe('  x > 0:')
  expect(cutControl('java', 'x')).toBe('x')
  expect(cutApiCall('np.sum(a, f(b)) + np.min(c)')).toBe('np.sum(a, f(b))')
  expect(cutApiCall('x')).toBe('x')
})

test('a block ends where the syntax around it is whole again', async () => {
  const cut = await openBlockCutter()
  const cpp = { language: 'cpp', before: 'int f(int x) {\nif (x) {\n', after: '}\nreturn 0;\n}\n' } as const
  expect(cut(cpp, 'x = 1;\ny();\n')).toBe('x = 1;\ny();\n')
  expect(cut(cpp, 'x = 1;\n}\nreturn 1;\n}\nint g() {\n')).toBe('x = 1;\n')
  const python = {
    language: 'python',
    before: 'def f(x):\n    if x:\n        ',
    after: '\n    return x\n',
  } as const
  expect(cut(python, 'x = 1\n        y()\n    return 2\n')).toBe('x = 1\n        y()\n')
  expect(cut(python, ')))')).toBe('')
})
