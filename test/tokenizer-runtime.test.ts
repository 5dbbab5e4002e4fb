import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getLlama, type Llama, type LlamaModel } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeRandomModel } from '../src/models/index.ts'
import {
  createTokenizer,
  specialSpellings,
  type TokenizerFile,
  trainTokenizer,
} from '../src/tokenizer/index.ts'
import { hardSamples, sourceTexts } from './hard-samples.ts'

/**
 * The tokenizer and llama.cpp must give the same ids, or a model would be asked something other than what it
 * was trained on. Every sample goes through both.
 */
let folder: string
let llama: Llama

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-tokenizer-'))
  llama = await getLlama({ gpu: false, build: 'never' })
})

afterAll(async () => {
  await llama.dispose()
  await rm(folder, { recursive: true })
})

async function loadInRuntime(file: TokenizerFile, name: string): Promise<LlamaModel> {
  const modelPath = join(folder, `${name}.gguf`)
  await writeRandomModel(modelPath, { vocabulary: file, layers: 1, width: 32, seed: 1 })
  return await llama.loadModel({ modelPath, vocabOnly: true })
}

describe('ids equal those of llama.cpp', { timeout: 120_000 }, () => {
  it('on hard samples, which also come back as they were', async () => {
    const texts = sourceTexts()
    const file = await trainTokenizer([...texts, ...hardSamples(texts).slice(0, 2000)], {
      vocabularySize: 4096,
    })
    const tokenizer = createTokenizer(file)
    await using model = await loadInRuntime(file, 'trained')
    const samples = hardSamples(texts)
    expect(samples.length).toBeGreaterThan(5000)
    const differing = samples.filter((text) => {
      const ids = tokenizer.encode(text)
      return String(ids) !== String(model.tokenize(text)) || tokenizer.decode(ids) !== text.toWellFormed()
    })
    expect(differing.map((text) => JSON.stringify(text).slice(0, 100))).toEqual([])
  })

  it('at the border of every character of Unicode with a letter, a symbol and a line end', async () => {
    const file = await borderTokenizer()
    const tokenizer = createTokenizer(file)
    await using model = await loadInRuntime(file, 'borders')
    const differing: string[] = []
    for (let block = 0; block < 0x110000; block += 256) {
      const isSurrogate = block >= 0xd800 && block < 0xe000
      // Planes 4 to 13 are empty and 15 and 16 private: one block in sixteen of them will do.
      const isEmpty = block >= 0x40000 && block >> 16 !== 14 && block % 4096 !== 0
      if (isSurrogate || isEmpty) continue
      const points = Array.from({ length: 256 }, (_, i) => String.fromCodePoint(block + i))
      const text = points.map((character) => `x${character}!${character}\n`).join('')
      if (String(tokenizer.encode(text)) !== String(model.tokenize(text))) differing.push(block.toString(16))
    }
    expect(differing).toEqual([])
  })

  it('and the end and FIM tokens are found', async () => {
    const file = await borderTokenizer()
    await using model = await loadInRuntime(file, 'special')
    const { special } = file
    expect([model.tokens.eos, model.tokens.eot]).toContain(special.end)
    expect(model.isEogToken(special.end as never)).toBe(true)
    expect(model.tokens.infill).toMatchObject({
      prefix: special.fimPrefix,
      suffix: special.fimSuffix,
      middle: special.fimMiddle,
    })
    for (const [id, spelling] of specialSpellings.entries())
      expect(model.tokenize(spelling, true)).toEqual([id])
  })
})

/** A vocabulary whose ids show whether a byte stands in one word with `x` before it, or with `!` or LF after it. */
async function borderTokenizer(): Promise<TokenizerFile> {
  const file = await trainTokenizer([], { vocabularySize: specialSpellings.length + 256 })
  const bytes = file.tokens.slice(specialSpellings.length)
  const spell = (character: string) => bytes[character.charCodeAt(0)]!
  for (const byte of bytes) {
    for (const pair of [
      [spell('x'), byte],
      [byte, spell('!')],
      [byte, spell('\n')],
    ]) {
      if (file.tokens.includes(pair.join(''))) continue
      file.tokens.push(pair.join(''))
      file.merges.push(pair.join(' '))
    }
  }
  return file
}
