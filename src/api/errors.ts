import { z } from './zod.ts'

/** The body of every answer that is not a success, and of an `error` event in a stream. */
export const errorBody = z.object({
  error: z.object({
    message: z.string(),
    type: z.string().nullish(),
    /** The request's field that is to blame, such as `max_tokens`. */
    param: z.string().nullish(),
    code: z.string().nullish(),
  }),
})

export type ErrorBody = z.infer<typeof errorBody>
