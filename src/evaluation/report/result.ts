import { z } from 'zod'
import { sampling } from '../sampling/sample.ts'

/** A figure with its 95 % interval by bootstrap over problems (percentile method). Shares are 0 … 1. */
export const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() })
export type Estimate = z.infer<typeof estimate>

/** The score of one model on one benchmark with one way of sampling: what reports are made of. */
export const runResult = z.object({
  format: z.literal('understudy-evaluation-1'),
  benchmark: z.string(),
  title: z.string(),
  language: z.string(),
  judge: z.enum(['run', 'match']),
  model: z.object({ name: z.string(), sha256: z.string().optional(), parameters: z.number().optional() }),
  sampling,
  problems: z.int(),
  samples: z.int(),
  /** By k, for each k ≤ n of 1, 10, 100: unbiased pass@k. */
  passAt: z.record(z.string(), estimate),
  /** Share of samples equal to the reference, where there is one. */
  exactMatch: estimate.optional(),
  /**
   * Of the first `samples` samples of a problem (default: all n), the one of highest mean log-probability passes;
   * beside a random one of them.
   */
  ranked: z.object({ byMeanLogprob: estimate, random: estimate, samples: z.int().optional() }).optional(),
  /** Share of a problem's samples that differ from one another. */
  distinct: estimate.optional(),
  /** How many samples ended how. */
  outcomes: z.record(z.string(), z.int()),
  /** Problems whose verdict changed when the same sample was judged again. */
  flaky: z.array(z.string()),
  tokens: z.int(),
  seconds: z.object({ sampling: z.number(), judging: z.number() }),
  notes: z.array(z.string()),
  date: z.string(),
  commit: z.string(),
  machine: z.string(),
})
export type RunResult = z.infer<typeof runResult>
