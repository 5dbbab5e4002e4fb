import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFor } from '../lib/index.ts'
import { layRows, packBestFit } from './pack-rows.ts'
import { createSampler } from './samples.ts'
import { testDocuments, testTokenizer } from './test-corpus.ts'

const layout = { rowLength: 513, padToken: 4, endToken: 0 }

describe('packing', () => {
  it('puts each sample into one row, and no row holds too much', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 64 })), (lengths) => {
        const rows = packBestFit(lengths, 64)
        expect(rows.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, sample) => sample))
        for (const row of rows)
          expect(row.reduce((sum, sample) => sum + lengths[sample]!, 0)).toBeLessThanOrEqual(64)
      }),
    )
  })

  it('takes the tightest row', () => {
    // 7 and 6 open rows with 3 and 4 left: the 4 must go where 4 is left, the 3 where 3 is left.
    expect(packBestFit([7, 6, 4, 3], 10)).toEqual([
      [0, 3],
      [1, 2],
    ])
  })

  it('refuses a sample that is longer than a row', () => {
    expect(() => packBestFit([11], 10)).toThrow('A sample of 11 ids does not fit a row of 10.')
  })
})

describe('rows', () => {
  it('hold real samples whole, 97 % of their places used, an unfinished one last', async () => {
    const tokenizer = await testTokenizer()
    const sampler = createSampler({ tokenizer, contextLength: 512, fimShare: 0.5, seed: 1 })
    const samples = testDocuments().flatMap((document) =>
      [...sampler(document, 0)].map((ids) => Uint16Array.from(ids)),
    )
    const { ids, rows, tokens } = layRows(samples, layout, randomFor('rows'))
    expect(tokens / ids.length).toBeGreaterThan(0.97)
    expect(ids.length).toBe(rows * layout.rowLength)

    const found = new Set(samples.map((sample) => sample.join()))
    let counted = 0
    for (let row = 0; row < rows; row++) {
      const filled = [...ids.subarray(row * layout.rowLength, (row + 1) * layout.rowLength)]
      const pads = filled.filter((id) => id === layout.padToken).length
      const content = filled.slice(0, layout.rowLength - pads)
      counted += content.length
      expect(content).not.toContain(layout.padToken)
      if (pads > 0) expect(content[0]).toBe(layout.endToken)
      // Every sample but a last one ends with the end token, so cutting there gives the samples back.
      const parts = content
        .join()
        .split(/(?<=(?:^|,)0),/)
        .filter((part) => part !== '0')
      for (const part of parts) expect(found.has(part)).toBe(true)
    }
    expect(counted).toBe(tokens)
  })

  it('are the same for the same seed, and in another order for another', () => {
    const samples = Array.from({ length: 50 }, (_, i) => new Uint16Array(100).fill(i + 10))
    expect(layRows(samples, layout, randomFor(1))).toEqual(layRows(samples, layout, randomFor(1)))
    expect(layRows(samples, layout, randomFor(1)).ids).not.toEqual(layRows(samples, layout, randomFor(2)).ids)
  })
})
