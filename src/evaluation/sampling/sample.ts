import { z } from 'zod'

/** How completions are drawn. Greedy is temperature 0, one sample. */
export const sampling = z.object({
  /** Samples for each problem. */
  n: z.int().min(1),
  temperature: z.number().min(0).max(2),
  topP: z.number().gt(0).max(1),
  seed: z.int().min(0),
})
export type Sampling = z.infer<typeof sampling>

/** One completion, as it lies in a run's `samples.jsonl`. */
export const sample = z.object({
  problem: z.string(),
  /** 0 … n − 1 within its problem. */
  index: z.int().min(0),
  seed: z.int(),
  /** As the server gave it, before the problem's own trim. */
  completion: z.string(),
  tokens: z.int(),
  /** Nats a token; absent where the server gives none. */
  meanLogprob: z.number().optional(),
  finish: z.enum(['stop', 'length']),
})
export type Sample = z.infer<typeof sample>

/** What judging a sample said, as it lies in `judgements.jsonl`. */
export const judgement = z.object({
  problem: z.string(),
  index: z.int().min(0),
  outcome: z.enum(['passed', 'failed', 'timed-out', 'out-of-memory', 'refused', 'matched', 'different']),
  /** One line: why not. */
  reason: z.string().optional(),
  milliseconds: z.number(),
})
export type Judgement = z.infer<typeof judgement>
