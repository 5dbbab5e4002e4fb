import { readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkGguf } from './check.ts'
import { qwen3Tensors } from './qwen3.ts'
import { readHeader } from './read.ts'
import { afterName, bytes, describeRefusals, find, folder, integer, model, set, shape } from './test-files.ts'

describe('a good file', () => {
  test('is summed up', async () => {
    const summary = await checkGguf(await model())
    expect(summary).toEqual({
      architecture: 'qwen3',
      layers: 2,
      width: 64,
      contextLength: 128,
      name: 'x',
      license: 'CC0-1.0',
      parameters: qwen3Tensors(shape).reduce(
        (sum, tensor) => sum + tensor.shape.reduce((a, b) => a * b, 1),
        0,
      ),
      vocabularySize: 320,
      quantization: 'F16',
      fileBytes: expect.any(Number),
    })
  })

  test('may lack the padding after its last tensor, and have bytes after it', async () => {
    await checkGguf(await bytes((file) => Buffer.concat([file, Buffer.alloc(100)])))
    const path = await model(({ tensors }) => tensors.push({ name: 'extra.weight', shape: [3], type: 'F32' }))
    truncateSync(path, readFileSync(path).length - 20)
    await checkGguf(path)
  })

  test('may have a head of its own', async () => {
    await checkGguf(
      await model(({ tensors }) => tensors.push({ name: 'output.weight', shape: [64, 320], type: 'Q8_0' })),
    )
  })

  test('may be of version 2, and aligned otherwise', async () => {
    await checkGguf(await bytes((file) => void file.writeUInt32LE(2, 4)))
    const path = await set('general.alignment', integer(16))()
    await checkGguf(path)
    expect(readHeader(path).dataOffset % 16).toBe(0)
  })
})

/** Where the tensor table ends: behind the last tensor's dimensions, extents, type and offset. */
function headerEnd(file: Buffer, lastTensor: string): number {
  const dimensions = afterName(file, lastTensor)
  return dimensions + 4 + 8 * file.readUInt32LE(dimensions) + 4 + 8
}

