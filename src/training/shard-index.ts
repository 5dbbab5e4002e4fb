import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hasCode, sha256, sha256File, UserError } from '../lib/index.ts'
import type { Recipe } from './recipe.ts'
import type { ShardIndex } from './shard.ts'

const remedy = 'Write the shards anew with `understudy train shards`.'

/** Reads `shards.json`; a `UserError` where it is missing or is not one. */
export function readShardIndex(folder: string): ShardIndex {
  const path = join(folder, 'shards.json')
  let index: ShardIndex
  try {
    index = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const missing = hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')
    throw new UserError(
      missing ? `There are no token shards in ${folder}.` : `${path} is not JSON.`,
      remedy,
      {
        cause: error,
      },
    )
  }
  if (index?.format !== 'understudy-shards-1' || !Array.isArray(index.train) || !Array.isArray(index.heldout))
    throw new UserError(`${path} is not an index of token shards.`, remedy)
  return index
}

/** SHA-256 of `shards.json`, which names every shard's checksum: one value for all of the data. */
export function shardsChecksum(folder: string): string {
  return sha256(readFileSync(join(folder, 'shards.json')))
}

/**
 * Checks that shards fit a recipe and are whole: vocabulary, row length, each file's size and checksum. A
 * `UserError` names the first thing that is wrong. Reads all of the data once.
 */
export async function checkShards(folder: string, recipe: Recipe, signal?: AbortSignal): Promise<ShardIndex> {
  const index = readShardIndex(folder)
  const { vocabularySize, contextLength } = recipe.model
  if (index.vocabularySize !== vocabularySize)
    throw new UserError(
      `The shards in ${folder} have a vocabulary of ${index.vocabularySize}, and the recipe ${recipe.name} one of ${vocabularySize}.`,
      'Write the shards with this recipe and its tokenizer, or change model.vocabularySize.',
    )
  if (index.rowLength !== contextLength + 1)
    throw new UserError(
      `The shards in ${folder} have rows of ${index.rowLength} ids, and the recipe ${recipe.name} needs ${contextLength + 1}.`,
      'Write the shards with this recipe, or change model.contextLength.',
    )
  for (const { file, rows, sha256: checksum } of [...index.train, ...index.heldout]) {
    signal?.throwIfAborted()
    const path = join(folder, file)
    const size = statSync(path, { throwIfNoEntry: false })?.size
    if (size === undefined) throw new UserError(`The shard ${path} is missing.`, remedy)
    if (size !== rows * index.rowLength * 2 || (await sha256File(path)) !== checksum)
      throw new UserError(`The shard ${path} is damaged: its checksum does not match shards.json.`, remedy)
  }
  return index
}
