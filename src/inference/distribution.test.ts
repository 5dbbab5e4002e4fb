import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeRandomModel } from '../models/index.ts'
import { testVocabulary } from '../models/test-vocabulary.ts'
import { createDistributionReader, type Distribution } from './distribution.ts'
import { type LlamaBinding, type NativeSamplerConfig, openBinding } from './llama-binding.ts'

const vocabulary = testVocabulary(600)
const size = vocabulary.tokens.length
const folder = mkdtempSync(join(tmpdir(), 'understudy-distribution-'))
let binding: LlamaBinding
let logits: number
let distribution: Distribution

beforeAll(async () => {
  const modelPath = join(folder, 'random.gguf')
  await writeRandomModel(modelPath, { vocabulary, seed: 1 })
  binding = await openBinding({ modelPath, gpu: false, sequences: 1, reproducible: false, threads: 1 })
  binding.context.initBatch(3)
  logits = binding.context.addToBatch(0, 0, Uint32Array.of(50, 60, 70), Uint32Array.of(2))[0]!
  await binding.context.decodeBatch()
  distribution = createDistributionReader(binding, size)(logits)
})
afterAll(async () => {
  await binding.model.dispose()
  rmSync(folder, { recursive: true })
})

/** The probabilities that the runtime itself computes with these settings, by id. */
async function native(config: Partial<NativeSamplerConfig>): Promise<number[]> {
  const sampler = binding.createSampler({ temperature: 1, topK: 0, seed: 0, ...config })
  const [, flat] = await binding.context.sampleToken(logits, sampler, true, false)
  const probabilities: number[] = []
  for (let i = 0; i < flat!.length; i += 2) probabilities[flat![i]!] = flat![i + 1]!
  return probabilities
}

test('the whole list is the softmax of the logits', async () => {
  const { ids, logprobs } = await distribution.list(Number.POSITIVE_INFINITY)
  const expected = await native({})
  expect(ids).toHaveLength(size)
  for (const [i, id] of ids.entries()) expect(Math.exp(logprobs[i]!)).toBeCloseTo(expected[id]!, 6)
})

test('a short list is the beginning of the whole', async () => {
  const whole = await distribution.list(size)
  for (const count of [1, 2, 64, 200]) {
    const { ids, logprobs, vocabularySize } = await distribution.list(count)
    expect(vocabularySize).toBe(size)
    expect(ids).toEqual(whole.ids.slice(0, count))
    for (const [i, logprob] of logprobs.entries()) expect(logprob).toBeCloseTo(whole.logprobs[i]!, 4)
  }
})

test('the offset gives logits, by which a repetition penalty is what the runtime makes of it', async () => {
  const { ids, logprobs } = await distribution.list(size)
  const offset = await distribution.offset()
  const punished = [ids[0]!, ids[1]!, ids[5]!, ids[300]!, ids.at(-1)!]
  const penalty = 1.5
  const adjusted: number[] = []
  for (const [i, id] of ids.entries()) {
    const logit = logprobs[i]! + offset
    adjusted[id] = !punished.includes(id) ? logit : logit > 0 ? logit / penalty : logit * penalty
  }
  const sum = adjusted.reduce((total, logit) => total + Math.exp(logit), 0)
  const expected = await native({
    repeatPenalty: penalty,
    repeatPenaltyMaxTokens: 64,
    repeatPenaltyTokens: Uint32Array.from(punished),
  })
  for (const [id, logit] of adjusted.entries()) expect(Math.exp(logit) / sum).toBeCloseTo(expected[id]!, 4)
})
