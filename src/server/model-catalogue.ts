import type { ModelDetails } from '../api/index.ts'
import type { Engine } from '../inference/index.ts'
import type { EngineLease } from './engine-shelf.ts'

/** The models that a server offers, and how it comes to an engine for one. */
export interface ModelCatalogue {
  list(): Promise<CatalogueEntry[]>
  /** Lends the engine of the model with this name; undefined where there is no such model. */
  open(name: string): Promise<EngineLease | undefined>
  /** Offers a GGUF file of this machine too. Undefined where the catalogue is fixed. */
  add?(path: string): Promise<CatalogueEntry>
  /** Stops the engines. */
  dispose(): Promise<void>
}

export interface CatalogueEntry {
  details: ModelDetails
  /** Unix time in seconds. */
  created: number
}

/** A catalogue of engines that run already. */
export function engineCatalogue(engines: readonly Engine[]): ModelCatalogue {
  const created = Math.floor(Date.now() / 1000)
  return {
    list: async () =>
      engines.map(({ model }) => ({
        created,
        details: {
          id: model.name,
          path: null,
          loaded: true,
          infill: model.infill,
          context_length: model.contextLength,
          parameters: null,
          license: null,
          gate: null,
        },
      })),
    open: async (name) => {
      const engine = engines.find(({ model }) => model.name === name)
      return engine && { engine, [Symbol.dispose]() {} }
    },
    dispose: async () => {
      await Promise.all(engines.map((engine) => engine.dispose()))
    },
  }
}
