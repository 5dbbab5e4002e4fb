import { z } from 'zod'

/** The lines of `metrics.jsonl`, which the trainer also prints; `trainer/README.md` describes them. */
const trainerEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('start'),
    step: z.number(),
    tokens: z.number(),
    /** The run's last step. */
    steps: z.number(),
    parameters: z.number(),
    device: z.string(),
    precision: z.string(),
    threads: z.number(),
    torch: z.string(),
  }),
  z.object({
    event: z.literal('step'),
    step: z.number(),
    tokens: z.number(),
    /** Mean nats a token since the line before. */
    loss: z.number(),
    rate: z.number(),
    tokensPerSecond: z.number(),
    secondsLeft: z.number(),
  }),
  z.object({
    event: z.literal('heldout'),
    step: z.number(),
    /** By language, and `all`. */
    bitsPerByte: z.record(z.string(), z.number()),
    /** False where only a part of the held-out rows was measured. */
    full: z.boolean(),
  }),
  z.object({ event: z.literal('checkpoint'), step: z.number(), file: z.string() }),
  z.object({
    event: z.literal('stopped'),
    step: z.number(),
    tokens: z.number(),
    /** Seconds of training steps since the run began. */
    seconds: z.number(),
    reason: z.enum(['done', 'time', 'signal']),
  }),
])

export type TrainerEvent = z.infer<typeof trainerEvent>
export type StoppedEvent = Extract<TrainerEvent, { event: 'stopped' }>

/** An event of one line; nothing for a line that is none, such as one that was cut off. */
export function parseTrainerEvent(line: string): TrainerEvent | undefined {
  try {
    return trainerEvent.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
