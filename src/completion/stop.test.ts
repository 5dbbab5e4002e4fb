import { describe, expect, it } from 'vitest'
import { surroundings } from './situation.ts'
import { planStop } from './stop.ts'

function planAt(marked: string, language: string) {
  const offset = marked.indexOf('█')
  return planStop(surroundings({ text: marked.replace('█', ''), offset }), language, 512)
}

describe('planStop', () => {
  const places: [lines: 'one' | 'block', language: string, document: string][] = [
    ['one', 'python', 'x = █'],
    ['one', 'python', 'def f(a):\n    x = 1\n    █'],
    ['block', 'python', 'def f(a):█'],
    ['block', 'python', 'def f(a):\n    █'],
    ['block', 'python', 'def f(a):\n    █\n\ndef g(b):\n    pass\n'],
    ['one', 'python', 'def f(a):\n    █\n    return 1\n'],
    ['one', 'python', 'def f(█):'],
    ['one', 'python', 'a = {"b": █'],
    ['block', 'javascript', 'function f(a) {█'],
    ['block', 'javascript', 'function f(a) {\n  █\n}\n'],
    ['one', 'javascript', 'function f(a) {\n  █\n  return a\n}\n'],
    ['one', 'javascript', 'function f(a) {█}'],
    ['block', 'ruby', 'items.each do |item|\n  █\nend\n'],
    ['block', 'ruby', 'def f(a)█'],
    ['block', 'shell', 'for a in b; do\n  █\ndone\n'],
    ['one', 'sql', 'SELECT █'],
  ]
  it.each(places)('%s line at %s %j', (lines, language, document) => {
    expect(planAt(document, language).lines).toBe(lines)
  })

  /** The suggestion stands between the cursor and what follows; `▌` marks where it is over. */
  const ends: [language: string, document: string, text: string][] = [
    ['python', 'x = █', '1▌\ny = 2'],
    ['python', 'x = █', '1'],
    ['python', 'def f(a):\n    █', 'b = a\n    return b▌\n\nprint(1)\n'],
    ['python', 'def f(a):\n    █', 'return a▌\nprint(1)\n'],
    ['python', 'def f(a):█', '\n    return a▌\nprint(1)\n'],
    ['python', 'def f(a):█', '\n    return a\n'],
    ['javascript', 'function f(a) {█', '\n  return a\n}▌\nfunction'],
    ['javascript', 'if (a) {\n  if (b) {█', '\n    return a\n  }▌\n}\n'],
    ['javascript', 'if (a) {\n  if (b) {█', '\n    return a▌\n}\n'],
    ['python', 'def f(a):\n    █', 'a\n    b\n    c\n    d\n    e\n    f▌\n    g\n'],
  ]
  it.each(ends)('%s %j: finds the end of %j', (language, document, marked) => {
    const at = marked.indexOf('▌')
    expect(planAt(document, language).end(marked.replace('▌', ''))).toBe(at < 0 ? undefined : at)
  })
})
