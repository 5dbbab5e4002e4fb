import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Document } from '../../corpus/index.ts'
import { projectRoot, sha256 } from '../../lib/index.ts'
import { createTokenizer, type Tokenizer, trainTokenizer } from '../../tokenizer/index.ts'
import { isHeldout, readRecipe, type ShardIndex, writeShards } from '../../training/index.ts'
import { bitsPerByte, measureBaseline } from './baseline.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-baseline-'))
const shards = join(folder, 'shards')
const documents: Document[] = globSync('node_modules/{ajv/lib,commander/lib}/**/*.{ts,js}', {
  cwd: projectRoot,
})
  .sort()
  .map((path) => {
    const text = readFileSync(join(projectRoot, path), 'utf8')
    return {
      text,
      path,
      language: path.endsWith('.js') ? 'javascript' : 'typescript',
      package: 'test',
      version: '0',
      license: 'MIT',
      sha256: sha256(text),
      source: { kind: 'folder', checksum: 'none' },
    }
  })
let tokenizer: Tokenizer
let index: ShardIndex

beforeAll(async () => {
  const texts = documents.map(({ text }) => text)
  tokenizer = createTokenizer(await trainTokenizer(texts, { vocabularySize: 512 }))
  const nano = readRecipe(join(projectRoot, 'recipes/understudy-nano.json'))
  const recipe = { ...nano, model: { ...nano.model, vocabularySize: 512, contextLength: 128 } }
  index = await writeShards({ documents: () => documents, tokenizer, recipe, out: shards })
})
afterAll(() => rmSync(folder, { recursive: true }))

it('predicts held-out code better with longer n-grams, and better than chance', async () => {
  const measure = (order: number) => measureBaseline({ documents, tokenizer, shards, order })
  const [one, two, five] = [await measure(1), await measure(2), await measure(5)]
  expect(one.bitsPerByte.all).toBeLessThan(8)
  expect(two.bitsPerByte.all).toBeLessThan(one.bitsPerByte.all!)
  expect(five.bitsPerByte.all).toBeLessThan(two.bitsPerByte.all!)
  expect(Object.keys(five.bitsPerByte)).toEqual(['javascript', 'typescript', 'all'])
  expect(five.ngrams).toHaveLength(5)
  const trained = documents.filter((document) => !isHeldout(document, index.heldoutShares, index.seed))
  expect(five.documents).toBe(trained.length)
  expect(five.tokens).toBe(trained.reduce((sum, { text }) => sum + tokenizer.encode(text).length, 0))
})

it('pays for each token of the held-out documents once, and for nothing else', async () => {
  // A uniform model: every target costs log2(512) = 9 bits.
  const uniform = { scoreRow: (ids: ArrayLike<number>) => -(ids.length - 1) * Math.log(512) }
  const held = documents.filter((document) => isHeldout(document, index.heldoutShares, index.seed))
  const tokens = held.reduce((sum, { text }) => sum + tokenizer.encode(text).length, 0)
  const bytes = held.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  expect((await bitsPerByte(uniform, shards, index)).all).toBeCloseTo((9 * tokens) / bytes, 10)
})

it('refuses shards of another tokenizer', async () => {
  const other = createTokenizer(await trainTokenizer(['let a = b'], { vocabularySize: 295 }))
  await expect(measureBaseline({ documents, tokenizer: other, shards, order: 2 })).rejects.toThrow(
    'were written with another tokenizer',
  )
})
