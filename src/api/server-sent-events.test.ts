import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEventParser, encodeServerSentEvent, readServerSentEvents } from './server-sent-events.ts'

/** A stream of bytes cut at the given places, wherever in a character they fall. */
function streamOf(bytes: Uint8Array, cuts: number[]): ReadableStream<Uint8Array> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return new ReadableStream({
    start(controller) {
      for (let i = 1; i < places.length; i++) controller.enqueue(bytes.slice(places[i - 1], places[i]))
      controller.close()
    },
  })
}

const name = fc.stringMatching(/^[a-z]{1,8}$/)
const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed())

describe('server-sent events', () => {
  it('reads back what was written, wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, name)), fc.array(fc.nat()), async (events, cuts) => {
        const written = events.map(([data, event]) => encodeServerSentEvent(data, event)).join('')
        const read = await Readable.from(
          readServerSentEvents(streamOf(new TextEncoder().encode(written), cuts)),
        ).toArray()
        expect(read).toEqual(events.map(([data, event]) => ({ event, data: data.replace(/\r\n?/g, '\n') })))
      }),
    )
  })

  it('reads the same events whatever ends the lines', () => {
    const written = ': hello\nevent: a\ndata: 1\ndata:2\nid: 7\n\ndata\n\nretry: 5\n\n'
    const expected = [
      { event: 'a', data: '1\n2' },
      { event: 'message', data: '' },
    ]
    for (const end of ['\n', '\r', '\r\n']) {
      const parse = createEventParser()
      const events = [...written.replaceAll('\n', end)].flatMap((char) => parse(char))
      expect(events).toEqual(expected)
    }
  })

  it('drops an event that was not finished', () => {
    expect(createEventParser()('data: 1\n\ndata: 2\n')).toEqual([{ event: 'message', data: '1' }])
  })

  it('cancels the stream when its reader leaves', async () => {
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n\n')),
      cancel: () => {
        cancelled = true
      },
    })
    for await (const { data } of readServerSentEvents(endless)) if (data === 'x') break
    expect(cancelled).toBe(true)
  })
})
