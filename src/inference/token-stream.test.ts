import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTokenStream } from './token-stream.ts'

/** Bytes cut at the given places, as tokens. */
function split(bytes: Uint8Array, cuts: number[]): Uint8Array[] {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  )
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

function play(tokens: Uint8Array[], stop: string[] = []) {
  const stream = createTokenStream(stop)
  const events = []
  for (const [id, bytes] of tokens.entries()) {
    const result = stream.push({ id, bytes, logprob: -id, top: [] })
    events.push(...result.events)
    if (result.stopped) return events
  }
  return [...events, ...stream.flush()]
}

const textOf = (events: { text: string }[]) => events.map((event) => event.text).join('')

test('a character that is split between tokens appears with the last of them', () => {
  const bytes = Buffer.from('a€b')
  const events = play([bytes.subarray(0, 2), bytes.subarray(2, 3), bytes.subarray(3, 5)])
  expect(events.map((event) => event.text)).toEqual(['a', '', '€b'])
})

test('a character that is never completed is U+FFFD', () => {
  expect(play([Buffer.from('ok'), Buffer.from([0xe2, 0x82])]).map((event) => event.text)).toEqual([
    'ok',
    '\uFFFD',
  ])
  expect(play([Buffer.from([0x61, 0xe2])]).map((event) => event.text)).toEqual(['a\uFFFD'])
})

test('for any bytes and any split, the text is that of the whole, and every token has one event', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(text)),
      ),
      fc.array(fc.nat()),
      (bytes, cuts) => {
        const tokens = split(bytes, cuts)
        const events = play(tokens)
        expect(textOf(events)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
        expect(events.map((event) => event.id)).toEqual(tokens.map((_, id) => id))
      },
    ),
    { numRuns: 500 },
  )
})

test('a stop string cuts its event and drops those after it, with any split', () => {
  const events = play(
    ['one', ' t', 'wo;\n', '\nthree'].map((text) => Buffer.from(text)),
    [';\n\n'],
  )
  expect(events.map((event) => [event.text, event.logprob])).toEqual([
    ['one', -0],
    [' t', -1],
    ['wo', -2],
  ])
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '€', '\n') }), fc.array(fc.nat()), (text, cuts) => {
      const events = play(split(Buffer.from(text), cuts), ['\n€'])
      expect(textOf(events)).toBe(text.split('\n€')[0])
      expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index))
    }),
  )
})
