import { describe, expect, it } from 'vitest'
import { specialCount, specialSpellings } from './special-tokens.ts'
import { trainTokenizer } from './train.ts'

const base = specialCount + 256

describe('training', () => {
  it('merges the commonest pair first, and of equally common ones the lower ids', async () => {
    // Words: low ×5, lower ×2, newest ×6, widest ×3 (Sennrich et al. 2016), one a line.
    const text = ['low', 'lower', 'newest', 'widest'].map((word, i) => `${word}\n`.repeat([5, 2, 6, 3][i]!))
    const { merges } = await trainTokenizer(text, { vocabularySize: base + 6 })
    expect(merges).toEqual(['e s', 'es t', 'l o', 'lo w', 'e w', 'n ew'])
  })

  it('starts with the special tokens and the bytes', async () => {
    const { tokens, special } = await trainTokenizer([], { vocabularySize: base })
    expect(tokens.slice(0, specialCount)).toEqual(specialSpellings)
    expect(tokens[special.fimMiddle]).toBe('<|fim_middle|>')
    expect(tokens[specialCount + 0x41]).toBe('A')
    expect(tokens[specialCount + 0x20]).toBe('Ġ')
    expect(tokens).toHaveLength(base)
  })

  it('pairs a run of one letter from its left', async () => {
    const { merges } = await trainTokenizer(['aaaaa\n'.repeat(4)], { vocabularySize: base + 3 })
    expect(merges).toEqual(['a a', 'aa a', 'aa aaa'])
  })

  it('gives no spelling two ids where two pairs make the same token', async () => {
    const texts = ['abcabc abd\n', 'bce fbc\n', 'abxab\n', 'gabc hab\n'].map((text) => text.repeat(9))
    const { tokens } = await trainTokenizer(texts, { vocabularySize: base + 14 })
    expect(new Set(tokens).size).toBe(tokens.length)
  })

  it('gives the same tokenizer for the same texts', async () => {
    const texts = ['const a = 1\nconst b = 2\n', 'let a = b\nlet c = a\n']
    const train = () => trainTokenizer(texts, { vocabularySize: base + 8 })
    expect(await train()).toEqual(await train())
  })

  it('refuses a vocabulary that cannot be, and texts that are too few', async () => {
    await expect(trainTokenizer(['a'], { vocabularySize: 100 })).rejects.toThrow('cannot be')
    await expect(trainTokenizer(['a'], { vocabularySize: 70_000 })).rejects.toThrow('cannot be')
    await expect(trainTokenizer(['ab ab'], { vocabularySize: 1000 })).rejects.toThrow('for 296 tokens only')
  })

  it('stops when it is told to', async () => {
    const abort = AbortSignal.abort()
    await expect(trainTokenizer(['ab ab'], { vocabularySize: base, signal: abort })).rejects.toThrow('abort')
  })
})
