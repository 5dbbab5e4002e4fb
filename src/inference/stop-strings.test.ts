import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStopScanner } from './stop-strings.ts'

/** Shows text as a reader of the stream would see it. */
function play(pieces: string[], stop: string[]): { shown: string; stopped: boolean } {
  const scanner = createStopScanner(stop)
  const text = pieces.join('')
  let shown = ''
  for (const piece of pieces) {
    const { safe, stopped } = scanner.push(piece)
    expect(safe).toBeGreaterThanOrEqual(shown.length)
    shown = text.slice(0, safe)
    if (stopped) return { shown, stopped }
  }
  return { shown: text, stopped: false }
}

/** The definition, character by character over the whole text. */
function cutBeforeFirstStop(text: string, stop: string[]): { shown: string; stopped: boolean } {
  for (let end = 1; end <= text.length; end++) {
    const found = stop.filter((string) => string !== '' && text.slice(0, end).endsWith(string))
    const longest = Math.max(0, ...found.map((string) => string.length))
    if (longest > 0) return { shown: text.slice(0, end - longest), stopped: true }
  }
  return { shown: text, stopped: false }
}

test('text is held back while a stop string may begin', () => {
  const scanner = createStopScanner(['\n\n', '\nclass'])
  expect(scanner.push('x\n')).toEqual({ safe: 1, stopped: false })
  expect(scanner.push('cl')).toEqual({ safe: 1, stopped: false })
  expect(scanner.push('ub\n')).toEqual({ safe: 6, stopped: false })
  expect(scanner.push('\nrest')).toEqual({ safe: 6, stopped: true })
})

test('for any split, what is shown is the text before the first stop string', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'é'), maxLength: 4 })
  fc.assert(
    fc.property(fc.array(short, { maxLength: 20 }), fc.array(short, { maxLength: 4 }), (pieces, stop) => {
      expect(play(pieces, stop)).toEqual(cutBeforeFirstStop(pieces.join(''), stop))
    }),
    { numRuns: 1000 },
  )
})
