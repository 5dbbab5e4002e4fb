import { join, resolve } from 'node:path'
import { z } from 'zod'
import { projectRoot, UserError } from '../lib/index.ts'
import { logStretch, type Stretch, stretchOf, thisMachine } from './log.ts'
import { readRecipe } from './recipe.ts'
import { type RunData, readRunEvents } from './run-folder.ts'
import { checkShards } from './shard-index.ts'
import { recipeOfRun } from './train.ts'
import { parseTrainerEvent } from './trainer-event.ts'
import { limitArguments, runPython, type TrainerOptions, type TrainingLimits } from './trainer-process.ts'

/**
 * Training on a machine without network, by way of `trainer/bundle.py`: there is one program for both
 * machines, in Python's standard library, since the other one need not have Node.
 */
const bundleProgram = join(projectRoot, 'trainer', 'bundle.py')

const aboutSchema = z.object({
  /** Name of the recipe. */
  recipe: z.string(),
  data: z.object({ shards: z.string(), tokenizer: z.string(), corpus: z.string().optional() }),
  /** Step at which the bundle was packed. */
  baseStep: z.int(),
  step: z.int().optional(),
  /** Wall-clock seconds of the training away from here. */
  seconds: z.number().optional(),
  machine: z.object({ processor: z.string(), cores: z.number(), memoryGB: z.number() }).optional(),
})

const bundleEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('packed'),
    folder: z.string(),
    parts: z.array(z.object({ file: z.string(), bytes: z.int(), sha256: z.string() })),
    about: aboutSchema,
  }),
  z.object({ event: z.literal('unpacked'), folder: z.string(), about: aboutSchema }),
])

type BundleEvent = z.infer<typeof bundleEvent>

/** A bundle or results that were written: the folder and its parts. */
export type Packed = Extract<BundleEvent, { event: 'packed' }>

export interface PackOptions {
  /** Recipe of a new run; of a run that goes on, its own is taken. */
  recipe?: string | undefined
  /** Folder of a run that is to go on. */
  run?: string | undefined
  /** Folder of the shards. */
  data: string
  /** Folder to make. */
  out: string
  /** Largest part; 40 MB unless given. */
  partBytes?: number | undefined
  signal?: AbortSignal | undefined
}

/** Bundles recipe, shards, trainer and newest checkpoint. A `UserError` where they do not fit each other. */
export async function packTraining({
  recipe,
  run,
  data,
  out,
  partBytes,
  signal,
}: PackOptions): Promise<Packed> {
  if (recipe === undefined && run === undefined)
    throw new UserError(
      'There is nothing to pack.',
      'Give --recipe for a new run, or --run for one that is to go on.',
    )
  const recipePath = recipe ?? recipeOfRun(run as string)
  await checkShards(data, readRecipe(recipePath), signal)
  const files = ['--recipe', resolve(recipePath), '--data', resolve(data), '--out', resolve(out)]
  if (run !== undefined) files.push('--run', resolve(run))
  return runBundle('packed', ['pack', ...files, ...partArguments(partBytes)], { signal })
}

export interface ResumeOptions extends TrainingLimits, TrainerOptions {
  /** Folder of the bundle. */
  bundle: string
  /** Folder for the results; `results` in the bundle's unless given. */
  out?: string | undefined
  /** Time for everything: unpacking, training and packing the results. */
  seconds: number
  /** Largest part of the results; 15 MB unless given. */
  partBytes?: number | undefined
}

/** Trains what a bundle holds, as `bundle.py resume` does on the other machine, and packs the results. */
export async function resumeBundle(options: ResumeOptions): Promise<Packed> {
  const { bundle, out, partBytes, signal, onEvent } = options
  const files = ['--bundle', resolve(bundle), ...(out === undefined ? [] : ['--out', resolve(out)])]
  const command = ['resume', ...files, ...limitArguments(options), ...partArguments(partBytes)]
  return runBundle('packed', command, { signal, onEvent })
}

/**
 * Installs results in a run's folder, so that `train` goes on from them, and logs the stretch. Nothing is
 * installed when a part is missing or damaged, or when the run has other data or has gone on meanwhile.
 */
export async function unpackResults(results: string, run: string, signal?: AbortSignal): Promise<Stretch> {
  const { about } = await runBundle('unpacked', ['unpack', resolve(results), '--run', resolve(run)], {
    signal,
  })
  const stretch = stretchOf(readRunEvents(run), {
    recipe: readRecipe(recipeOfRun(run)),
    data: about.data as RunData,
    seconds: about.seconds ?? 0,
    machine: about.machine ?? thisMachine(),
  })
  if (stretch === undefined)
    throw new UserError(
      `The diary in ${results} does not tell how the training ended.`,
      'Pack the results again where they were made.',
    )
  logStretch(run, stretch)
  return stretch
}

function partArguments(bytes: number | undefined): string[] {
  return bytes === undefined ? [] : ['--part-bytes', String(bytes)]
}

/** Runs `bundle.py` and returns its own event; the trainer's events are handed on. */
async function runBundle<E extends BundleEvent['event']>(
  wanted: E,
  command: string[],
  { signal, onEvent }: TrainerOptions,
): Promise<Extract<BundleEvent, { event: E }>> {
  let found: BundleEvent | undefined
  await runPython([bundleProgram, ...command], signal, (line) => {
    const event = parseTrainerEvent(line)
    if (event !== undefined) onEvent?.(event)
    else found = bundleEvent.safeParse(JSON.parse(line)).data ?? found
  })
  if (found?.event !== wanted) throw new Error(`${bundleProgram} ended without its "${wanted}" event.`)
  return found as Extract<BundleEvent, { event: E }>
}
