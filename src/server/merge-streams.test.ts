import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeStreams } from './merge-streams.ts'

async function* counting(to: number): AsyncGenerator<number> {
  for (let i = 0; i < to; i++) {
    await sleep(0)
    yield i
  }
}

describe('mergeStreams', () => {
  it('yields every value of every stream, each stream in its order, and never runs more than the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(5), { maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (lengths, limit) => {
          let running = 0
          let most = 0
          const sources = lengths.map(
            (length) =>
              async function* () {
                most = Math.max(most, ++running)
                yield* counting(length)
                running--
              },
          )
          const values: number[][] = lengths.map(() => [])
          for await (const { index, value } of mergeStreams(sources, limit)) values[index]!.push(value)
          expect(values).toEqual(lengths.map((length) => Array.from({ length }, (_, i) => i)))
          expect(most).toBeLessThanOrEqual(limit)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('stops the others when one fails', async () => {
    let aborted = false
    const sources = [
      async function* (): AsyncGenerator<number> {
        yield 1
        throw new Error('broken')
      },
      async function* (signal: AbortSignal): AsyncGenerator<number> {
        await sleep(60_000, undefined, { signal }).catch(() => {
          aborted = true
        })
      },
    ]
    await expect(Readable.from(mergeStreams(sources, 2)).toArray()).rejects.toThrow('broken')
    expect(aborted).toBe(true)
  })

  it('stops all when the reader leaves', async () => {
    const signals: AbortSignal[] = []
    const source = (signal: AbortSignal) => {
      signals.push(signal)
      return counting(5)
    }
    for await (const { value } of mergeStreams([source, source], 2)) if (value === 1) break
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
  })
})
