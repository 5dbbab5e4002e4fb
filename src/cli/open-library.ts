import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createLlamaEngine, type Engine } from '../inference/index.ts'
import { projectRoot, UserError } from '../lib/index.ts'
import type { UsableModel } from '../models/index.ts'
import { type ModelLibrary, openModelLibrary } from '../server/index.ts'

/** The model that ships. */
export const defaultModel = 'understudy-nano'

export const defaultModelsFolder = join(projectRoot, 'models')

export interface LibraryChoice {
  /** Folder of models. */
  models: string
  /** Names of models there, or paths of others; the first is the one to use. */
  model: string[]
  extendable: boolean
}

/**
 * The models that the command line names, the chosen one first. A file that is no model is told on stderr. Throws
 * a `UserError` where there is no model at all, or none of a given name.
 */
export async function openLibrary(choice: LibraryChoice): Promise<{ library: ModelLibrary; first: string }> {
  const paths = choice.model.filter(isPath).map((path) => resolve(path))
  const library = await openModelLibrary({
    folder: choice.models,
    paths,
    first: choice.model[0] ?? defaultModel,
    extendable: choice.extendable,
    start: startEngine,
  })
  for (const { path, problem, hint } of library.unusable()) {
    // A file that was asked for by name must not be replaced by another in silence.
    if (paths.includes(path)) throw new UserError(problem, hint)
    process.stderr.write(`Left out ${path}: ${problem} ${hint}\n`)
  }
  const names = (await library.list()).map(({ details }) => details.id)
  const [first] = names
  if (first === undefined)
    throw new UserError(
      `There is no model in ${choice.models}.`,
      'Put a .gguf file there, or name one with --model PATH.',
    )
  for (const name of choice.model)
    if (!isPath(name) && !names.includes(name))
      throw new UserError(
        `There is no model named ${name}.`,
        `Known here: ${names.join(', ')}. A file is named by its path.`,
      )
  return { library, first }
}

function startEngine({ name, path }: UsableModel, signal: AbortSignal): Promise<Engine> {
  return createLlamaEngine({ name, modelPath: path, signal })
}

/** `nano` is a name; `./nano`, `nano.gguf` and what exists as a file are paths. */
export function isPath(model: string): boolean {
  return /[/\\]|\.gguf$/.test(model) || existsSync(model)
}
