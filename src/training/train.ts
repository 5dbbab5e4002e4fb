import { join, resolve } from 'node:path'
import { logStretch, type Stretch, stretchOf, thisMachine } from './log.ts'
import { type Recipe, readRecipe } from './recipe.ts'
import { bindRunToData } from './run-folder.ts'
import { checkShards } from './shard-index.ts'
import type { TrainerEvent } from './trainer-event.ts'
import { runTrainer, type TrainerOptions, type TrainingLimits } from './trainer-process.ts'

export interface TrainOptions extends TrainingLimits, TrainerOptions {
  /** Path of the recipe. */
  recipe: string
  /** Folder of the shards, which are checked first. */
  data: string
  /** Folder of the run; it is made, or the run in it goes on. */
  run: string
}

/** Trains until the recipe's end, the time limit or the signal, and logs the stretch in the run's folder. */
export async function train(options: TrainOptions): Promise<Stretch> {
  const [recipePath, data, run] = [resolve(options.recipe), resolve(options.data), resolve(options.run)]
  const recipe = withLimits(readRecipe(recipePath), options)
  await checkShards(data, recipe, options.signal)
  const runData = await bindRunToData(run, data)
  const events: TrainerEvent[] = []
  const began = performance.now()
  await runTrainer({ recipe: recipePath, data, run }, options, {
    signal: options.signal,
    onEvent: (event) => {
      events.push(event)
      options.onEvent?.(event)
    },
  })
  const seconds = (performance.now() - began) / 1000
  // `runTrainer` has seen the trainer stop, and the trainer never stops before it has started.
  const stretch = stretchOf(events, { recipe, data: runData, seconds, machine: thisMachine() }) as Stretch
  logStretch(run, stretch)
  return stretch
}

/** The recipe as it is trained, when its length is given on the command line. */
function withLimits(recipe: Recipe, { steps, decaySteps }: TrainingLimits): Recipe {
  const { schedule } = recipe
  return {
    ...recipe,
    schedule: { ...schedule, steps: steps ?? schedule.steps, decaySteps: decaySteps ?? schedule.decaySteps },
  }
}

/** Path of the recipe that a run was started with. */
export function recipeOfRun(run: string): string {
  return join(run, 'recipe.json')
}
