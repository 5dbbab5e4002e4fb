import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCache } from './cache.ts'
import type { Outcome } from './outcome.ts'
import { createSession } from './session.ts'
import type { Situation } from './situation.ts'
import { suggest } from './suggest.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function at(marked: string): Situation {
  const offset = marked.indexOf('█')
  return { text: marked.replace('█', ''), offset, language: 'python', path: '' }
}

/** An editor whose model says `said`, a character every 10 ms. */
function editorWith(said: string) {
  const asked: string[] = []
  const cancelled: string[] = []
  const shown: (string | undefined)[] = []
  const cache = createCache()
  const session = createSession({
    cache,
    suggest: (situation, signal, onText) =>
      suggest(situation, {
        model: { contextLength: 512, infill: true, threshold: -1 },
        cache,
        signal,
        onText,
        async *complete({ prompt }, stop) {
          asked.push(prompt)
          for (const text of said) {
            await new Promise((resolve) => setTimeout(resolve, 10))
            if (signal.aborted) {
              cancelled.push(prompt)
              throw stop.reason
            }
            yield { text, tokens: [{ text, logprob: 0 }] }
          }
        },
      }),
    show: (outcome: Outcome | undefined) =>
      shown.push(
        outcome === undefined ? undefined : outcome.kind === 'suggestion' ? outcome.text : outcome.reason,
      ),
  })
  return { session, asked, cancelled, shown }
}

describe('createSession', () => {
  it('waits a little after typing, and asks at once on a new line', async () => {
    const { session, asked } = editorWith('1')
    session.changed(at('x = █'))
    await vi.advanceTimersByTimeAsync(59)
    expect(asked).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(asked).toEqual(['x = '])
    await vi.advanceTimersByTimeAsync(500)
    session.changed(at('x = 2\n█'))
    expect(asked).toEqual(['x = ', 'x = 2\n'])
  })

  it('asks once for a burst of keys', async () => {
    const { session, asked, shown } = editorWith('foo(1)')
    for (const document of ['x█', 'x █', 'x =█', 'x = █']) {
      session.changed(at(document))
      await vi.advanceTimersByTimeAsync(20)
    }
    await vi.advanceTimersByTimeAsync(500)
    expect(asked).toEqual(['x = '])
    expect(shown.at(-1)).toBe('foo(1)')
  })

  it('keeps a request in flight while its text is being typed, and shows the rest', async () => {
    const { session, asked, cancelled, shown } = editorWith('foo(1)')
    session.changed(at('x = █'))
    await vi.advanceTimersByTimeAsync(85)
    session.changed(at('x = f█'))
    session.changed(at('x = fo█'))
    await vi.advanceTimersByTimeAsync(500)
    expect(asked).toEqual(['x = '])
    expect(cancelled).toEqual([])
    expect(shown.at(-1)).toBe('o(1)')
    session.changed(at('x = foo█'))
    expect(shown.at(-1)).toBe('(1)')
    expect(asked.length).toBe(1)
  })

  it('cancels a request once its text and the typing part', async () => {
    const { session, asked, cancelled } = editorWith('foo(1)')
    session.changed(at('x = █'))
    await vi.advanceTimersByTimeAsync(60)
    session.changed(at('x = b█'))
    await vi.advanceTimersByTimeAsync(25)
    expect(cancelled).toEqual(['x = '])
    await vi.advanceTimersByTimeAsync(500)
    expect(asked).toEqual(['x = ', 'x = b'])
  })

  it('shows nothing after it was cancelled', async () => {
    const { session, shown } = editorWith('foo(1)')
    session.changed(at('x = █'))
    await vi.advanceTimersByTimeAsync(80)
    session.cancel()
    await vi.advanceTimersByTimeAsync(500)
    expect(shown).toEqual([undefined])
  })
})
