import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getLlama, type Llama, LlamaLogLevel, type Token } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot, runProcess } from '../src/lib/index.ts'
import { readSafetensors } from '../src/models/gguf/safetensors.ts'
import { convertSafetensors, type Quantization } from '../src/models/index.ts'
import { testVocabulary } from '../src/models/test-vocabulary.ts'
import { missing } from './requirements.ts'

/**
 * The same weights in PyTorch and in the runtime. The runtime shows probabilities, so log-probabilities are
 * compared: they are the logits up to one number a position. Weights are random and large enough for peaked
 * predictions, and every projection takes part.
 */
const tokens = Array.from({ length: 96 }, (_, i) => 39 + ((i * 2_654_435_761) % 281))
const vocabulary = testVocabulary(25)

const recipe = {
  format: 'understudy-recipe-1',
  name: 'logits',
  seed: 7,
  model: {
    layers: 3,
    width: 128,
    heads: 4,
    kvHeads: 2,
    headSize: 32,
    feedForward: 352,
    vocabularySize: vocabulary.tokens.length,
    contextLength: 128,
    ropeBase: 10000,
    normEpsilon: 1e-6,
  },
  data: { fimShare: 0.5, heldoutShare: 0.01, passes: 1 },
  batch: { rows: 1, microRows: 1 },
  optimizer: { muonRate: 0.02, muonMomentum: 0.95, muonWeightDecay: 0.01, adamRate: 0.006, gradientClip: 1 },
  schedule: {
    steps: 1,
    warmupSteps: 0,
    decaySteps: 0,
    finalShare: 0.1,
    checkpointEverySteps: 1,
    heldoutEverySteps: 1,
  },
}

describe.skipIf(missing('torch'))('log-probabilities of a GGUF file against PyTorch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-logits-'))
  const weights = join(folder, 'weights.safetensors')
  let llama: Llama
  let reference: Float64Array[]

  beforeAll(async () => {
    writeFileSync(join(folder, 'recipe.json'), JSON.stringify(recipe))
    const init = ['init', '--recipe', join(folder, 'recipe.json'), '--out', weights, '--random-projections']
    await trainer([...init, '--seed', '7'])
    scaleEmbedding(weights, 8)
    const logits = join(folder, 'logits.bin')
    await trainer(['logits', '--weights', weights, '--tokens', JSON.stringify(tokens), '--out', logits])
    reference = readLogits(logits, vocabulary.tokens.length).map(logSoftmax)
    llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error })
  })

  afterAll(async () => {
    await llama?.dispose()
    rmSync(folder, { recursive: true, force: true })
  })

  // Bounds on the largest difference and on the mean divergence (Kullback–Leibler, nats a token): some three times
  // what was measured, which is what it costs to keep 11 bits of a weight (F16), about 8 (Q8_0) or 4 (Q4_0).
  test.each<[Quantization, number, number]>([
    ['F32', 1e-4, 1e-6],
    ['F16', 2.5e-2, 2e-6],
    ['Q8_0', 0.6, 3e-4],
    ['Q4_0', 6, 3e-2],
  ])('%s differs by at most %d, and in the mean by %d', async (quantization, bound, meanBound) => {
    const path = join(folder, `${quantization}.gguf`)
    await convertSafetensors({ weights, vocabulary, path, name: 'logits', license: 'CC0-1.0', quantization })
    const model = await llama.loadModel({ modelPath: path })
    const context = await model.createContext({
      contextSize: 128,
      batchSize: 128,
      // Both are 16-bit by default, which costs 3e-4 whatever the file holds.
      experimentalKvCacheKeyType: 'F32',
      experimentalKvCacheValueType: 'F32',
      flashAttention: false,
    })
    const everyToken = { temperature: 1, topK: 0, topP: 1, minP: 0 }
    const results = await context
      .getSequence()
      .controlledEvaluate(
        tokens.map((token) => [
          token as Token,
          { generateNext: { probabilities: true, options: everyToken } },
        ]),
      )
    let largest = 0
    let divergence = 0
    for (const [position, expected] of reference.entries()) {
      const probabilities = results[position]?.next.probabilities
      expect(probabilities?.size).toBe(vocabulary.tokens.length)
      for (const [id, logarithm] of expected.entries()) {
        const difference = logarithm - Math.log(probabilities!.get(id as Token)!)
        largest = Math.max(largest, Math.abs(difference))
        divergence += (Math.exp(logarithm) * difference) / tokens.length
      }
    }
    await model.dispose()
    console.log(
      `${quantization}: largest ${largest.toExponential(1)}, mean divergence ${divergence.toExponential(1)}`,
    )
    expect(largest).toBeLessThanOrEqual(bound)
    expect(Math.abs(divergence)).toBeLessThanOrEqual(meanBound)
  })

  test('the reference is no flat distribution, on which any model would agree', () => {
    const likeliest = reference.map((row) => Math.exp(Math.max(...row)))
    expect(Math.max(...likeliest)).toBeGreaterThan(10 / vocabulary.tokens.length)
  })
})

async function trainer(args: string[]): Promise<void> {
  const result = await runProcess('/usr/bin/python3', ['-m', 'trainer', ...args], { cwd: projectRoot })
  expect(result.stderr).toBe('')
  expect(result.code).toBe(0)
}

/** Fresh embeddings are small and give nearly flat predictions; these are of a trained model's size. */
function scaleEmbedding(path: string, factor: number): void {
  const { offset, bytes } = readSafetensors(path).tensors.get('model.embed_tokens.weight')!
  const file = readFileSync(path)
  for (let at = offset; at < offset + bytes; at += 4) file.writeFloatLE(factor * file.readFloatLE(at), at)
  writeFileSync(path, file)
}

/** Rows of little-endian float32. */
function readLogits(path: string, width: number): Float32Array[] {
  const bytes = readFileSync(path)
  const values = Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i))
  return Array.from({ length: values.length / width }, (_, row) =>
    values.subarray(row * width, (row + 1) * width),
  )
}

function logSoftmax(logits: Float32Array): Float64Array {
  const largest = Math.max(...logits)
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0)
  return Float64Array.from(logits, (logit) => logit - largest - Math.log(sum))
}
