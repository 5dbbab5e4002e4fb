import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkShards, shardsChecksum } from './shard-index.ts'
import { isHeldout } from './split.ts'
import { testDocuments, testRecipe, testTokenizer } from './test-corpus.ts'
import { writeShards } from './write-shards.ts'

const tokenizer = await testTokenizer()
const recipe = testRecipe()
const documents = testDocuments()
let folder: string
let out: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shards-'))
  out = join(folder, 'shards')
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (changes = {}) =>
  writeShards({ documents: () => documents, tokenizer, recipe, out, ...changes })

describe('writing shards', () => {
  it('leaves an index whose counts and checksums are those of the files', async () => {
    const index = await write({ corpus: 'c0ffee' })
    expect(await checkShards(out, recipe)).toEqual(index)
    expect(index).toMatchObject({
      corpus: 'c0ffee',
      tokenizer: tokenizer.checksum,
      vocabularySize: 512,
      rowLength: 129,
    })
    for (const { file, tokens } of [...index.train, ...index.heldout]) {
      const bytes = readFileSync(join(out, file))
      const ids = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
      expect(ids.filter((id) => id !== index.padToken).length).toBe(tokens)
    }
    expect(readdirSync(out).sort()).toEqual(
      [...index.train, ...index.heldout]
        .map(({ file }) => file)
        .concat('shards.json')
        .sort(),
    )
  })

  it('holds out documents of every language, which anyone can tell from the index, with all of their bytes', async () => {
    const index = await write()
    expect(index.heldout.map(({ language }) => language)).toEqual(['javascript', 'typescript'])
    const held = documents.filter((document) => isHeldout(document, index.heldoutShares, index.seed))
    for (const { language, documents: count, bytes } of index.heldout) {
      const texts = held.filter((document) => document.language === language).map(({ text }) => text)
      expect(count).toBe(texts.length)
      expect(bytes).toBe(Buffer.byteLength(texts.join('')))
    }
    const text = index.train.map(({ file }) => {
      const bytes = readFileSync(join(out, file))
      return tokenizer.decode(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2))
    })
    for (const document of held.filter((each) => each.text.length > 800))
      expect(text.join('').includes(document.text.slice(-300))).toBe(false)
  })

  it('gives the same bytes for the same input, and another pass adds about as many tokens again', async () => {
    const once = await write()
    const first = shardsChecksum(out)
    await write({ replace: true })
    expect(shardsChecksum(out)).toBe(first)
    const twice = await write({ replace: true, recipe: { ...recipe, data: { ...recipe.data, passes: 2 } } })
    const total = (index: typeof once) => index.train.reduce((sum, { tokens }) => sum + tokens, 0)
    expect(total(twice) / total(once)).toBeGreaterThan(1.9)
    expect(total(twice) / total(once)).toBeLessThan(2.1)
    expect(twice.heldout).toEqual(once.heldout)
  })

  it('leaves nothing behind when it is stopped', async () => {
    const controller = new AbortController()
    const onProgress = () => controller.abort(new Error('stopped'))
    const many = () => Array.from({ length: 20 }, () => documents).flat()
    await expect(write({ documents: many, signal: controller.signal, onProgress })).rejects.toThrow('stopped')
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses a tokenizer of another size, a folder in use and an empty corpus, in a sentence each', async () => {
    const other = { ...recipe, model: { ...recipe.model, vocabularySize: 640 } }
    await expect(write({ recipe: other })).rejects.toThrow(
      'The tokenizer has 512 tokens, and model.vocabularySize of the recipe tiny is 640.',
    )
    await expect(write({ documents: () => [] })).rejects.toThrow('The corpus holds no documents.')
    expect(existsSync(out)).toBe(false)
    await write()
    await expect(write()).rejects.toThrow(`${out} is already there.`)
  })
})

describe('checking shards', () => {
  it('tells another vocabulary, another row length, a damaged shard, a cut-off and a missing one', async () => {
    const index = await write()
    const { model } = recipe
    const check = (changes = {}) => checkShards(out, { ...recipe, model: { ...model, ...changes } })
    await expect(check({ vocabularySize: 8192 })).rejects.toThrow(
      'have a vocabulary of 512, and the recipe tiny one of 8192.',
    )
    await expect(check({ contextLength: 256 })).rejects.toThrow(
      'have rows of 129 ids, and the recipe tiny needs 257.',
    )

    const path = join(out, index.train[0]!.file)
    const bytes = readFileSync(path)
    bytes[1000]! ^= 1
    writeFileSync(path, bytes)
    await expect(check()).rejects.toThrow(
      `The shard ${path} is damaged: its checksum does not match shards.json.`,
    )
    truncateSync(path, 1000)
    await expect(check()).rejects.toThrow(`The shard ${path} is damaged`)
    rmSync(path)
    await expect(check()).rejects.toThrow(`The shard ${path} is missing.`)
    writeFileSync(join(out, 'shards.json'), '{"format":')
    await expect(check()).rejects.toThrow('shards.json is not JSON.')
    await expect(checkShards(folder, recipe)).rejects.toThrow(`There are no token shards in ${folder}.`)
  })
})
