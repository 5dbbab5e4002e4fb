import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { UserError } from '../../lib/index.ts'
import { testVocabulary } from '../test-vocabulary.ts'
import { safetensorsOf, testRecipe, testWeights } from '../test-weights.ts'
import { checkGguf } from './check.ts'
import { convertSafetensors } from './from-safetensors.ts'
import { dequantize } from './quantize.ts'
import { readHeader } from './read.ts'
import { readSafetensors } from './safetensors.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-convert-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const vocabulary = testVocabulary()
const source = join(folder, 'weights.safetensors')
const path = join(folder, 'model.gguf')
const options = {
  weights: source,
  vocabulary,
  path,
  name: 'x',
  license: 'Apache-2.0',
  quantization: 'F32',
} as const

describe('trained weights become a GGUF file', () => {
  test('each tensor goes under its GGUF name, weight for weight, and the recipe into the metadata', async () => {
    const { metadata, tensors } = testWeights(vocabulary)
    writeFileSync(source, safetensorsOf(metadata, tensors))
    const trained = await convertSafetensors(options)
    expect(trained).toMatchObject({ step: 12, tokens: 3456, seconds: 7.5, recipe: testRecipe(vocabulary) })
    const summary = await checkGguf(path)
    expect(summary).toMatchObject({
      architecture: 'qwen3',
      parameters: trained.parameters,
      quantization: 'F32',
    })

    const header = readHeader(path)
    expect(header.tensors).toHaveLength(tensors.size)
    const weightsOf = (name: string) => {
      const { offset, bytes } = header.tensors.find((tensor) => tensor.name === name)!
      const start = header.dataOffset + offset
      return dequantize('F32', readFileSync(path).subarray(start, start + bytes))
    }
    expect(weightsOf('token_embd.weight')).toEqual(tensors.get('model.embed_tokens.weight')!.values)
    expect(weightsOf('blk.1.attn_k.weight')).toEqual(
      tensors.get('model.layers.1.self_attn.k_proj.weight')!.values,
    )
    expect(weightsOf('blk.0.ffn_norm.weight')).toEqual(
      tensors.get('model.layers.0.post_attention_layernorm.weight')!.values,
    )
    expect(weightsOf('output_norm.weight')).toEqual(tensors.get('model.norm.weight')!.values)
    const { rope, ...shape } = {
      rope: header.metadata.get('qwen3.rope.freq_base'),
      epsilon: header.metadata.get('qwen3.attention.layer_norm_rms_epsilon'),
    }
    expect(rope).toEqual({ type: 'float32', value: 5000 })
    expect(shape.epsilon?.value).toBeCloseTo(1e-5, 10)
  })

  test('matrices are quantised, norms are not', async () => {
    const { metadata, tensors } = testWeights(vocabulary)
    writeFileSync(source, safetensorsOf(metadata, tensors))
    await convertSafetensors({ ...options, quantization: 'Q4_0' })
    for (const { name, shape, type } of readHeader(path).tensors)
      expect([name, type]).toEqual([name, shape.length === 1 ? 0 : 2])
  })
})

describe('refused, with nothing left behind', () => {
  const good = testWeights(vocabulary)
  const withTensor = (name: string, shape: number[] | undefined, value = 0.5) => {
    const tensors = new Map(good.tensors)
    if (shape === undefined) tensors.delete(name)
    else tensors.set(name, { shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value) })
    return safetensorsOf(good.metadata, tensors)
  }
  const withRecipe = (recipe: string) => safetensorsOf({ ...good.metadata, recipe }, good.tensors)
  const whole = safetensorsOf(good.metadata, good.tensors)

  test.each<[string, () => Buffer, RegExp]>([
    ['an empty file', () => Buffer.alloc(0), /cut off|cannot be used/],
    [
      'a header that is longer than the file',
      () => Buffer.from('ffffffffffffff00', 'hex'),
      /its header does not fit/,
    ],
    [
      'a header that is not JSON',
      () => Buffer.concat([Buffer.from('0400000000000000', 'hex'), Buffer.from('{"a"')]),
      /cannot be used/,
    ],
    ['weights that are cut off', () => whole.subarray(0, -40), /does not lie whole within it/],
    [
      'a tensor that is missing',
      () => withTensor('model.norm.weight', undefined),
      /lack the tensor model.norm.weight/,
    ],
    ['a head of its own', () => withTensor('lm_head.weight', [4]), /hold the tensor lm_head.weight/],
    [
      'a tensor of another shape',
      () => withTensor('model.norm.weight', [32]),
      /have 32 for model.norm.weight .* asks for 64/,
    ],
    [
      'a matrix that lies on its side',
      () => withTensor('model.layers.0.mlp.up_proj.weight', [64, 96]),
      /have 64 × 96 for .* asks for 96 × 64/,
    ],
    [
      'a weight that is no number',
      () => withTensor('model.norm.weight', [64], Number.NaN),
      /weights that are not numbers/,
    ],
    ['no recipe', () => withRecipe('null'), /carry no recipe/],
    ['a recipe that is not JSON', () => withRecipe('{'), /carry a recipe that is not JSON/],
    ['a recipe without shapes', () => withRecipe('{"model":{"layers":-2}}'), /model.layers is -2/],
    [
      '16-bit weights',
      () => Buffer.from(whole.toString('latin1').replaceAll('"F32"', '"F16"'), 'latin1'),
      /not F32/,
    ],
  ])('%s', async (_, make, message) => {
    writeFileSync(source, make())
    rmSync(path, { force: true })
    await expect(convertSafetensors(options)).rejects.toThrow(UserError)
    await expect(convertSafetensors(options)).rejects.toThrow(message)
    expect(existsSync(path)).toBe(false)
  })

  test('a vocabulary of another size', async () => {
    writeFileSync(source, whole)
    await expect(convertSafetensors({ ...options, vocabulary: testVocabulary(30) })).rejects.toThrow(
      /The tokenizer has 325 tokens and the model 320/,
    )
  })

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { minLength: 1, maxLength: 3 }), (edits) => {
        const file = Buffer.from(whole)
        for (const [at, value] of edits) file.writeUInt8(value, at)
        writeFileSync(source, file)
        try {
          readSafetensors(source)
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
      { numRuns: 300 },
    )
  })
})
