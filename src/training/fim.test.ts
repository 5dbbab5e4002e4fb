import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFor } from '../lib/index.ts'
import { arrangeFim, cutForFim, drawFimKind, type FimKind, fimMix, trimFim } from './fim.ts'
import { testTokenizer } from './test-corpus.ts'

const tokenizer = await testTokenizer()
const { fimPrefix, fimSuffix, fimMiddle, end } = tokenizer.special
const kinds = fc.constantFrom<FimKind>('line', 'lines', 'span')
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.constantFrom('\n', '\r\n', '    ', 'if x:', '😀', 'é', 'return 1', ''))
    .map((parts) => parts.join('')),
)
const source = readFileSync(join(import.meta.dirname, 'fim.ts'), 'utf8')

/** Cuts `source` many times with one kind. */
function cuts(kind: FimKind, count = 300) {
  return Array.from({ length: count }, (_, i) => cutForFim(source, kind, randomFor('test', kind, i)))
}

describe('a cut', () => {
  it('puts back together gives the text, and splits no surrogate pair', () => {
    fc.assert(
      fc.property(texts, kinds, fc.integer(), (text, kind, seed) => {
        const { prefix, middle, suffix } = cutForFim(text, kind, randomFor(seed))
        expect(prefix + middle + suffix).toBe(text)
        if (text.isWellFormed())
          expect([prefix, middle, suffix].every((part) => part.isWellFormed())).toBe(true)
      }),
    )
  })

  it('is the same for the same seed, and another for another', () => {
    expect(cutForFim(source, 'span', randomFor(7))).toEqual(cutForFim(source, 'span', randomFor(7)))
    expect(cutForFim(source, 'span', randomFor(7))).not.toEqual(cutForFim(source, 'span', randomFor(8)))
  })

  it('of a line ends where the line does, and never within its indentation', () => {
    for (const { prefix, middle, suffix } of cuts('line')) {
      expect(middle).toMatch(/^[^\n]*\S$/)
      expect(suffix).toMatch(/^[ \t]*(\n|$)/)
      expect(middle[0] === ' ' && /\n *$/.test(prefix)).toBe(false)
    }
  })

  it('of lines ends at a line end, at most eight filled lines on, and half begin where a line does', () => {
    const found = cuts('lines')
    for (const { middle, suffix } of found) {
      expect(suffix).toMatch(/^[ \t]*(\n|$)/)
      expect(middle.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(9)
    }
    const atLineStart = found.filter(({ prefix }) => /(^|\n)[ \t]*$/.test(prefix)).length / found.length
    expect(atLineStart).toBeGreaterThan(0.45)
    expect(atLineStart).toBeLessThan(0.65)
  })

  it('of a span is a third of the text on average, as two uniform points leave', () => {
    const lengths = cuts('span', 2000).map(({ middle }) => middle.length / source.length)
    const mean = lengths.reduce((sum, length) => sum + length) / lengths.length
    expect(mean).toBeGreaterThan(0.3)
    expect(mean).toBeLessThan(0.37)
  })

  it('is of each kind as often as the mix says', () => {
    const random = randomFor('mix')
    const counts = { line: 0, lines: 0, span: 0 }
    for (let i = 0; i < 10_000; i++) counts[drawFimKind(random)]++
    for (const kind of Object.keys(fimMix) as FimKind[])
      expect(Math.abs(counts[kind] / 10_000 - fimMix[kind])).toBeLessThan(0.02)
  })
})

describe('an arranged cut', () => {
  const cut = { prefix: 'def f(', middle: 'x):', suffix: '\n  pass' }
  const [p, m, s] = [cut.prefix, cut.middle, cut.suffix].map((part) => tokenizer.encode(part)) as [
    number[],
    number[],
    number[],
  ]

  it('puts the middle last in both orders', () => {
    expect(arrangeFim(cut, 'psm', tokenizer)).toEqual([
      fimPrefix,
      ...p,
      fimSuffix,
      ...s,
      fimMiddle,
      ...m,
      end,
    ])
    expect(arrangeFim(cut, 'spm', tokenizer)).toEqual([
      fimPrefix,
      fimSuffix,
      ...s,
      fimMiddle,
      ...p,
      ...m,
      end,
    ])
  })
})

describe('trimming a cut', () => {
  it('takes text from the far ends only, at least as many tokens as asked for while there are any', () => {
    fc.assert(
      fc.property(texts, kinds, fc.integer({ min: 1, max: 40 }), (text, kind, tokens) => {
        const before = cutForFim(text, kind, randomFor(text))
        const after = trimFim(before, tokens)
        expect(before.prefix.endsWith(after.prefix)).toBe(true)
        expect(before.suffix.startsWith(after.suffix)).toBe(true)
        expect(after.middle).toBe(before.middle)
        const room = before.prefix.length + before.suffix.length
        const left = after.prefix.length + after.suffix.length
        // One unit at each end may stay, where a surrogate pair would be split.
        expect(room - left).toBeGreaterThanOrEqual(Math.min(room, 3 * tokens) - 1)
        if (text.isWellFormed()) expect((after.prefix + after.suffix).isWellFormed()).toBe(true)
      }),
    )
  })
})
