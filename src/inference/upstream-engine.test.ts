import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import type { Engine } from './engine.ts'
import { complete, requestFor } from './test-engine.ts'
import { createUpstreamEngine } from './upstream-engine.ts'

type Answer = (response: ServerResponse, body: Record<string, unknown>, request: IncomingMessage) => void

let server: Server | undefined
let bodies: Record<string, unknown>[]

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** An engine on a server that lists one model, and answers completions in turn; the last answer stays. */
async function upstream(...answers: Answer[]): Promise<Engine> {
  bodies = []
  server = createServer(async (request, response) => {
    if (request.url === '/v1/models')
      return response.end('{"object":"list","data":[{"id":"coder","object":"model","max_model_len":2048}]}')
    const body = (await json(request)) as Record<string, unknown>
    bodies.push(body)
    answers[Math.min(bodies.length, answers.length) - 1]!(response, body, request)
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return createUpstreamEngine({ baseUrl: `http://127.0.0.1:${port}/v1/`, apiKey: 'key' })
}

const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`

const token = (text: string, logprob = -0.5, more: object = {}) =>
  event({
    choices: [
      {
        index: 0,
        text,
        logprobs: {
          tokens: [text],
          token_logprobs: [logprob],
          top_logprobs: [{ [text]: logprob, other: -3 }],
        },
        finish_reason: null,
        ...more,
      },
    ],
  })

const usage = event({
  choices: [],
  usage: {
    prompt_tokens: 5,
    completion_tokens: 3,
    total_tokens: 8,
    prompt_tokens_details: { cached_tokens: 4 },
  },
})

const answering =
  (...pieces: string[]): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of pieces) response.write(piece)
    response.end()
  }

const done = 'data: [DONE]\n\n'

describe('a completion', () => {
  test('is streamed with its log-probabilities and usage', async () => {
    const engine = await upstream(
      answering(token('a'), token(' = '), token('1', -1, { finish_reason: 'length' }), usage, done),
    )
    expect(engine.model).toMatchObject({ name: 'coder', contextLength: 2048 })
    const { text, tokens, end } = await complete(engine, 'x', { topLogprobs: 1 })
    expect(text).toBe('a = 1')
    expect(tokens.map(({ logprob }) => logprob)).toEqual([-0.5, -0.5, -1])
    expect(tokens[2]!.top).toEqual([{ id: -1, text: '1', logprob: -1 }])
    expect(end).toMatchObject({ reason: 'length', promptTokens: 5, cachedTokens: 4, completionTokens: 3 })
  })

  test('is asked for in the words of the protocol', async () => {
    const engine = await upstream((response, _, request) => {
      expect(request.headers.authorization).toBe('Bearer key')
      answering(token('', 0, { finish_reason: 'stop' }), done)(response, {}, request)
    })
    const stop = ['1', '2', '3', '4', '5']
    await complete(
      engine,
      { kind: 'infill', prefix: 'a', suffix: 'b' },
      { maxTokens: 7, stop, sampling: { temperature: 0.5, topK: 9, seed: 3, logitBias: {} } },
    )
    expect(bodies[0]).toEqual({
      model: 'coder',
      prompt: 'a',
      suffix: 'b',
      max_tokens: 7,
      temperature: 0.5,
      top_p: 1,
      top_k: 9,
      stop: ['1', '2', '3', '4'],
      seed: 3,
      logprobs: 1,
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  test('ends before a stop string that the server let through', async () => {
    const engine = await upstream(answering(token('a'), token('\n'), token('\nb'), token('c'), done))
    const { text, end } = await complete(engine, 'x', { stop: ['\n\n'] })
    expect(text).toBe('a')
    expect(end.reason).toBe('stop')
  })

  test('keeps its text where the tokens are spelled otherwise, or have no log-probabilities', async () => {
    const split = { tokens: ['bytes:\\xc3', 'bytes:\\xa9'], token_logprobs: [-1, -2], top_logprobs: null }
    const engine = await upstream(
      answering(
        event({ choices: [{ text: 'é', logprobs: split }] }),
        event({ choices: [{ text: '!', logprobs: null, finish_reason: 'stop' }] }),
        done,
      ),
    )
    const { tokens } = await complete(engine, 'x')
    expect(tokens.map(({ text, logprob }) => [text, logprob])).toEqual([
      ['', -1],
      ['é', -2],
      ['!', Number.NaN],
    ])
  })

  test('closes the connection when it is cancelled or left', async () => {
    const closed: Promise<unknown>[] = []
    const engine = await upstream((response) => {
      closed.push(new Promise((resolve) => response.once('close', resolve)))
      response.write(token('a'))
    })
    const abort = new AbortController()
    const seen = []
    for await (const event of engine.generate(requestFor('x', { signal: abort.signal }))) {
      seen.push(event.type === 'end' ? event.reason : event.text)
      abort.abort()
    }
    expect(seen).toEqual(['a', 'cancelled'])
    for await (const _ of engine.generate(requestFor('x'))) break
    expect(closed).toHaveLength(2)
    await Promise.all(closed)
  })
})

describe('a failure', () => {
  const failing =
    (status: number, message = 'Not now.'): Answer =>
    (response) => {
      response.writeHead(status).end(JSON.stringify({ error: { message } }))
    }

  test('that may pass is tried again before the first token', async () => {
    const engine = await upstream(failing(500), answering(token('ok', 0, { finish_reason: 'stop' }), done))
    expect((await complete(engine, 'x')).text).toBe('ok')
    expect(bodies).toHaveLength(2)
  })

  test.each([
    [400, 'invalid', 1],
    [401, 'upstream', 1],
    [503, 'overloaded', 3],
  ] as const)('with status %i is of kind %s, after %i attempts', async (status, kind, attempts) => {
    const engine = await upstream(failing(status))
    await expect(complete(engine, 'x')).rejects.toMatchObject({
      kind,
      message: expect.stringContaining('Not now.'),
    })
    expect(bodies).toHaveLength(attempts)
  })

  test('after the first token is not tried again', async () => {
    const broken: Answer = (response) => {
      response.write(token('a'), () => response.destroy())
    }
    const engine = await upstream(broken)
    await expect(complete(engine, 'x')).rejects.toMatchObject({ kind: 'upstream' })
    expect(bodies).toHaveLength(1)
  })

  test.each([
    [
      'an error inside the stream',
      [token('a'), 'data: {"error":{"message":"Out of memory."}}\n\n'],
      'Out of memory.',
    ],
    ['something else', [token('a'), 'data: <html>\n\n'], 'no completion'],
    ['an end too early', [token('a')], 'before its end'],
  ])('is told: %s', async (_, pieces, message) => {
    const engine = await upstream(answering(...pieces))
    await expect(complete(engine, 'x')).rejects.toMatchObject({
      kind: 'upstream',
      message: expect.stringContaining(message),
    })
  })

  test('to connect is told', async () => {
    const engine = await upstream(failing(500))
    server!.closeAllConnections()
    await new Promise((resolve) => server!.close(resolve))
    await expect(complete(engine, 'x')).rejects.toMatchObject({
      kind: 'upstream',
      message: expect.stringContaining('cannot be reached'),
    })
  })
})

test('prompts are scored by an echo', async () => {
  const logprobs = { tokens: ['a', 'b'], token_logprobs: [null, -2], top_logprobs: [null, { b: -2, c: -3 }] }
  const engine = await upstream((response) => {
    response.end(JSON.stringify({ choices: [{ text: 'ab', logprobs }] }))
  })
  expect(await engine.score([7, 8], { topLogprobs: 1 })).toEqual([
    { id: 7, text: 'a', logprob: undefined, top: [] },
    { id: 8, text: 'b', logprob: -2, top: [{ id: -1, text: 'b', logprob: -2 }] },
  ])
  expect(bodies[0]).toMatchObject({ prompt: [7, 8], echo: true, max_tokens: 0 })
})
