import { afterAll, describe, expect, test } from 'vitest'
import { languageById } from '../../syntax/index.ts'
import { createQualityMeter } from './index.ts'
import nodes from './nodes.json' with { type: 'json' }
import { isTestPath } from './test-path.ts'

const meter = createQualityMeter()
afterAll(() => meter[Symbol.dispose]())
const measure = (text: string, language: string, path = 'a') => meter.measure({ text, language, path })

describe('the signals of a syntax tree', () => {
  test.each([
    [
      'python',
      'def a():\n    """Doc."""\n\n# Doc.\n@wraps(x)\ndef b(): pass\n\ndef c():\n    def d():\n        "doc"\n',
      4,
      3,
    ],
    [
      'javascript',
      '/** Doc. */\nexport function a() {}\nfunction b() {}\nclass C {\n  // doc\n  m() {}\n}\n',
      3,
      2,
    ],
    ['go', 'package p\n\n// A does.\nfunc A() {}\n\nfunc b() {}\n', 2, 1],
    ['java', 'class A {\n  /** Doc. */\n  @Override\n  void a() {}\n\n  void b() {}\n}\n', 2, 1],
    ['rust', '/// Doc.\n#[inline]\npub fn a() {}\n\nfn b() {}\n', 2, 1],
    ['cpp', '/* Doc. */\ntemplate <class T>\nint a() { return 1; }\n\nint b() { return 2; }\n', 2, 1],
    ['ruby', '# Doc.\ndef a\nend\n\ndef self.b\nend\n', 2, 1],
    ['php', '<?php\n/** Doc. */\nfunction a() {}\n\nfunction b() {}\n', 2, 1],
    ['shell', '# Doc.\na() { :; }\n\nb() { :; }\n', 2, 1],
    ['csharp', 'class A {\n  /// Doc.\n  void a() {}\n\n  void b() {}\n}\n', 2, 1],
  ])('%s: functions, and how many are documented', async (language, text, functions, documented) => {
    expect(await measure(text, language)).toMatchObject({ functions, documented, errorShare: 0 })
  })

  test('shares of comments and of errors', async () => {
    const half = await measure('# 3456789\nx = 12345\n', 'python')
    expect(half.commentShare).toBeCloseTo(0.45)
    expect((await measure('<html><p>Not & Python</p></html>\n', 'python')).errorShare).toBeGreaterThan(0.25)
    expect((await measure(`${'x = 1\n'.repeat(50)}y = )\n`, 'python')).errorShare).toBeLessThan(0.05)
  })

  test('JSX in a .tsx file is no error', async () => {
    const text = 'export const A = () => <p className="x">{1 as number}</p>\n'
    expect((await measure(text, 'typescript', 'a.tsx')).errorShare).toBe(0)
  })

  test('without a grammar only the path speaks', async () => {
    expect(await measure('SELECT 1;', 'sql', 'test/a.sql')).toEqual({ isTest: false })
    expect(await measure('use strict;', 'perl', 't/test_a.pl')).toEqual({ isTest: true })
  })

  test('every language of the table has a grammar that knows its nodes', async () => {
    for (const language of Object.keys(nodes)) {
      expect(languageById(language)?.grammar, language).toBeTruthy()
      const measured = await measure('', language === 'tsx' ? 'typescript' : language, 'a.tsx')
      expect(measured.errorShare).toBe(0)
    }
  })
})

test.each([
  ['src/tests/a.py', true],
  ['pkg/test_a.py', true],
  ['a.spec.ts', true],
  ['FooTest.java', true],
  ['src/contest/a.py', false],
  ['latest.ts', false],
])('%s is a test: %s', (path, isTest) => expect(isTestPath(path, 'python')).toBe(isTest))
