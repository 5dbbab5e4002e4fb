import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { projectRoot, UserError } from '../lib/index.ts'
import { findPython } from './python.ts'
import { parseTrainerEvent, type StoppedEvent, type TrainerEvent } from './trainer-event.ts'

/** What a training command takes besides its files. */
export interface TrainingLimits {
  /** Stops cleanly, checkpoint included, within this time. */
  seconds?: number | undefined
  /** Instead of the recipe's `schedule.steps`. */
  steps?: number | undefined
  /** Instead of the recipe's `schedule.decaySteps`. */
  decaySteps?: number | undefined
  /** CPU threads. */
  threads?: number | undefined
  device?: 'auto' | 'cpu' | 'cuda' | undefined
}

export interface TrainerOptions {
  /** Stops the trainer as Ctrl-C would: it finishes its step and writes a checkpoint. */
  signal?: AbortSignal | undefined
  onEvent?: ((event: TrainerEvent) => void) | undefined
}

/** How long the trainer may take to finish a step and write a checkpoint before it is killed. */
const graceMs = 60_000

/** Trains in `run`, or goes on from its newest whole checkpoint. Returns how it stopped. */
export async function runTrainer(
  files: { recipe: string; data: string; run: string },
  limits: TrainingLimits,
  options: TrainerOptions = {},
): Promise<StoppedEvent> {
  const { recipe, data, run } = files
  const command = ['-m', 'trainer', 'train', '--recipe', recipe, '--data', data, '--out', run]
  let stopped: StoppedEvent | undefined
  await runPython([...command, ...limitArguments(limits)], options.signal, (line) => {
    const event = parseTrainerEvent(line)
    if (event?.event === 'stopped') stopped = event
    if (event !== undefined) options.onEvent?.(event)
  })
  if (stopped === undefined)
    throw new UserError(
      'The trainer ended without saying why.',
      'Run the same command again: it goes on from the newest checkpoint.',
    )
  return stopped
}

/** Writes the run's newest weights to `out` as float32 safetensors. */
export async function exportWeights(run: string, out: string, signal?: AbortSignal): Promise<void> {
  await runPython(['-m', 'trainer', 'export', '--run', run, '--out', out], signal)
}

export function limitArguments({ seconds, steps, decaySteps, threads, device }: TrainingLimits): string[] {
  return Object.entries({ seconds, steps, 'decay-steps': decaySteps, threads, device }).flatMap(
    ([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]),
  )
}

/**
 * Runs Python in the project's root and hands on each line it prints. The trainer's exit code 2 comes with one
 * sentence on standard error, which becomes a `UserError`. The environment that makes PyTorch fast (BLAS,
 * threads, malloc) is the trainer's own business: it must be right where there is no Node, too.
 */
export async function runPython(
  command: string[],
  signal?: AbortSignal,
  onLine: (line: string) => void = () => {},
): Promise<void> {
  const python = await findPython()
  signal?.throwIfAborted()
  const child = spawn(python, command, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  let kill: NodeJS.Timeout | undefined
  const stop = () => {
    child.kill('SIGTERM')
    kill = setTimeout(() => child.kill('SIGKILL'), graceMs)
  }
  signal?.addEventListener('abort', stop, { once: true })
  const errors: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  createInterface({ input: child.stdout }).on('line', onLine)
  try {
    const [code, killedBy] = await closed
    if (code === 0) return
    signal?.throwIfAborted()
    const sentence = errors.filter((line) => line.trim() !== '').at(-1)
    throw new UserError(
      killedBy === null
        ? (sentence ?? `Python ended with exit code ${code}.`)
        : `Python was ended by ${killedBy}${killedBy === 'SIGKILL' ? ', perhaps because memory ran out' : ''}.`,
      'Run the same command again when that is put right; a run goes on from its newest checkpoint.',
      { cause: new Error(errors.join('\n')) },
    )
  } finally {
    clearTimeout(kill)
    signal?.removeEventListener('abort', stop)
  }
}
