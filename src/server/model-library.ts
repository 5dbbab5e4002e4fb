import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ModelDetails } from '../api/index.ts'
import type { Engine } from '../inference/index.ts'
import { UserError } from '../lib/index.ts'
import { findModels, type UnusableModel, type UsableModel } from '../models/index.ts'
import { createEngineShelf } from './engine-shelf.ts'
import type { CatalogueEntry, ModelCatalogue } from './model-catalogue.ts'

export interface ModelLibraryOptions {
  /** Folder of models; see `findModels`. */
  folder: string
  /** Paths of further models, offered before those of the folder. */
  paths?: string[]
  /** Name of the model that is listed first, as the default. */
  first?: string
  /** Whether clients may add models by path. */
  extendable: boolean
  /** Starts the engine of a model. */
  start(model: UsableModel, signal: AbortSignal): Promise<Engine>
  /** Engines that keep running while no request needs them. Default 2. */
  keep?: number
}

export interface ModelLibrary extends ModelCatalogue {
  /** What looked like a model and is none. */
  unusable(): UnusableModel[]
}

/**
 * The models on this machine's disk. An engine starts when its model is first asked for. A model keeps its name
 * while the server runs, whatever is added beside it; a file that is put into the folder later is found too.
 */
export async function openModelLibrary(options: ModelLibraryOptions): Promise<ModelLibrary> {
  const { folder, paths = [], first, extendable, start, keep = 2 } = options
  const models = new Map<string, UsableModel>()
  const engines = createEngineShelf(start, keep)
  let broken: UnusableModel[] = []

  async function scan(given: string[]): Promise<void> {
    const found = await findModels(folder, given)
    broken = found.filter((entry) => entry.kind === 'unusable')
    for (const [name, { path }] of models) if (!existsSync(path)) models.delete(name)
    for (const entry of found) if (entry.kind === 'usable') take(entry)
  }

  function take(found: UsableModel): UsableModel {
    const known = [...models.values()].find(({ path }) => path === found.path)
    const model = { ...found, name: known?.name ?? unusedName(found.name) }
    models.set(model.name, model)
    return model
  }

  function unusedName(name: string): string {
    let candidate = name
    for (let number = 2; models.has(candidate); number++) candidate = `${name}-${number}`
    return candidate
  }

  function describe(model: UsableModel): CatalogueEntry {
    return { details: toDetails(model, engines.running(model.name)), created: changedAt(model.path) }
  }

  await scan(paths)
  // A given path has to exist at the start; later its file may go like any other.
  const rescan = () => scan(paths.filter((path) => existsSync(path)))

  return {
    unusable: () => broken,
    async list() {
      await rescan()
      const isFirst = ({ name }: UsableModel) => Number(name === first)
      return [...models.values()].toSorted((a, b) => isFirst(b) - isFirst(a)).map(describe)
    },
    async open(name) {
      if (!models.has(name)) await rescan()
      const model = models.get(name)
      if (!model) return undefined
      return await engines.lend(name, model)
    },
    ...(extendable && {
      async add(path: string) {
        const [entry] = await findModels('', [resolve(path)])
        if (entry?.kind !== 'usable')
          throw new UserError(
            entry?.problem ?? `There is no model at ${path}.`,
            entry?.hint ?? 'Give the path of a .gguf file.',
          )
        return describe(take(entry))
      },
    }),
    dispose: () => engines.dispose(),
  }
}

function toDetails(
  { name, path, manifest, summary, fim }: UsableModel,
  engine: Engine | undefined,
): ModelDetails {
  const gate = manifest?.gate
  return {
    id: name,
    path,
    loaded: engine !== undefined,
    infill: fim !== undefined,
    // An engine may keep a smaller window than the model could have.
    context_length: engine?.model.contextLength ?? summary.contextLength,
    parameters: summary.parameters,
    license: manifest?.license ?? summary.license ?? null,
    gate: gate
      ? { mean_logprob: gate.meanLogprob, shown_share: gate.shownShare, precision: gate.precision }
      : null,
  }
}

function changedAt(path: string): number {
  return Math.floor((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) / 1000)
}
