import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ApiError, type Client, createClient } from '../api/index.ts'
import { createScriptedEngine, createUpstreamEngine, EngineError } from '../inference/index.ts'
import { createServer, engineCatalogue, listen, type UnderstudyServer } from './index.ts'

/** Two servers in a row: the one behind plays a script, the one in front reaches it as its upstream. */
let behind: UnderstudyServer
let front: UnderstudyServer
let direct: Client
let client: Client

beforeEach(async () => {
  const top = [{ id: 300, text: 'two', logprob: -0.2 }]
  const engine = createScriptedEngine({
    p: {
      tokens: [
        { text: 'one', logprob: -1, top },
        { text: ' more', logprob: -0.5 },
      ],
    },
    'a█b': 'infilled',
    dead: { tokens: ['x'], failure: new EngineError('died', 'The engine died.') },
  })
  const at = { host: '127.0.0.1', port: 0 }
  behind = await createServer({ catalogue: engineCatalogue([engine]), token: 'behind' })
  const upstreamUrl = await listen(behind.app, at)
  const upstream = await createUpstreamEngine({ baseUrl: upstreamUrl, apiKey: 'behind' })
  front = await createServer({ catalogue: engineCatalogue([upstream]), token: 'front' })
  direct = createClient({ baseUrl: upstreamUrl, token: 'behind' })
  client = createClient({ baseUrl: await listen(front.app, at), token: 'front' })
})

afterEach(async () => {
  await front.shutdown(0)
  await behind.shutdown(0)
})

describe('a server before another', () => {
  it.each([
    { prompt: 'p' },
    { prompt: 'p', logprobs: 1 },
    { prompt: 'p', max_tokens: 1 },
    { prompt: 'p', stop: ' m', n: 2 },
    { prompt: 'a', suffix: 'b' },
    { prompt: 'p', echo: true },
    { prompt: [112] },
  ])('answers as the other does: %j', async (fields) => {
    const request = { model: 'scripted', seed: 1, ...fields }
    const expected = await direct.complete(request)
    const got = await client.complete(request)
    expect(got.choices).toEqual(expected.choices)
    expect(got.usage).toEqual(expected.usage)
  })

  it('refuses what it cannot know: the tokens of a prompt', async () => {
    const refused = client.complete({ model: 'scripted', prompt: 'p', echo: true, logprobs: 1 })
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'engine_unsupported' })
  })

  it('passes on that the other refuses, or fails', async () => {
    const long = client.complete({ model: 'scripted', prompt: 'x'.repeat(2_000) })
    await expect(long).rejects.toMatchObject({ status: 400 })
    const dead = (async () => {
      for await (const _ of client.streamCompletion({ model: 'scripted', prompt: 'dead' }));
    })()
    await expect(dead).rejects.toBeInstanceOf(ApiError)
    await behind.shutdown(0)
    const gone = client.complete({ model: 'scripted', prompt: 'p' })
    await expect(gone).rejects.toMatchObject({ status: 502, code: 'engine_upstream' })
  })
})
