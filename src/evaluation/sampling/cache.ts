import { join } from 'node:path'
import { z } from 'zod'
import { sha256 } from '../../lib/index.ts'
import type { Problem } from '../problem.ts'
import { openLineFile } from './line-file.ts'
import { type Sampling, sample } from './sample.ts'

const kept = sample.omit({ problem: true, index: true }).extend({
  /** Log-probabilities were asked for, whether or not the server gave any. */
  logprobs: z.boolean(),
})
/** A sample without its place in a run. */
export type KeptSample = z.infer<typeof kept>

/**
 * Keeps samples for other runs: the same model, prompt, sampling, stops and limit with the same seed is the same
 * sample, whichever benchmark or run asks. The folder may be deleted at any time.
 */
export interface SampleCache {
  read(problem: Problem): Map<number, KeptSample>
  add(problem: Problem, samples: readonly KeptSample[]): void
}

export function openSampleCache(
  folder: string,
  identity: string,
  { temperature, topP }: Pick<Sampling, 'temperature' | 'topP'>,
): SampleCache {
  const pathOf = ({ prompt, stops, maxTokens }: Problem) => {
    const key = sha256(JSON.stringify([identity, prompt, temperature, topP, stops, maxTokens]))
    return join(folder, key.slice(0, 2), `${key}.jsonl`)
  }
  const open = (problem: Problem) => openLineFile(pathOf(problem), kept)
  return {
    read(problem) {
      const file = open(problem)
      file.close()
      return new Map(file.records.map((record) => [record.seed, record]))
    },
    add(problem, samples) {
      const file = open(problem)
      file.append(samples)
      file.close()
    },
  }
}
