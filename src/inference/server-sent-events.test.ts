import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEventData } from './server-sent-events.ts'

async function read(chunks: Uint8Array[]): Promise<string[]> {
  const events: string[] = []
  const body = (async function* () {
    yield* chunks
  })()
  for await (const data of readEventData(body)) events.push(data)
  return events
}

/** Cuts bytes at the given places. */
function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end))
}

test('comments and other fields are passed over, lines of one event are joined', async () => {
  const stream =
    '\uFEFF: hi\nevent: x\nid: 1\ndata: a\ndata:b\ndata\n\n\n\ndata:  c\r\n\r\ndata: unfinished\n'
  expect(await read([Buffer.from(stream)])).toEqual(['a\nb\n', ' c'])
})

test('the events are the same however the bytes are cut', async () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\uFEFF]/g, ''))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.array(line, { minLength: 1, maxLength: 3 }), fc.constantFrom('\n', '\r\n', '\r'))),
      fc.array(fc.nat()),
      async (events, places) => {
        const stream = events.map(
          ([lines, end]) => `${lines.map((text) => `data: ${text}${end}`).join('')}${end}`,
        )
        // After a lone carriage return, more has to come before it is known to be a whole line break.
        const bytes = Buffer.from(`${stream.join('')}: end\n`)
        expect(await read(cut(bytes, places))).toEqual(events.map(([lines]) => lines.join('\n')))
      },
    ),
    { numRuns: 300 },
  )
})
