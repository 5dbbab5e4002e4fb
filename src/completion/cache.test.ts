import { describe, expect, it } from 'vitest'
import { createCache } from './cache.ts'
import type { Outcome } from './outcome.ts'

function at(marked: string) {
  const offset = marked.indexOf('█')
  return { text: marked.replace('█', ''), offset, language: 'python', path: '' }
}

function suggestion(text: string): Outcome {
  return { kind: 'suggestion', text, meanLogprob: -0.1, milliseconds: 40 }
}

describe('createCache', () => {
  /** Asked at the first, answered by the second; what is known at the third. */
  const cases: [asked: string, answer: string, later: string, known: string | undefined][] = [
    ['x = █', 'foo(1)', 'x = █', 'foo(1)'],
    ['x = █', 'foo(1)', 'x = fo█', 'o(1)'],
    ['x = █', 'foo(1)', 'x = foo(1)█', undefined],
    ['x = █', 'foo(1)', 'x = fa█', undefined],
    ['x = █', 'foo(1)', 'x =█', undefined],
    ['x = █\ny', 'foo(1)', 'x = f█\nz', undefined],
    ['x = █', 'foo(1)', 'x = foo(█)', '1'],
    ['x = █\ny', 'foo(1) + 2', 'x = foo(█)\ny', '1'],
    ['x = █', '"hello"', 'x = "█"', 'hello'],
    ['if a:█', '\n    b()', 'if a:\n    █', 'b()'],
  ]
  it.each(cases)('%j answered %j: at %j it knows %j', (asked, answer, later, known) => {
    const cache = createCache()
    cache.add(at(asked), suggestion(answer))
    const found = cache.find(at(later))
    expect(found?.kind === 'suggestion' ? found.text : undefined).toBe(known)
  })

  it('remembers silence, for the very same place', () => {
    const cache = createCache()
    const quiet: Outcome = { kind: 'quiet', reason: 'low-confidence', milliseconds: 10 }
    cache.add(at('x = █'), quiet)
    expect(cache.find(at('x = █'))).toBe(quiet)
    expect(cache.find(at('x = f█'))).toBeUndefined()
  })

  it('keeps the latest, and those in use longest', () => {
    const cache = createCache(2)
    cache.add(at('a█'), suggestion('1'))
    cache.add(at('b█'), suggestion('2'))
    cache.find(at('a█'))
    cache.add(at('c█'), suggestion('3'))
    expect(cache.find(at('a█'))).toBeDefined()
    expect(cache.find(at('b█'))).toBeUndefined()
    cache.clear()
    expect(cache.find(at('a█'))).toBeUndefined()
  })

  it('does not mix languages', () => {
    const cache = createCache()
    cache.add(at('a█'), suggestion('1'))
    expect(cache.find({ ...at('a█'), language: 'go' })).toBeUndefined()
  })
})
