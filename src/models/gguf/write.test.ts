import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readGgufFileInfo } from 'node-llama-cpp'
import { afterAll, describe, expect, test } from 'vitest'
import { UserError } from '../../lib/index.ts'
import { testVocabulary } from '../test-vocabulary.ts'
import type { GgufMetadata } from './format.ts'
import { dequantize } from './quantize.ts'
import { writeRandomModel } from './random-model.ts'
import { readHeader } from './read.ts'
import { writeGguf } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-gguf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const everyType: GgufMetadata = new Map([
  ['a.uint8', { type: 'uint8', value: 255 }],
  ['a.int8', { type: 'int8', value: -128 }],
  ['a.uint16', { type: 'uint16', value: 65535 }],
  ['a.int16', { type: 'int16', value: -32768 }],
  ['a.uint32', { type: 'uint32', value: 4294967295 }],
  ['a.int32', { type: 'int32', value: -2147483648 }],
  ['a.float32', { type: 'float32', value: 0.5 }],
  ['a.float64', { type: 'float64', value: Math.PI }],
  ['a.uint64', { type: 'uint64', value: 2n ** 64n - 1n }],
  ['a.int64', { type: 'int64', value: -(2n ** 63n) }],
  ['a.bool', { type: 'bool', value: true }],
  ['a.string', { type: 'string', value: 'ein Wörtchen ▁ 🙂' }],
  ['a.array', { type: 'array', of: 'string', value: ['', 'x', 'Ġ'] }],
  ['a.numbers', { type: 'array', of: 'int32', value: [1, -1] }],
  ['a.empty', { type: 'array', of: 'float32', value: [] }],
])

describe('writing GGUF', () => {
  test('every type of metadata comes back', async () => {
    const path = join(folder, 'types.gguf')
    await writeGguf(path, everyType, [])
    expect(readHeader(path).metadata).toEqual(everyType)
  })

  test('tensors lie aligned, padded, and hold their weights', async () => {
    const path = join(folder, 'tensors.gguf')
    const first = Float32Array.from({ length: 6 }, (_, i) => i / 4)
    const second = Float32Array.from({ length: 64 }, (_, i) => 32 - i)
    await writeGguf(path, new Map(), [
      { name: 'first', shape: [3, 2], type: 'F32', pieces: () => [first.subarray(0, 3), first.subarray(3)] },
      { name: 'second', shape: [32, 2], type: 'Q8_0', pieces: () => [second] },
    ])
    const { tensors, dataOffset, fileBytes } = readHeader(path)
    expect(dataOffset % 32).toBe(0)
    expect(tensors).toEqual([
      { name: 'first', shape: [3, 2], type: 0, offset: 0, bytes: 24 },
      { name: 'second', shape: [32, 2], type: 8, offset: 32, bytes: 68 },
    ])
    expect(fileBytes).toBe(dataOffset + 32 + 96)
    const bytes = readFileSync(path).subarray(dataOffset)
    expect(dequantize('F32', bytes.subarray(0, 24))).toEqual(first)
    expect([...bytes.subarray(24, 32)]).toEqual(Array(8).fill(0))
    const back = dequantize('Q8_0', bytes.subarray(32, 100))
    for (const [i, value] of second.entries()) expect(Math.abs(back[i]! - value)).toBeLessThan(0.2)
  })

  test('the runtime’s own reader sees the same metadata and tensors', async () => {
    const path = join(folder, 'random.gguf')
    const vocabulary = testVocabulary()
    await writeRandomModel(path, { vocabulary, seed: 1, quantization: 'Q8_0', layers: 2, contextLength: 256 })
    const info = await readGgufFileInfo(path, { logWarnings: false })
    const header = readHeader(path)
    const { tokenizer, general } = info.metadata
    const qwen3 = (info.metadata as unknown as { qwen3: Record<string, unknown> }).qwen3
    expect(general.architecture).toBe('qwen3')
    expect(qwen3).toMatchObject({
      block_count: 2,
      context_length: 256,
      embedding_length: 64,
      feed_forward_length: 128,
      attention: { head_count: 2, head_count_kv: 1, key_length: 32, value_length: 32 },
      rope: { freq_base: 10000 },
    })
    expect(tokenizer.ggml).toMatchObject({
      model: 'gpt2',
      pre: 'qwen2',
      tokens: vocabulary.tokens,
      merges: vocabulary.merges,
      token_type: vocabulary.tokens.map((_, id) => (id < 39 ? 3 : 1)),
      eos_token_id: 0,
      add_bos_token: false,
      fim_pre_token_id: 1,
      fim_suf_token_id: 2,
      fim_mid_token_id: 3,
      fim_pad_token_id: 4,
      fim_rep_token_id: 5,
      fim_sep_token_id: 6,
    })
    const theirs = info.fullTensorInfo!.map(({ name, dimensions, ggmlType, offset }) => [
      name,
      dimensions,
      ggmlType,
      offset,
    ])
    expect(theirs).toEqual(header.tensors.map(({ name, shape, type, offset }) => [name, shape, type, offset]))
    expect(header.tensors.map(({ name }) => name)).not.toContain('output.weight')
  })

  test('the same seed gives the same file, another seed another', async () => {
    const bytes = async (seed: number) => {
      const path = join(folder, 'seeded.gguf')
      await writeRandomModel(path, { vocabulary: testVocabulary(), seed })
      return readFileSync(path)
    }
    expect((await bytes(1)).equals(await bytes(1))).toBe(true)
    expect((await bytes(1)).equals(await bytes(2))).toBe(false)
  })
})

describe('refusals leave nothing behind', () => {
  const cases: [string, () => Promise<unknown>, RegExp][] = [
    [
      'rows that do not divide into blocks',
      () =>
        writeGguf(join(folder, 'bad.gguf'), new Map(), [
          { name: 'x', shape: [33], type: 'Q4_0', pieces: () => [] },
        ]),
      /rows of 33 weights/,
    ],
    [
      'too few weights',
      () =>
        writeGguf(join(folder, 'bad.gguf'), new Map(), [
          { name: 'x', shape: [4], type: 'F32', pieces: () => [new Float32Array(3)] },
        ]),
      /has 3 weights where its shape 4 asks for 4/,
    ],
    [
      'an ordinary token that the runtime would take for the end',
      () => {
        const vocabulary = testVocabulary()
        vocabulary.tokens.push('</s>')
        return writeRandomModel(join(folder, 'bad.gguf'), { vocabulary, seed: 1 })
      },
      /is spelled <\/s>/,
    ],
  ]
  test.each(cases)('%s', async (_, write, message) => {
    await expect(write()).rejects.toThrow(UserError)
    await expect(write()).rejects.toThrow(message)
    expect(existsSync(join(folder, 'bad.gguf'))).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('an abort between two tensors', async () => {
    const controller = new AbortController()
    const abort = function* () {
      controller.abort()
      yield new Float32Array(4)
    }
    const tensors = ['x', 'y'].map((name) => ({ name, shape: [4], type: 'F32' as const, pieces: abort }))
    await expect(writeGguf(join(folder, 'bad.gguf'), new Map(), tensors, controller.signal)).rejects.toThrow()
    expect(readdirSync(folder).filter((name) => name.startsWith('bad'))).toEqual([])
  })
})
