import { afterAll, describe, expect, it } from 'vitest'
import { addsError, createParser, loadWasmFromPackage } from './index.ts'

const parser = createParser({ loadWasm: loadWasmFromPackage })
afterAll(() => parser.dispose())

/** `█inserted█` stands at the cursor. */
function judge(marked: string, language: string): Promise<boolean | undefined> {
  const [head = '', inserted = '', tail = ''] = marked.split('█')
  return addsError(parser, { text: head + tail, offset: head.length, inserted }, language)
}

describe('addsError', () => {
  const harmless: [language: string, marked: string][] = [
    ['python', 'def add(a, b):\n    return █a + b█\n'],
    ['python', 'print(█"hello")█'],
    ['python', 'print(█"hello"█)'],
    ['python', 'def add(a, b):█\n    return a + b█\n\nadd(1, 2)\n'],
    ['python', 'for line in lines:\n    █if line.startswith("#"):█\n'],
    ['python', 'items = [\n    "one",\n    █"two",█'],
    ['python', 'def f():\n    """Says what it does.\n\n    █Returns: nothing (yet█'],
    ['python', 'class A:\n    █"""A thing.█\n'],
    ['javascript', 'function f(a) {\n  const b = █a.map((x) => x + 1)█'],
    ['javascript', 'for (const a of b) {\n  █if (a) {█\n'],
    ['javascript', "const { a, b } = █require('c')█\n\nmodule.exports = { a, b }\n"],
    ['typescript', 'export function f(a: number█, b: string): void {█'],
    ['tsx', 'const a = <b>█{c}</b>█'],
    ['go', 'func f(a int) (int, error) {\n\tif a < 0 {\n\t\treturn █0, errors.New("negative")█\n'],
    ['rust', 'fn f(a: &str) -> Option<u32> {\n    █a.parse().ok()█\n}\n'],
    ['java', 'class A {\n  int f(int a) {\n    return █a * 2;█\n  }\n}\n'],
    ['c', 'int f(int a) {\n  for (int i = 0; █i < a; i++) {█\n'],
    ['cpp', 'std::vector<int> a;\nfor (auto& b : █a) {█\n'],
    ['csharp', 'class A {\n  public int F(int a) => █a * 2;█\n}\n'],
    ['ruby', 'def f(a)\n  a.map { |b| █b + 1 }█\nend\n'],
    ['php', '<?php\nfunction f($a) {\n  return █$a * 2;█\n}\n'],
    ['shell', 'if [ -f "$1" ]; then\n  █cat "$1"█\nfi\n'],
    ['css', 'a {\n  color: █red;█\n}\n'],
  ]
  it.each(harmless)('%s: lets %j pass', async (language, marked) => {
    expect(await judge(marked, language)).toBe(false)
  })

  const harmful: [language: string, marked: string][] = [
    ['python', 'def add(a, b):\n    return █a + b)█\n'],
    ['python', 'def add(a, b):\n    █return (a +█\n'],
    ['python', 'print(█"hello"))█'],
    ['javascript', 'function f(a) {\n  const b = █a.map((x => x + 1]█\n}\n'],
    ['javascript', 'function f(a) {\n  return a█\n}█\n}\n'],
    ['go', 'func f(a int) int {\n\t█return a +█\n}\n'],
    ['rust', 'fn f(a: &str) -> u32 {\n    █a.parse( + )█\n}\n'],
    ['java', 'class A {\n  int f(int a) {\n    return █a * * 2;█\n  }\n}\n'],
    ['ruby', 'def f(a)\n  █a.each do |b█\nend\n'],
  ]
  it.each(harmful)('%s: tells that %j breaks the file', async (language, marked) => {
    expect(await judge(marked, language)).toBe(true)
  })

  it('knows nothing of a language without a grammar', async () => {
    expect(await judge('SELECT █* FROM a█', 'sql')).toBeUndefined()
    expect(await judge('█x█', 'no such language')).toBeUndefined()
  })

  it('judges a file that is too long to parse whole by what stands around the cursor', async () => {
    const filler = 'value = [1, 2, 3]\n'.repeat(20_000)
    expect(await judge(`${filler}print(█"hello")█\n${filler}`, 'python')).toBe(false)
    expect(await judge(`${filler}print█)█\n${filler}`, 'python')).toBe(true)
  })
})
