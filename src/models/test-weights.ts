import { type Qwen3Shape, qwen3Tensors } from './gguf/qwen3.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface TestTensor {
  /** Extents, outermost first. */
  shape: number[]
  values: Float32Array
}

/** A recipe, as far as an export reads it, of a model that is made in no time. */
export function testRecipe(vocabulary: Vocabulary): { model: Qwen3Shape } {
  return {
    model: {
      layers: 2,
      width: 64,
      heads: 2,
      kvHeads: 1,
      headSize: 32,
      feedForward: 96,
      vocabularySize: vocabulary.tokens.length,
      contextLength: 128,
      ropeBase: 5000,
      normEpsilon: 1e-5,
    },
  }
}

/** What the trainer's `export` says and holds: made-up weights that differ from tensor to tensor. */
export function testWeights(vocabulary: Vocabulary): {
  metadata: Record<string, string>
  tensors: Map<string, TestTensor>
} {
  const recipe = testRecipe(vocabulary)
  const tensors = qwen3Tensors(recipe.model).map(({ source, shape }, index): [string, TestTensor] => {
    const length = shape.reduce((a, b) => a * b, 1)
    const values = Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898 + index) / 4)
    return [source, { shape: shape.toReversed(), values }]
  })
  return {
    metadata: { step: '12', tokens: '3456', seconds: '7.5', recipe: JSON.stringify(recipe), format: 'pt' },
    tensors: new Map(tensors),
  }
}

/** The bytes of a safetensors file. */
export function safetensorsOf(metadata: Record<string, string>, tensors: Map<string, TestTensor>): Buffer {
  let offset = 0
  const entries = [...tensors].map(([name, { shape, values }]) => {
    const start = offset
    offset += values.byteLength
    return [name, { dtype: 'F32', shape, data_offsets: [start, offset] }]
  })
  const header = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([
    length,
    header,
    ...[...tensors.values()].map(({ values }) => Buffer.from(values.buffer)),
  ])
}
