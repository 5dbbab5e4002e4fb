import { describe, expect, it } from 'vitest'
import { createScriptedEngine } from '../inference/index.ts'
import { createEngineShelf } from './engine-shelf.ts'

/** A shelf that tells what was started (`+a`) and stopped (`-a`). */
function shelf(keep: number) {
  const events: string[] = []
  const engines = createEngineShelf<string>(async (name) => {
    events.push(`+${name}`)
    if (name === 'broken') throw new Error('it is broken')
    const engine = createScriptedEngine({ '*': 'x' }, { name })
    return {
      ...engine,
      dispose: async () => {
        events.push(`-${name}`)
      },
    }
  }, keep)
  return { events, engines, lend: (name: string) => engines.lend(name, name) }
}

describe('createEngineShelf', () => {
  it('starts an engine once for any number of leases', async () => {
    const { events, lend, engines } = shelf(2)
    const [a, b] = await Promise.all([lend('a'), lend('a')])
    expect(a.engine).toBe(b.engine)
    expect(engines.running('a')).toBe(a.engine)
    expect(events).toEqual(['+a'])
  })

  it('stops the one that has been idle longest when there are too many', async () => {
    const { events, lend } = shelf(2)
    for (const name of ['a', 'b', 'a', 'c']) {
      using lease = await lend(name)
      expect(lease.engine.model.name).toBe(name)
    }
    expect(events).toEqual(['+a', '+b', '+c', '-b'])
  })

  it('never stops one in use, and stops it when it is given back if there are too many', async () => {
    const { events, lend } = shelf(1)
    const a = await lend('a')
    const b = await lend('b')
    expect(events).toEqual(['+a', '+b'])
    a[Symbol.dispose]()
    a[Symbol.dispose]()
    expect(events).toEqual(['+a', '+b', '-a'])
    b[Symbol.dispose]()
    expect(events).toEqual(['+a', '+b', '-a'])
  })

  it('tries a start that failed again', async () => {
    const { events, lend } = shelf(1)
    await expect(lend('broken')).rejects.toThrow('it is broken')
    await expect(lend('broken')).rejects.toThrow('it is broken')
    expect(events).toEqual(['+broken', '+broken'])
  })

  it('stops all at the end, and what was starting does not go on', async () => {
    const { events, lend, engines } = shelf(3)
    const pending = [lend('a'), lend('b')]
    await engines.dispose()
    await Promise.all(pending)
    expect(events.toSorted()).toEqual(['+a', '+b', '-a', '-b'])

    const slow = createEngineShelf<string>(
      (_, signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      1,
    )
    const start = slow.lend('a', 'a')
    start.catch(() => {})
    await slow.dispose()
    await expect(start).rejects.toThrow('aborted')
  })
})
