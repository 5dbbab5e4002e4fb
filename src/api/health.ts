import { z } from './zod.ts'

/** `GET /health`: the server answers. It needs no token and tells nothing else. */
export const health = z.object({ status: z.literal('ok') })

export type Health = z.infer<typeof health>
