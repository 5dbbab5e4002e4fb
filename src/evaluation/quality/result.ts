import { z } from 'zod'
import { estimate } from '../report/result.ts'

/** One figure of one part, such as the share of right calls to numpy. */
export const qualityFigure = z.object({
  /** What it is of: a language, a library, a number of examples. */
  name: z.string(),
  /** Value and 95 % interval: bits per byte, or a share from 0 to 1. */
  ...estimate.shape,
  /** How many of what the figure stands on. */
  n: z.int(),
  of: z.string(),
})
export type QualityFigure = z.infer<typeof qualityFigure>

export const qualityParts = ['bits', 'api-calls', 'few-shot', 'regurgitation'] as const
export type QualityPart = (typeof qualityParts)[number]

const recital = z.object({
  /** Of the sample. */
  name: z.string(),
  /** In the longest stretch. */
  lexemes: z.int(),
  excerpt: z.string(),
  documentCount: z.int(),
  documents: z.array(
    z.object({
      package: z.string(),
      version: z.string(),
      path: z.string(),
      license: z.string(),
      language: z.string(),
      lexemes: z.int(),
    }),
  ),
})

/** What one part of `understudy quality` says of one model. */
export const qualityResult = z.object({
  format: z.literal('understudy-quality-1'),
  part: z.enum(qualityParts),
  title: z.string(),
  unit: z.enum(['bits per byte', 'share']),
  model: z.object({ name: z.string(), sha256: z.string().optional() }),
  figures: z.array(qualityFigure),
  /** What the bootstrap, and a choice of samples, was drawn with. */
  seed: z.int(),
  /** How it was measured: windows, limits, what counts. */
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  notes: z.array(z.string()),
  /** What was recited, longest first: the place and the licence of what it is from. */
  recitals: z.array(recital).optional(),
  seconds: z.number(),
  /** ISO 8601. */
  date: z.string(),
  commit: z.string().optional(),
  machine: z.string().optional(),
})
export type QualityResult = z.infer<typeof qualityResult>
