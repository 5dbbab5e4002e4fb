import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTokenizer } from './bpe.ts'
import { specialSpellings } from './special-tokens.ts'
import type { Tokenizer, TokenizerFile } from './tokenizer.ts'
import { trainTokenizer } from './train.ts'

let file: TokenizerFile
let tokenizer: Tokenizer

beforeAll(async () => {
  const sources = globSync('../**/*.ts', { cwd: import.meta.dirname }).sort()
  const texts = sources.map((path) => readFileSync(`${import.meta.dirname}/${path}`, 'utf8'))
  file = await trainTokenizer(texts, { vocabularySize: 1024 })
  tokenizer = createTokenizer(file)
})

/** Merges one word the plain way: the lowest merge at its leftmost place, again and again. */
function mergePlainly(word: string): string[] {
  const symbols = [...Buffer.from(word)].map((byte) => file.tokens[specialSpellings.length + byte]!)
  for (;;) {
    const ranks = symbols.slice(1).map((right, i) => file.merges.indexOf(`${symbols[i]} ${right}`))
    const best = Math.min(...ranks.filter((rank) => rank >= 0))
    if (best === Number.POSITIVE_INFINITY) return symbols
    const place = ranks.indexOf(best)
    symbols.splice(place, 2, symbols[place]! + symbols[place + 1]!)
  }
}

describe('encoding and decoding', () => {
  it('gives back every well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text.toWellFormed())
      }),
    )
  })

  it('merges in the order of training, leftmost first', () => {
    const word = fc.string({ unit: fc.constantFrom(...'erntoisaéj'), minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(word, (word) => {
        expect(tokenizer.encode(word).map((id) => file.tokens[id])).toEqual(mergePlainly(word))
      }),
    )
  })

  it('keeps the spelling of a special token as text', () => {
    const ids = tokenizer.encode(specialSpellings.join(''))
    expect(Math.min(...ids)).toBeGreaterThanOrEqual(specialSpellings.length)
    expect(tokenizer.decode(ids)).toBe(specialSpellings.join(''))
  })

  it('leaves special tokens out of decoded text', () => {
    const { special } = tokenizer
    expect(tokenizer.decode([special.fimPrefix, ...tokenizer.encode('let a'), special.end])).toBe('let a')
  })

  it('decodes bytes that are not UTF-8 to U+FFFD, and keeps a byte order mark', () => {
    expect(tokenizer.decode([specialSpellings.length + 0xff])).toBe('\ufffd')
    expect(tokenizer.decode(tokenizer.encode('\ufeffa'))).toBe('\ufeffa')
  })

  it('encodes a word of 100,000 letters', () => {
    const text = 'return'.repeat(17_000)
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
  })

  it('refuses an id outside the vocabulary', () => {
    expect(() => tokenizer.decode([1024])).toThrow('not in a vocabulary of 1024')
  })
})
