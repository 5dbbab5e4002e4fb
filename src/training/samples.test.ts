import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Document } from '../corpus/index.ts'
import { createPieceCutter } from './pieces.ts'
import { createSampler, heldoutRowsOf } from './samples.ts'
import { testDocuments, testTokenizer } from './test-corpus.ts'

const tokenizer = await testTokenizer()
const { end, file, fimPrefix, fimSuffix, fimMiddle } = tokenizer.special
const contextLength = 128
const documents = testDocuments()

function samplesOf(document: Document, fimShare: number, pass = 0): number[][] {
  return [...createSampler({ tokenizer, contextLength, fimShare, seed: 1 })(document, pass)]
}

/** A sample without its header. */
function bodyOf(sample: number[]): number[] {
  if (sample[0] !== file) return sample
  const newline = sample.findIndex((id) => tokenizer.bytesOf(id).at(-1) === 0x0a)
  return sample.slice(newline + 1)
}

/** The text of a rearranged sample, put back in order. */
function restored(sample: number[]): string {
  const body = bodyOf(sample)
  expect([body[0], body.at(-1)]).toEqual([fimPrefix, end])
  const [s, m] = [body.indexOf(fimSuffix), body.indexOf(fimMiddle)]
  const text = (from: number, to: number) => tokenizer.decode(body.slice(from, to))
  // In SPM order nothing stands between the prefix and the suffix token, and the prefix is before the middle.
  return text(1, s) + text(m + 1, -1) + text(s + 1, m)
}

describe('the samples of a document', () => {
  it('never exceed the context, whatever is in the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1000 }),
      fc.string({ unit: fc.constantFrom('a', '\n', '😀', ' '), maxLength: 1000 }),
    )
    fc.assert(
      fc.property(texts, fc.constantFrom(0, 1), fc.constantFrom(0, 1), (text, fimShare, pass) => {
        const document = { ...documents[0]!, text, sha256: text }
        for (const sample of samplesOf(document, fimShare, pass))
          expect(sample.length).toBeLessThanOrEqual(contextLength)
      }),
      { numRuns: 50 },
    )
  })

  it('are its text in order, and only the last ends it, when nothing is moved', () => {
    for (const pass of [0, 1])
      for (const document of documents) {
        const bodies = samplesOf(document, 0, pass).map(bodyOf)
        expect(tokenizer.decode(bodies.flat())).toBe(document.text)
        expect(bodies.map((body) => body.includes(end))).toEqual(
          bodies.map((_, i) => i === bodies.length - 1),
        )
      }
  })

  it('without an end fill more than half of a row, so that no two of them share one', () => {
    for (const pass of [0, 1, 2])
      for (const sample of documents.flatMap((document) => samplesOf(document, 0, pass)))
        if (sample.at(-1) !== end) expect(sample.length).toBeGreaterThan((contextLength + 1) / 2)
  })

  it('hold the same text when middles are moved, and half of them are in each order', () => {
    let psm = 0
    let all = 0
    for (const document of documents) {
      const samples = samplesOf(document, 1).filter((sample) => sample.includes(fimMiddle))
      for (const sample of samples) {
        expect(document.text.replaceAll('\r', '')).toContain(restored(sample).trim().slice(0, 40))
        all++
        if (bodyOf(sample)[1] !== fimSuffix) psm++
      }
    }
    expect(psm / all).toBeGreaterThan(0.35)
    expect(psm / all).toBeLessThan(0.65)
  })

  it('carry the path for half of the documents, in all of their pieces or in none', () => {
    let named = 0
    const many = Array.from({ length: 400 }, (_, i) => ({
      ...documents[0]!,
      path: `usr/lib/a/b/module_${i}.py`,
      text: 'x = 1\n',
    }))
    for (const document of [...many, ...documents]) {
      const samples = samplesOf(document, 0.5)
      const withHeader = samples.filter((sample) => sample[0] === file)
      expect([0, samples.length]).toContain(withHeader.length)
      for (const sample of withHeader) {
        const header = tokenizer.decode(sample.slice(1, sample.length - bodyOf(sample).length))
        expect(`${document.path}\n`.endsWith(header)).toBe(true)
        expect(header.split('/').length).toBeLessThanOrEqual(3)
      }
      if (withHeader.length > 0) named++
    }
    expect(named / (many.length + documents.length)).toBeGreaterThan(0.42)
    expect(named / (many.length + documents.length)).toBeLessThan(0.58)
  })

  it('have other cuts in another pass, and the same in the same', () => {
    const longest = documents.reduce((a, b) => (a.text.length > b.text.length ? a : b))
    expect(samplesOf(longest, 0.5, 1)).toEqual(samplesOf(longest, 0.5, 1))
    expect(samplesOf(longest, 0, 1).map((sample) => sample.length)).not.toEqual(
      samplesOf(longest, 0, 0).map((sample) => sample.length),
    )
  })
})

describe('pieces', () => {
  it('end at line ends where lines are short, and never within a character', () => {
    const cutPieces = createPieceCutter(tokenizer)
    for (const { text } of documents) {
      const ids = tokenizer.encode(text)
      for (const { from, to } of cutPieces(ids, 120).slice(0, -1)) {
        const lastSixteenth = ids.slice(from + 112, from + 120).map((id) => tokenizer.bytesOf(id).at(-1))
        const endsLine = tokenizer.bytesOf(ids[to - 1]!).at(-1) === 0x0a
        expect(endsLine).toBe(lastSixteenth.includes(0x0a))
        expect(to - from).toBeLessThanOrEqual(120)
      }
    }
    const oneLine = tokenizer.encode('日本語😀'.repeat(200))
    for (const { from, to } of cutPieces(oneLine, 50))
      expect(tokenizer.decode(oneLine.slice(from, to))).not.toContain('\uFFFD')
  })
})

describe('held-out rows', () => {
  it('spell every byte of the document by their targets, and nothing else', () => {
    for (const document of documents) {
      const rows = heldoutRowsOf(document, tokenizer, contextLength)
      expect(rows.every((row) => row[0] === end && row.length <= contextLength + 1)).toBe(true)
      const bytes = Buffer.concat(rows.flatMap((row) => row.slice(1).map((id) => tokenizer.bytesOf(id))))
      expect(bytes.toString()).toBe(document.text)
    }
  })
})
