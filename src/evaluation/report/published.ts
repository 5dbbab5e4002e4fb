import { z } from 'zod'
import data from './published.json' with { type: 'json' }

const publishedModel = z.object({
  name: z.string(),
  /** Models of one curve are joined by a line. */
  curve: z.string().optional(),
  /** Absent where the size was not published. */
  parameters: z.number().positive().optional(),
  percentAt: z.record(z.string(), z.number()),
  source: z.string(),
})
export type PublishedModel = z.infer<typeof publishedModel>

const schema = z.object({
  benchmark: z.string(),
  problems: z.int(),
  sources: z.record(z.string(), z.object({ title: z.string(), id: z.string() })),
  models: z.array(publishedModel),
})

/** What others published of HumanEval, pass@k in percent. Nothing of it was measured here. */
export const published = schema.parse(data)

/** To be shown wherever a published figure is. */
export const publishedNotice =
  'Published figures are copied from their sources and were not measured here; their sampling and prompts may differ.'