describeRefusals({
  'not GGUF': [
    ['a missing file', async () => join(folder, 'none.gguf'), /There is no model file/],
    ['a folder', async () => folder, /it is not a file/],
    ['a device that never ends', async () => '/dev/zero', /it is not a file/],
    ['an empty file', () => bytes(() => Buffer.alloc(0)), /cut off: it ends before the magic number/],
    [
      'another format',
      () => bytes(() => Buffer.from('PK\x03\x04 a zip file, say')),
      /does not start with “GGUF”/,
    ],
    ['a future version', () => bytes((file) => void file.writeUInt32LE(4, 4)), /its version is 4/],
    ['the other byte order', () => bytes((file) => void file.writeUInt32BE(3, 4)), /its version is 50331648/],
  ],
  'cut off': [
    ['in the counts', () => bytes((file) => file.subarray(0, 13)), /ends before the number of tensors/],
    ['in the metadata', () => bytes((file) => file.subarray(0, 400)), /is cut off/],
    [
      'in the tensor table',
      () => bytes((file) => file.subarray(0, afterName(file, 'token_embd.weight') + 2)),
      /is cut off/,
    ],
    [
      'in the weights',
      () => bytes((file) => file.subarray(0, -500)),
      /cut off: tensor .* reaches beyond its end/,
    ],
    [
      'before the weights',
      () => bytes((file) => file.subarray(0, headerEnd(file, 'output_norm.weight'))),
      /cut off/,
    ],
  ],
  'absurd sizes': [
    [
      'tensors',
      () => bytes((file) => void file.writeBigUInt64LE(2n ** 60n, 8)),
      /the number of tensors is absurd/,
    ],
    [
      'metadata entries',
      () => bytes((file) => void file.writeBigUInt64LE(2n ** 63n, 16)),
      /entries is absurd/,
    ],
    [
      'a key',
      () => bytes((file) => void file.writeBigUInt64LE(2n ** 64n - 1n, 24)),
      /metadata key 0 is absurd/,
    ],
    [
      'a key as long as the file',
      () => bytes((file) => void file.writeBigUInt64LE(1_000_000n, 24)),
      /is cut off/,
    ],
    [
      'an array',
      () =>
        bytes((file) => void file.writeBigUInt64LE(2n ** 40n, afterName(file, 'tokenizer.ggml.tokens') + 8)),
      /the length of tokenizer.ggml.tokens is absurd/,
    ],
    [
      'an extent',
      () => bytes((file) => void file.writeBigUInt64LE(2n ** 62n, afterName(file, 'token_embd.weight') + 4)),
      /an extent of token_embd.weight is absurd/,
    ],
    [
      'extents whose product overflows',
      () =>
        bytes((file) => {
          file.writeBigUInt64LE(2n ** 52n, afterName(file, 'token_embd.weight') + 4)
          file.writeBigUInt64LE(2n ** 52n, afterName(file, 'token_embd.weight') + 12)
        }),
      /token_embd.weight reaches beyond its end/,
    ],
    [
      'a header that fills a large file',
      async () => {
        const path = await bytes((file) => {
          file.writeBigUInt64LE(60_000n, 16)
          return file.subarray(0, 24)
        })
        // Sparse: a gigabyte of zeros, each eight of which are an empty key.
        truncateSync(path, 2 ** 30)
        return path
      },
      /metadata key 0 is empty/,
    ],
  ],
  'broken tensors': [
    [
      'one of an unknown type',
      () => bytes((file) => void file.writeUInt32LE(99, afterName(file, 'token_embd.weight') + 20)),
      /has the unknown type 99/,
    ],
    [
      'one of a removed type',
      () => bytes((file) => void file.writeUInt32LE(4, afterName(file, 'token_embd.weight') + 20)),
      /has the unknown type 4/,
    ],
    [
      'one of a type for activations',
      () => bytes((file) => void file.writeUInt32LE(9, afterName(file, 'output_norm.weight') + 12)),
      /output_norm.weight is of type Q8_1/,
    ],
    [
      'one that overlaps the one before it',
      () => bytes((file) => void file.writeBigUInt64LE(0n, afterName(file, 'blk.0.attn_norm.weight') + 16)),
      /blk.0.attn_norm.weight does not start where the one before it ends/,
    ],
    [
      'one far outside',
      () => bytes((file) => void file.writeBigUInt64LE(2n ** 50n, afterName(file, 'token_embd.weight') + 24)),
      /token_embd.weight does not start where/,
    ],
    [
      'one with no dimensions',
      () => bytes((file) => void file.writeUInt32LE(0, afterName(file, 'token_embd.weight'))),
      /has 0 dimensions/,
    ],
    [
      'one with five',
      () => bytes((file) => void file.writeUInt32LE(5, afterName(file, 'token_embd.weight'))),
      /has 5 dimensions/,
    ],
    [
      'one with an extent of nothing',
      () => bytes((file) => void file.writeBigUInt64LE(0n, afterName(file, 'token_embd.weight') + 12)),
      /has an extent of 0/,
    ],
    [
      'one that is there twice',
      () =>
        model(({ tensors }) => tensors.push({ name: 'blk.0.attn_norm.weight', shape: [64], type: 'F32' })),
      /blk.0.attn_norm.weight appears twice/,
    ],
    [
      'a name that is too long',
      () => model(({ tensors }) => tensors.push({ name: 'x'.repeat(64), shape: [4], type: 'F32' })),
      /too long name/,
    ],
    [
      'a name that writes to the terminal',
      () => model(({ tensors }) => void tensors.push({ name: '\u001b[2J', shape: [4], type: 'F32' })),
      /broken or too long name/,
    ],
    [
      'one that is missing',
      () =>
        model(({ tensors }) => void tensors.splice(tensors.indexOf(find(tensors, 'blk.1.ffn_up.weight')), 1)),
      /the tensor blk.1.ffn_up.weight is missing/,
    ],
    [
      'one of another shape than the metadata says',
      () =>
        model(({ tensors }) => void Object.assign(find(tensors, 'blk.1.attn_k.weight'), { shape: [64, 64] })),
      /blk.1.attn_k.weight is 64 × 64 where its metadata asks for 64 × 32/,
    ],
    [
      'a norm in 16 bits',
      () => model(({ tensors }) => void Object.assign(find(tensors, 'output_norm.weight'), { type: 'F16' })),
      /the norm output_norm.weight is of type F16/,
    ],
  ],
})
