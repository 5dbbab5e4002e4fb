import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitWords } from './pre-tokenizer.ts'

/** The expression that the scanner stands for, with `\s` as Unicode's White_Space. */
const space = '\\p{White_Space}'
const expression = new RegExp(
  [
    "'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])",
    '[^\\r\\n\\p{L}\\p{N}]?\\p{L}+',
    '\\p{N}',
    ` ?[^${space}\\p{L}\\p{N}]+[\\r\\n]*`,
    `${space}*[\\r\\n]+`,
    `${space}+(?!${`[^${space}]`})`,
    `${space}+`,
  ].join('|'),
  'gu',
)

const words = (text: string) => [...splitWords(text)]

describe('the qwen2 pre-tokenizer', () => {
  it.each([
    ['return foo_bar(x)', ['return', ' foo', '_bar', '(x', ')']],
    ["don't WE'LL 'x'", ['don', "'t", ' WE', "'LL", " '", 'x', "'"]],
    ['x = 123', ['x', ' =', ' ', '1', '2', '3']],
    ['if a:\n    b', ['if', ' a', ':\n', '   ', ' b']],
    ['a  \n\n  b', ['a', '  \n\n', ' ', ' b']],
    ['\t\tx', ['\t', '\tx']],
    ['x   ', ['x', '   ']],
    ['a;\r\nb', ['a', ';\r\n', 'b']],
    ['a\u0085\u0085b', ['a', '\u0085', '\u0085b']],
    ['a\ufeff\ufeff!', ['a', '\ufeff\ufeff!']],
    ['é漢字😀', ['é漢字', '😀']],
  ])('cuts %j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('cuts as the regular expression does', () => {
    const pieces = fc.constantFrom(
      ..." |  |\t|\r|\n|\r\n|\u0085|\ufeff|\u2003|a|Ab|é|漢|e\u0301|7|²|!|=>|_|'|'s|'re|'LL|😀|𝒳|\ud800".split(
        '|',
      ),
    )
    const text = fc.oneof(
      fc.array(pieces).map((list) => list.join('')),
      fc.string({ unit: 'grapheme-ascii' }),
    )
    fc.assert(
      fc.property(text, (text) => {
        expect(words(text)).toEqual(text.match(expression) ?? [])
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves a run of 200,000 characters in few words, whatever follows it', () => {
    expect(words('a'.repeat(200_000))).toHaveLength(1)
    expect(words(' '.repeat(200_000))).toHaveLength(1)
    expect(words(`${' '.repeat(200_000)}x`)).toHaveLength(2)
    expect(words(`${'\n '.repeat(100_000)}x`)).toHaveLength(2)
  })
})
