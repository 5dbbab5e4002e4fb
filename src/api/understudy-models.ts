import { z } from './zod.ts'

/**
 * `GET /understudy/models`: what a model picker shows and what a client needs to know before it asks. Fields are
 * null where they are not known, which for a bare GGUF file is until it is loaded.
 */
export const modelDetails = z.object({
  id: z.string(),
  /** Where the file lies on the server's machine; null for an upstream model. */
  path: z.string().nullable(),
  loaded: z.boolean(),
  /** Whether the model has fill-in-the-middle tokens, so that `suffix` works. */
  infill: z.boolean().nullable(),
  context_length: z.int().nullable(),
  parameters: z.int().nullable(),
  /** SPDX expression for the weights. */
  license: z.string().nullable(),
  /** Suggestions whose mean log-probability lies below are not worth showing. */
  gate: z.object({ mean_logprob: z.number(), shown_share: z.number(), precision: z.number() }).nullable(),
})

export type ModelDetails = z.infer<typeof modelDetails>

export const modelDetailsList = z.object({ object: z.literal('list'), data: z.array(modelDetails) })

export type ModelDetailsList = z.infer<typeof modelDetailsList>

/** `POST /understudy/models`: offer a GGUF file of the server's machine. Answers with its {@link modelDetails}. */
export const addModelRequest = z.strictObject({ path: z.string().min(1).max(4_096) })

export type AddModelRequest = z.infer<typeof addModelRequest>
