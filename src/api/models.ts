import { z } from './zod.ts'

/** `GET /v1/models` and `GET /v1/models/{id}` as OpenAI defines them. */
export const model = z.object({
  id: z.string(),
  object: z.literal('model'),
  /** Unix time in seconds. */
  created: z.int(),
  owned_by: z.string(),
})

export type Model = z.infer<typeof model>

export const modelList = z.object({ object: z.literal('list'), data: z.array(model) })

export type ModelList = z.infer<typeof modelList>
