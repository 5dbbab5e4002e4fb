import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { CorpusCard, Document } from '../../corpus/index.ts'
import { writeShards } from '../../corpus/shards.ts'
import { sha256, UserError } from '../../lib/index.ts'
import { testDocuments } from '../../training/test-corpus.ts'
import { openServedModel } from '../quality/served-model.ts'
import { completionOf, refusal, startTestServer } from '../sampling/test-server.ts'
import { drawBeginnings } from './beginnings.ts'
import { findMatches } from './find-matches.ts'
import { buildLexemeIndex } from './lexeme-index.ts'
import { lexemesOf } from './lexemes.ts'
import { continueBeginnings, measureRegurgitation, recitedLexemes } from './measure.ts'
import { readSampledTexts } from './read-samples.ts'
import { seedsFor } from './seeds.ts'
import { openLexemeIndex } from './stored-index.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-lexemes-'))
afterAll(() => rmSync(root, { recursive: true }))

function document(text: string, path = 'a.py', extra: Partial<Document> = {}): Document {
  const source = { kind: 'folder', checksum: 'none' } as const
  const base = {
    package: 'p',
    version: '1',
    license: 'MIT',
    language: 'python',
    sha256: sha256(text),
    source,
  }
  return { ...base, text, path, ...extra }
}

