import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { ApiError, createClient } from './client.ts'
import type { Completion } from './completions.ts'

interface Seen {
  request: IncomingMessage
  body: string
  closed: Promise<void>
}

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A server that gives every request the same answer, byte for byte; `hold` keeps the connection open after it. */
async function answering(
  status: number,
  body: string,
  { hold = false } = {},
): Promise<{ baseUrl: string; seen: Seen[] }> {
  const seen: Seen[] = []
  server = createServer(async (request, response) => {
    const closed = new Promise<void>((resolve) => response.once('close', resolve))
    seen.push({ request, body: await text(request), closed })
    response.writeHead(status)
    if (hold) response.write(body)
    else response.end(body)
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const head = '"id":"cmpl-1","object":"text_completion","created":1,"model":"m"'
const chunk = (piece: string) =>
  `data: {${head},"choices":[{"text":"${piece}","index":0,"logprobs":null,"finish_reason":null}]}\n\n`

describe('client', () => {
  it('sends the request with its token and reads the answer', async () => {
    const { baseUrl, seen } = await answering(
      200,
      `{${head},"choices":[{"text":"hi","index":0,"finish_reason":"stop"}]}`,
    )
    const client = createClient({ baseUrl: `${baseUrl}/v1/`, token: 'secret' })
    const completion = await client.complete({ model: 'm', prompt: 'p', max_tokens: 3 })
    expect(completion.choices[0]).toMatchObject({ text: 'hi', finish_reason: 'stop' })
    expect(seen[0]!.request.url).toBe('/v1/completions')
    expect(seen[0]!.request.headers.authorization).toBe('Bearer secret')
    expect(JSON.parse(seen[0]!.body)).toEqual({ model: 'm', prompt: 'p', max_tokens: 3, stream: false })
  })

  it('yields the chunks of a stream', async () => {
    const { baseUrl } = await answering(200, `${chunk('a')}: keep-alive\n\n${chunk('b')}data: [DONE]\n\n`)
    const chunks: Completion[] = await Readable.from(
      createClient({ baseUrl }).streamCompletion({ model: 'm', prompt: 'p' }),
    ).toArray()
    expect(chunks.map(({ choices }) => choices[0]!.text)).toEqual(['a', 'b'])
  })

  it('throws the error that arrives inside a stream, after the chunks before it', async () => {
    const { baseUrl } = await answering(
      200,
      `${chunk('a')}event: error\ndata: {"error":{"message":"The engine died."}}\n\n`,
    )
    const got: string[] = []
    const reading = (async () => {
      for await (const { choices } of createClient({ baseUrl }).streamCompletion({ model: 'm', prompt: 'p' }))
        got.push(choices[0]!.text)
    })()
    await expect(reading).rejects.toThrow(new ApiError('The engine died.'))
    expect(got).toEqual(['a'])
  })

  it('throws where a stream is cut off', async () => {
    const { baseUrl } = await answering(200, chunk('a'))
    const reading = Readable.from(
      createClient({ baseUrl }).streamCompletion({ model: 'm', prompt: 'p' }),
    ).toArray()
    await expect(reading).rejects.toThrow('closed the stream before its end')
  })

  it('closes the connection when the reader of a stream leaves', async () => {
    const { baseUrl, seen } = await answering(200, chunk('a'), { hold: true })
    for await (const { choices } of createClient({ baseUrl }).streamCompletion({ model: 'm', prompt: 'p' }))
      if (choices[0]!.text === 'a') break
    await seen[0]!.closed
  })

  it('throws the reason of an abort', async () => {
    const { baseUrl } = await answering(200, chunk('a'), { hold: true })
    const controller = new AbortController()
    const stream = createClient({ baseUrl }).streamCompletion(
      { model: 'm', prompt: 'p' },
      { signal: controller.signal },
    )
    await stream.next()
    controller.abort()
    await expect(stream.next()).rejects.toMatchObject({ name: 'AbortError' })
  })

  it.each([
    [
      400,
      '{"error":{"message":"Too big.","type":"x","param":"n","code":"c"}}',
      { message: 'Too big.', status: 400, param: 'n', code: 'c' },
    ],
    [502, '<html>Bad gateway</html>', { message: 'The server answered with status 502.', status: 502 }],
    [
      200,
      '{"object":"list"}',
      { message: 'The server sent an answer that is not in the expected form.', status: 200 },
    ],
    [200, 'no JSON', { message: 'The server sent an answer that is not in the expected form.', status: 200 }],
  ])('makes an ApiError of %i %s', async (status, body, expected) => {
    const { baseUrl } = await answering(status, body)
    const error = await createClient({ baseUrl })
      .models()
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject(expected)
  })
})
