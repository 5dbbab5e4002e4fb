import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closersOf, scanBrackets } from './index.ts'

describe('scanBrackets', () => {
  it('says what is open, innermost first', () => {
    expect(closersOf('f([1, {')).toBe('}])')
    expect(closersOf('f("(", \'[\', `{`) {')).toBe('}')
    expect(closersOf("let a: &'a str = f(")).toBe(')')
    expect(closersOf('a = "unfinished (\nf(')).toBe(')')
  })

  it('finds closers that close nothing', () => {
    expect(scanBrackets('a) + (b)]').unmatched).toEqual([
      { character: ')', offset: 1 },
      { character: ']', offset: 8 },
    ])
    expect(scanBrackets(')" + (', '"').unmatched).toEqual([])
  })

  it('closes whatever it finds open', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('(', ')', '[', ']', '{', '}', 'a', ' ')), (pieces) => {
        const text = pieces.join('')
        expect(closersOf(text + closersOf(text))).toBe('')
      }),
    )
  })
})
