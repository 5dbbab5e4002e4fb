import type { Engine } from '../inference/index.ts'

/** An engine for the time of one request; it keeps running at least until the lease is disposed. */
export interface EngineLease extends Disposable {
  readonly engine: Engine
}

export interface EngineShelf<Model> {
  /** The model's engine, started where it is not yet. A start that failed is tried again by the next call. */
  lend(name: string, model: Model): Promise<EngineLease>
  /** The engine where it runs already. */
  running(name: string): Engine | undefined
  /** Stops all engines, also those that are starting. */
  dispose(): Promise<void>
}

interface Place {
  starting: Promise<Engine>
  engine: Engine | undefined
  leases: number
  /** When it was last lent or given back, as a count of such events. */
  used: number
}

/**
 * Keeps engines running between requests, since a model takes long to load, but no more of them than `keep` without
 * need, since a model takes much memory: the one that has been idle longest is stopped first. Engines in use may
 * exceed the number for as long as they are in use.
 */
export function createEngineShelf<Model>(
  start: (model: Model, signal: AbortSignal) => Promise<Engine>,
  keep: number,
): EngineShelf<Model> {
  const places = new Map<string, Place>()
  const stopping = new Set<Promise<void>>()
  const end = new AbortController()
  let clock = 0

  function occupy(name: string, model: Model): Place {
    const place: Place = { starting: start(model, end.signal), engine: undefined, leases: 0, used: clock }
    places.set(name, place)
    place.starting.then(
      (engine) => {
        place.engine = engine
      },
      () => places.delete(name),
    )
    return place
  }

  function stopIdle(): void {
    const idle = [...places]
      .filter(([, { engine, leases }]) => engine && leases === 0)
      .sort(([, a], [, b]) => a.used - b.used)
    for (const [name, { engine }] of idle.slice(0, Math.max(0, places.size - keep))) {
      places.delete(name)
      const stopped = engine!.dispose().finally(() => stopping.delete(stopped))
      stopping.add(stopped)
    }
  }

  return {
    running: (name) => places.get(name)?.engine,
    async lend(name, model) {
      const place = places.get(name) ?? occupy(name, model)
      place.leases++
      const giveBack = () => {
        place.leases--
        place.used = ++clock
        stopIdle()
      }
      try {
        const engine = await place.starting
        place.used = ++clock
        stopIdle()
        let lent = true
        return {
          engine,
          [Symbol.dispose]() {
            if (lent) giveBack()
            lent = false
          },
        }
      } catch (error) {
        giveBack()
        throw error
      }
    },
    async dispose() {
      end.abort()
      const settled = await Promise.allSettled([...places.values()].map(({ starting }) => starting))
      places.clear()
      await Promise.all(settled.map((place) => place.status === 'fulfilled' && place.value.dispose()))
      await Promise.all(stopping)
    },
  }
}
