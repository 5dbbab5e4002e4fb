import { UserError } from '../../lib/index.ts'
import type { Vocabulary } from '../vocabulary.ts'
import type { Quantization } from './format.ts'
import { parametersOf, type Qwen3Shape, qwen3Metadata, qwen3Tensors, storedType } from './qwen3.ts'
import { readSafetensors, readWeights, type Safetensors } from './safetensors.ts'
import { writeGguf } from './write.ts'

export interface ConvertOptions {
  /** Safetensors as `python3 -m trainer export` writes them: F32, Hugging Face's Qwen3 names, the recipe inside. */
  weights: string
  vocabulary: Vocabulary
  /** Where the GGUF file goes. */
  path: string
  name: string
  /** SPDX expression of the weights. */
  license: string
  quantization: Quantization
  description?: string
  signal?: AbortSignal | undefined
}

/** What the weights say of how they were made. */
export interface TrainedWeights {
  shape: Qwen3Shape
  recipe: unknown
  parameters: number
  step: number
  /** Tokens trained on, and seconds spent on it. */
  tokens: number
  seconds: number
}

/** A megabyte of weights at a time; a multiple of every block size. */
const pieceLength = 1 << 18

/**
 * Turns trained weights into a GGUF file of architecture `qwen3`. The head is tied to the embedding, so no
 * `output.weight` is written and a `lm_head.weight` is refused. Throws a `UserError` where weights, recipe and
 * vocabulary do not belong together.
 */
export async function convertSafetensors(options: ConvertOptions): Promise<TrainedWeights> {
  const weights = readSafetensors(options.weights)
  const trained = readTraining(weights)
  const { shape } = trained
  const metadata = qwen3Metadata(shape, options.vocabulary, options)
  const wanted = qwen3Tensors(shape)
  const surplus = [...weights.tensors.keys()].find((name) => !wanted.some(({ source }) => source === name))
  if (surplus !== undefined)
    throw mismatch(weights, `hold the tensor ${surplus}, which this architecture does not have`)
  const sources = wanted.map((tensor) => {
    const entry = weights.tensors.get(tensor.source)
    if (entry === undefined) throw mismatch(weights, `lack the tensor ${tensor.source}`)
    if (entry.shape.toReversed().join() !== tensor.shape.join()) {
      const expected = tensor.shape.toReversed().join(' × ')
      throw mismatch(
        weights,
        `have ${entry.shape.join(' × ')} for ${tensor.source} where the recipe asks for ${expected}`,
      )
    }
    return {
      name: tensor.name,
      shape: tensor.shape,
      type: storedType(tensor, options.quantization),
      pieces: () => readWeights(weights, entry, pieceLength),
    }
  })
  await writeGguf(options.path, metadata, sources, options.signal)
  return trained
}

function readTraining(weights: Safetensors): TrainedWeights {
  const { recipe: text, step, tokens, seconds } = weights.metadata
  let recipe: { model?: Record<string, unknown> } | null
  try {
    recipe = JSON.parse(text ?? 'null')
  } catch {
    throw mismatch(weights, 'carry a recipe that is not JSON')
  }
  if (recipe === null || typeof recipe !== 'object') throw mismatch(weights, 'carry no recipe')
  const shape = parseShape(weights, recipe.model ?? {})
  return {
    shape,
    recipe,
    parameters: parametersOf(shape),
    step: numberOr(step, 0),
    tokens: numberOr(tokens, 0),
    seconds: numberOr(seconds, 0),
  }
}

function parseShape(weights: Safetensors, model: Record<string, unknown>): Qwen3Shape {
  const positive = (key: keyof Qwen3Shape, whole: boolean): number => {
    const value = model[key]
    if (typeof value !== 'number' || !(value > 0) || (whole && !Number.isSafeInteger(value))) {
      throw mismatch(weights, `carry a recipe whose model.${key} is ${JSON.stringify(value)}`)
    }
    return value
  }
  return {
    layers: positive('layers', true),
    width: positive('width', true),
    heads: positive('heads', true),
    kvHeads: positive('kvHeads', true),
    headSize: positive('headSize', true),
    feedForward: positive('feedForward', true),
    vocabularySize: positive('vocabularySize', true),
    contextLength: positive('contextLength', true),
    ropeBase: positive('ropeBase', false),
    normEpsilon: positive('normEpsilon', false),
  }
}

function numberOr(text: string | undefined, otherwise: number): number {
  const value = Number(text)
  return text !== undefined && Number.isFinite(value) ? value : otherwise
}

function mismatch({ path }: Safetensors, complaint: string): UserError {
  return new UserError(
    `The weights ${path} ${complaint}.`,
    'Export them again with the trainer that made them.',
  )
}
