import type { Vocabulary } from '../vocabulary.ts'
import type { Quantization } from './format.ts'
import { type Qwen3Shape, qwen3Metadata, qwen3Tensors, storedType } from './qwen3.ts'
import { writeGguf } from './write.ts'

export interface RandomModelOptions {
  vocabulary: Vocabulary
  layers?: number
  /** A multiple of 32. */
  width?: number
  contextLength?: number
  /** The same seed and options give the same file. */
  seed: number
  quantization?: Quantization
}

/**
 * Writes an untrained Qwen3 model that the runtime loads in milliseconds: real weights of no worth, by which
 * every stage after training can be tested. Its predictions are peaked and depend on the whole context (the
 * layers outweigh the embedding), so that two prompts rarely continue alike.
 */
export async function writeRandomModel(path: string, options: RandomModelOptions): Promise<Qwen3Shape> {
  const { vocabulary, layers = 2, width = 64, contextLength = 512, seed, quantization = 'F32' } = options
  const shape: Qwen3Shape = {
    layers,
    width,
    heads: width / 32,
    kvHeads: 1,
    headSize: 32,
    feedForward: 2 * width,
    vocabularySize: vocabulary.tokens.length,
    contextLength,
    ropeBase: 10000,
    normEpsilon: 1e-6,
  }
  const gaussian = gaussianNumbers(seed)
  const tensors = qwen3Tensors(shape).map((tensor) => ({
    ...tensor,
    type: storedType(tensor, quantization),
    *pieces() {
      const [row, rows = 1] = tensor.shape as [number, number?]
      const deviation = tensor.name === 'token_embd.weight' ? 2.5 / Math.sqrt(width) : 1 / Math.sqrt(row)
      const isNorm = tensor.shape.length === 1
      for (let i = 0; i < rows; i++) {
        yield Float32Array.from({ length: row }, () => (isNorm ? 1 : deviation * gaussian()))
      }
    },
  }))
  const metadata = qwen3Metadata(shape, vocabulary, { name: 'random', license: 'CC0-1.0', quantization })
  await writeGguf(path, metadata, tensors)
  return shape
}

/** Normally distributed numbers: Mulberry32 through the Box–Muller transform. */
function gaussianNumbers(seed: number): () => number {
  let state = seed | 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}
