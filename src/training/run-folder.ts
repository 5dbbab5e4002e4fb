import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError, writeFileAtomically } from '../lib/index.ts'
import { readShardIndex, shardsChecksum } from './shard-index.ts'
import { parseTrainerEvent, type TrainerEvent } from './trainer-event.ts'

/**
 * A run folder is the trainer's: `recipe.json`, `metrics.jsonl`, checkpoints. This stage adds `data.json`, which
 * data the run began with, and `experiments.jsonl`.
 */
export interface RunData {
  /** SHA-256 of `shards.json`, which names every shard's checksum. */
  shards: string
  /** Checksum of the tokenizer. */
  tokenizer: string
  /** Checksum of the corpus's data card. */
  corpus?: string
}

/** What `data.json` in a run folder says; nothing where it is missing. */
export function readRunData(run: string): RunData | undefined {
  const path = join(run, 'data.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunData) : undefined
}

/** Notes the data with the run, or throws a `UserError` where the run began with other data. */
export async function bindRunToData(run: string, shards: string): Promise<RunData> {
  const { tokenizer, corpus } = readShardIndex(shards)
  const data = { shards: shardsChecksum(shards), tokenizer, ...(corpus === undefined ? {} : { corpus }) }
  const before = readRunData(run)
  if (before === undefined)
    await writeFileAtomically(join(run, 'data.json'), `${JSON.stringify(data, null, 2)}\n`)
  else if (before.shards !== data.shards)
    throw new UserError(
      `The run in ${run} began with other data.`,
      'Give the shards it began with, or train into a new folder.',
    )
  return data
}

/** The run's diary; a `UserError` where the folder is not a run. */
export function readRunEvents(run: string): TrainerEvent[] {
  const path = join(run, 'metrics.jsonl')
  if (!existsSync(path))
    throw new UserError(
      `${run} is not the folder of a training run.`,
      'Name the folder given to `understudy train run --out`.',
    )
  return readFileSync(path, 'utf8')
    .split('\n')
    .map(parseTrainerEvent)
    .filter((event) => event !== undefined)
}