/** `count` lexemes that stand nowhere else. */
const words = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${name}${i}`).join(' ')

const indexOf = (texts: string[], minimum: number) =>
  buildLexemeIndex(
    texts.map((text, i) => document(text, `${i}.py`)),
    minimum,
  )

const withoutSpace = (text: string) => text.replace(/[\s\p{Cc}]+/gu, '')

describe('lexemes', () => {
  const spelt = (text: string) => {
    const { starts, ends } = lexemesOf(text)
    return starts.map((start, i) => text.slice(start, ends[i]))
  }

  it('are words and runs of one mark', () => {
    expect(spelt('if (a_1 !== "b c") {  // ---\n')).toEqual([
      'if',
      '(',
      'a_1',
      '!',
      '==',
      '"',
      'b',
      'c',
      '"',
      ')',
      '{',
      '//',
      '---',
    ])
    expect(spelt('größe = π;\u00a0\ufeff$x')).toEqual(['größe', '=', 'π', ';', '$x'])
    expect(spelt(' \n\t')).toEqual([])
  })

  it('do not depend on white space', () => {
    const source = testDocuments()[0]!.text
    expect(lexemesOf(source.replace(/[ \n]+/g, '\r\n\t ')).hashes).toEqual(lexemesOf(source).hashes)
  })

  const codeUnit = fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0xffff }))
  const anyText = fc.array(codeUnit, { maxLength: 60 }).map((units) => String.fromCharCode(...units))

  it('cover whatever is not white space, in order, and never overlap', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { hashes, starts, ends } = lexemesOf(text)
        const lexemes = starts.map((start, i) => text.slice(start, ends[i]))
        const gaps = [...starts, text.length].map((start, i) => text.slice(ends[i - 1] ?? 0, start))
        return (
          hashes.length === starts.length &&
          lexemes.join('') === withoutSpace(text) &&
          withoutSpace(gaps.join('')) === ''
        )
      }),
    )
  })

  it('have hashes of their own in real code', () => {
    const seen = new Map<number, string>()
    const collisions: string[] = []
    for (const { text } of testDocuments()) {
      const { hashes, starts, ends } = lexemesOf(text)
      for (const [i, hash] of hashes.entries()) {
        const lexeme = text.slice(starts[i], ends[i])
        if (seen.has(hash) && seen.get(hash) !== lexeme) collisions.push(lexeme)
        seen.set(hash, lexeme)
      }
    }
    expect(collisions).toEqual([])
    expect(seen.size).toBeGreaterThan(1000)
  })
})

describe('findMatches', () => {
  const source = [words('before', 20), words('planted', 65), words('after', 20)].join('\n')

  it('finds 65 lexemes wherever they stand, and not 64', async () => {
    const index = await indexOf([words('other', 400), source, words('more', 100)], recitedLexemes)
    const planted = words('planted', 65).split(' ')
    for (const shift of [0, 1, 32, 33, 64]) {
      const recited = `${words('own', shift)}\n\t${planted.join('\n')} ${words('end', 9)}`
      const { longest } = findMatches(index, recited)
      expect(longest?.lexemes).toBe(65)
      expect(recited.slice(longest!.start, longest!.end)).toBe(planted.join('\n'))
      expect(longest?.documents).toEqual([
        { package: 'p', version: '1', path: '1.py', license: 'MIT', language: 'python', lexemes: 65 },
      ])
      const short = `${words('own', shift)} ${planted.slice(0, 64).join(' ')} ${words('end', 9)}`
      expect(findMatches(index, short).longest).toBeUndefined()
    }
  })

  it('finds neither a stretch over two documents, nor one with a lexeme changed', async () => {
    const index = await indexOf([words('a', 70), words('b', 70)], 65)
    const tail = (name: string) => words(name, 70).split(' ')
    expect(
      findMatches(index, [...tail('a').slice(30), ...tail('b').slice(0, 40)].join(' ')).longest,
    ).toBeUndefined()
    expect(findMatches(index, tail('a').with(35, 'changed').join(' ')).longest).toBeUndefined()
    expect(findMatches(index, tail('a').join(' ')).longest?.lexemes).toBe(70)
  })

  it('agrees with comparing everything with everything', async () => {
    const text = fc.array(fc.constantFrom('a', 'b', '('), { maxLength: 40 }).map((parts) => parts.join(' '))
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 4 }),
        text,
        fc.integer({ min: 1, max: 9 }),
        async (texts, sample, minimum) => {
          const { longest } = findMatches(await indexOf(texts, minimum), sample)
          const common = texts.map((one) => longestCommon(lexemesOf(one).hashes, lexemesOf(sample).hashes))
          const most = Math.max(0, ...common)
          expect(longest?.lexemes ?? 0).toBe(most >= minimum ? most : 0)
          expect(longest?.documentCount ?? 0).toBe(common.filter((length) => length >= minimum).length)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('has a seed in every stretch', () => {
    for (let minimum = 1; minimum < 100; minimum++) {
      const { length, stride } = seedsFor(minimum)
      expect(length + stride - 1).toBe(minimum)
    }
    expect(seedsFor(65)).toEqual({ length: 33, stride: 33 })
  })
})

function longestCommon(a: Int32Array, b: Int32Array): number {
  let most = 0
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) {
      let length = 0
      while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length++
      most = Math.max(most, length)
    }
  return most
}

describe('measureRegurgitation', () => {
  it('counts what is recited, apart from what stands in many documents', async () => {
    const header = words('licence', 80)
    const texts = Array.from({ length: 12 }, (_, i) => `${header}\n${words(`file${i}x`, 100)}`)
    const index = await indexOf(texts, 65)
    const samples = [header, words('file3x', 70), words('own', 200), 'x = 1'].map((text, i) => ({
      name: `${i}`,
      text,
    }))
    const { figures, recitals } = measureRegurgitation(index, samples)
    expect(figures.map(({ value, n }) => [value, n])).toEqual([
      [0.5, 4],
      [0.25, 4],
      [0.75, 4],
    ])
    expect(recitals).toMatchObject([
      { name: '0', lexemes: 80, documentCount: 12 },
      { name: '1', lexemes: 70, documentCount: 1, documents: [{ path: '3.py' }] },
    ])
    expect(samples[1]?.text.startsWith(recitals[1]?.excerpt ?? '?')).toBe(true)
  })
})

describe('openLexemeIndex', () => {
  const folder = join(root, 'corpus')
  const cache = join(root, 'cache')

  it('builds an index once, and anew where its file is damaged', async () => {
    writeCorpus(folder, [document(words('a', 100)), document('too short')])
    const open = () => openLexemeIndex({ corpus: folder, minimum: 65, cache })
    const first = await open()
    expect(first.documents).toHaveLength(1)
    const [name] = readdirSync(cache)
    expect(readdirSync(cache)).toHaveLength(1)
    const { ino } = statSync(join(cache, name!))
    const again = await open()
    expect(statSync(join(cache, name!)).ino).toBe(ino)
    expect(again).toEqual(first)
    expect(findMatches(again, words('a', 90)).longest?.lexemes).toBe(90)
    truncateSync(join(cache, name!), 50)
    expect(await open()).toEqual(first)
    writeFileSync(join(cache, name!), Buffer.alloc(200, 255))
    expect(await open()).toEqual(first)
  })

  it('says where there is no corpus', async () => {
    await expect(openLexemeIndex({ corpus: join(root, 'none'), minimum: 65, cache })).rejects.toThrow(
      UserError,
    )
  })
})

function writeCorpus(folder: string, documents: Document[]): void {
  const totals = { documents: documents.length, bytes: 0 }
  const card: CorpusCard = {
    format: 1,
    name: 'test',
    manifest: '',
    totals,
    languages: {},
    licences: {},
    packages: [],
    drift: [],
    skipped: [],
    benchmarks: [],
    shards: writeShards(join(folder, 'shards'), documents),
    rejected: { files: 0, sha256: '' },
  }
  writeFileSync(join(folder, 'corpus.json'), JSON.stringify(card))
}

describe('drawBeginnings', () => {
  it('draws the same files for the same seed, and only those that go on', async () => {
    const documents = [...testDocuments(), document('x = 1\n', 'short.py')]
    const draw = (seed: number) => drawBeginnings(documents, { n: 12, seed, lexemes: 65 })
    const drawn = await draw(1)
    expect(await draw(1)).toEqual(drawn)
    expect(await draw(2)).not.toEqual(drawn)
    expect(new Set(drawn.map(({ name }) => name)).size).toBe(12)
    for (const { name, text } of drawn) {
      const whole = documents.find(({ path }) => name === `test:${path}`)!.text
      expect(whole.startsWith(text)).toBe(true)
      expect(lexemesOf(whole.slice(text.length)).hashes.length).toBeGreaterThanOrEqual(65)
    }
  })
})

describe('continueBeginnings', () => {
  it('goes on after as much of a beginning as fits the window', async () => {
    const prompts: string[] = []
    await using server = await startTestServer(({ prompt }) => {
      // What it knows of its models.
      if (prompt === undefined) return refusal(404, 'unknown')
      prompts.push(prompt as string)
      return (prompt as string).length > 70
        ? refusal(400, 'too long', { code: 'context_length_exceeded' })
        : completionOf(['the rest'])
    })
    const served = await openServedModel({
      subject: { name: 'm', identity: 'm' },
      servers: [{ baseUrl: server.url }],
      modelName: 'm',
      inFlight: 1,
      perRequest: 1,
      logprobs: 0,
    })
    const beginning = { name: 'a', text: 'x'.repeat(100) }
    expect(await continueBeginnings(served, [beginning], { maxTokens: 8 })).toEqual([
      { name: 'a', text: 'the rest' },
    ])
    expect(prompts.map(({ length }) => length)).toEqual([100, 80, 64])
  })
})

describe('readSampledTexts', () => {
  it('reads the completions of a run folder and names a line that is none', async () => {
    const line = { problem: 'X/1', index: 0, seed: 1, completion: 'a\0b', tokens: 3, finish: 'stop' }
    writeFileSync(join(root, 'samples.jsonl'), `${JSON.stringify(line)}\n`)
    expect(await readSampledTexts(root)).toEqual([{ name: 'X/1 #0', text: 'a\0b' }])
    writeFileSync(join(root, 'samples.jsonl'), `${JSON.stringify(line)}\n{"problem":1}\n`)
    await expect(readSampledTexts(root)).rejects.toThrow('Record 2 of')
    await expect(readSampledTexts(join(root, 'none'))).rejects.toThrow(UserError)
    expect(existsSync(join(root, 'none'))).toBe(false)
  })
})
