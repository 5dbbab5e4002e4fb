import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { surroundings } from './situation.ts'
import { trimToDocument } from './trim.ts'

/** `before█suggestion█after`: what is left of the suggestion. */
function trim(marked: string): string {
  const [before = '', text = '', after = ''] = marked.split('█')
  return trimToDocument(text, surroundings({ text: before + after, offset: before.length }))
}

describe('trimToDocument', () => {
  const cases: [marked: string, left: string][] = [
    ['print(█"hello")█)', '"hello"'],
    ['print(█"hello")█', '"hello")'],
    ['print("█hello")█")', 'hello'],
    ['print("█say \\"hi\\" now")█")', 'say \\"hi\\" now'],
    ['foo(bar(█a))█)', 'a)'],
    ['foo(bar(█a))█))', 'a'],
    ['foo(█a) + 1█)', 'a'],
    ['const a = [█1, 2];█];', '1, 2'],
    ['const a = █b;█;', 'b'],
    ['f(a, █b, c█, c)', 'b'],
    ['f(█(a) => a[1]█)', '(a) => a[1]'],
    ['if (a) {\n  █return b\n}█\n}\n', 'return b'],
    ['if (a) {\n  if (b) {\n    █return b\n  }█\n}\n', 'return b\n  }'],
    ['items.each do |item|\n  █puts item\nend█\nend\n', 'puts item'],
    ['def f():\n    █a = 1\n    return a█\n    return a\n', 'a = 1'],
    ['x = █1  \n\n█', '1'],
    ['x = (█)█)', ''],
  ]
  it.each(cases)('%j', (marked, left) => {
    expect(trim(marked)).toBe(left)
  })

  const code = fc.array(
    fc.constantFrom('(', ')', '[', ']', '{', '}', '"', "'", 'a', ' ', '\n', ', ', ';', '\\', '😀', 'end'),
    { maxLength: 30 },
  )
  const text = code.map((pieces) => pieces.join(''))

  it('only ever cuts at the end', () => {
    fc.assert(
      fc.property(text, text, text, (before, suggestion, after) => {
        expect(suggestion.startsWith(trim(`${before}█${suggestion}█${after}`))).toBe(true)
      }),
    )
  })

  it('never writes a closing bracket again that stands right of the cursor', () => {
    const argument = fc.constantFrom('a', 'b + 1', 'f(x)', '[1, 2]', '{ y }', '')
    const wrapped = fc.constantFrom(['f(', ')'], ['a[', ']'], ['{ ', '}'], ['f(g(', '))'], ['f([', '])'])
    fc.assert(
      fc.property(
        wrapped,
        fc.array(argument, { minLength: 1, maxLength: 4 }),
        ([open = '', close = ''], args) => {
          const inner = args.join(', ')
          const left = trim(`${open}█${inner}${close}█${close}`)
          expect(inner.startsWith(left)).toBe(true)
          expect(inner.trimEnd().length - left.length).toBe(0)
        },
      ),
    )
  })
})
