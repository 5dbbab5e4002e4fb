import { appendFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { type Recipe, recipeChecksum } from './recipe.ts'
import type { RunData } from './run-folder.ts'
import type { TrainerEvent } from './trainer-event.ts'

/**
 * One stretch of training, from a start to a stop: a line of `experiments.jsonl` in the run's folder, so that
 * a report can later say what was trained where, on what, and how it went.
 */
export interface Stretch {
  /** When it stopped, ISO 8601. */
  time: string
  recipe: { name: string; checksum: string }
  data: RunData
  fromStep: number
  toStep: number
  steps: number
  /** Tokens of this stretch. */
  tokens: number
  /** Wall-clock seconds of this stretch, start-up included. */
  seconds: number
  tokensPerSecond: number
  /** Training loss in nats a token, at the last line. */
  loss?: number
  /** Held-out bits per byte, the last full measure. */
  bitsPerByte?: Record<string, number>
  reason: 'done' | 'time' | 'signal'
  machine: { processor: string; cores: number; memoryGB: number }
  device: string
  precision: string
  threads: number
  torch: string
}

/** This machine, as the log tells it. */
export function thisMachine(): Stretch['machine'] {
  const cores = cpus()
  return {
    processor: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGB: Math.round(totalmem() / 1e9),
  }
}

/** The stretch that `events`, from its `start` to its `stopped`, tell of; nothing where one of the two is missing. */
export function stretchOf(
  events: TrainerEvent[],
  about: { recipe: Recipe; data: RunData; seconds: number; machine: Stretch['machine']; time?: string },
): Stretch | undefined {
  const last = <E extends TrainerEvent['event']>(name: E) =>
    events.findLast((event): event is Extract<TrainerEvent, { event: E }> => event.event === name)
  const start = last('start')
  const stopped = last('stopped')
  if (start === undefined || stopped === undefined) return undefined
  const within = events.slice(events.lastIndexOf(start))
  const loss = within.findLast((event) => event.event === 'step')?.loss
  const measured = within.findLast((event) => event.event === 'heldout' && event.full)
  const tokens = stopped.tokens - start.tokens
  return {
    time: about.time ?? new Date().toISOString(),
    recipe: { name: about.recipe.name, checksum: recipeChecksum(about.recipe) },
    data: about.data,
    fromStep: start.step,
    toStep: stopped.step,
    steps: start.steps,
    tokens,
    seconds: Math.round(about.seconds * 10) / 10,
    tokensPerSecond: about.seconds > 0 ? Math.round(tokens / about.seconds) : 0,
    ...(loss === undefined ? {} : { loss }),
    ...(measured?.event === 'heldout' ? { bitsPerByte: measured.bitsPerByte } : {}),
    reason: stopped.reason,
    machine: about.machine,
    device: start.device,
    precision: start.precision,
    threads: start.threads,
    torch: start.torch,
  }
}

/** Appends a stretch to the run's log. */
export function logStretch(run: string, stretch: Stretch): void {
  appendFileSync(join(run, 'experiments.jsonl'), `${JSON.stringify(stretch)}\n`)
}
