import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import OpenAI, {
  APIConnectionError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
} from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  createLlamaEngine,
  createScriptedEngine,
  EngineError,
  type LlamaEngine,
  type Script,
  type ScriptedEngine,
} from '../src/inference/index.ts'
import { writeRandomModel } from '../src/models/index.ts'
import { testVocabulary } from '../src/models/test-vocabulary.ts'
import { createServer, engineCatalogue, listen, type UnderstudyServer } from '../src/server/index.ts'

/**
 * The server as OpenAI's own client sees it, over a real socket. The script is the engine's side of the
 * conversation; `█` in a script's key marks where infilling happens.
 */
let server: UnderstudyServer | undefined
let engine: ScriptedEngine

afterEach(async () => {
  await server?.shutdown(0)
  server = undefined
})

async function connect(script: Script, apiKey = 'secret'): Promise<OpenAI> {
  engine = createScriptedEngine(script)
  server = await createServer({ catalogue: engineCatalogue([engine]), token: 'secret' })
  const url = await listen(server.app, { host: '127.0.0.1', port: 0 })
  return new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 })
}

const model = 'scripted'
const slow = { '*': { tokens: Array.from({ length: 16 }, (_, i) => ` ${i}`), delay: 40 } }

describe('the official openai client', () => {
  it('lists models and retrieves one', async () => {
    const client = await connect({})
    const ids: string[] = []
    for await (const { id } of client.models.list()) ids.push(id)
    expect(ids).toEqual([model])
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, object: 'model' })
  })

  it('completes', async () => {
    const client = await connect({ 'def add(a, b):': '\n    return a + b' })
    const completion = await client.completions.create({ model, prompt: 'def add(a, b):' })
    expect(completion.choices[0]).toMatchObject({ text: '\n    return a + b', finish_reason: 'stop' })
    expect(completion.usage).toMatchObject({ prompt_tokens: 14, completion_tokens: 4, total_tokens: 18 })
  })

  it('fills in the middle by suffix', async () => {
    const client = await connect({ 'return █\n}': 'a + b' })
    const completion = await client.completions.create({ model, prompt: 'return ', suffix: '\n}' })
    expect(completion.choices[0]!.text).toBe('a + b')
  })

  it('streams, with the usage last', async () => {
    const client = await connect({ p: 'one two three' })
    const stream = await client.completions.create({
      model,
      prompt: 'p',
      stream: true,
      stream_options: { include_usage: true },
    })
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    expect(chunks.map(({ choices }) => choices[0]?.text)).toEqual(['one', ' two', ' three', '', undefined])
    expect(chunks.at(-2)!.choices[0]!.finish_reason).toBe('stop')
    expect(chunks.at(-1)!.usage!.total_tokens).toBe(4)
  })

  it('streams several choices, told apart by their index', async () => {
    const client = await connect(({ sampling }) => `seed ${sampling.seed}`)
    const request = { model, prompt: 'p', n: 3, seed: 11 }
    const whole = await client.completions.create(request)
    const texts = ['', '', '']
    for await (const { choices } of await client.completions.create({ ...request, stream: true }))
      for (const { index, text } of choices) texts[index] += text
    expect(texts).toEqual(whole.choices.map(({ text }) => text))
    expect(new Set(texts).size).toBe(3)
  })

  it('reads log-probabilities, with the prompt’s where it echoes', async () => {
    const top = [{ id: 900, text: 'y', logprob: -0.25 }]
    const client = await connect({ ab: { tokens: [{ text: 'x', logprob: -2, top }] } })
    const { choices } = await client.completions.create({ model, prompt: 'ab', logprobs: 1, echo: true })
    expect(choices[0]).toMatchObject({
      text: 'abx',
      logprobs: {
        tokens: ['a', 'b', 'x'],
        token_logprobs: [null, -0.5, -2],
        top_logprobs: [null, { b: -0.5 }, { y: -0.25, x: -2 }],
        text_offset: [0, 1, 2],
      },
    })
  })

  it('stops at stop strings, gives the best of several, and repeats itself for the same seed', async () => {
    const client = await connect(({ sampling }) => ({
      tokens: [`${sampling.seed}`, { text: ' and more', logprob: sampling.seed / -1e9 }],
    }))
    const request = { model, prompt: 'p', seed: 3, n: 2, best_of: 6, stop: ' more' }
    const first = await client.completions.create(request)
    const seeds = first.choices.map(({ text }) => Number.parseInt(text, 10))
    expect(seeds).toEqual(seeds.toSorted((a, b) => a - b))
    expect(first.choices[0]!.text).toMatch(/^\d+ and$/)
    const second = await client.completions.create(request)
    expect(second.choices).toEqual(first.choices)
  })

  it('aborts in mid-stream, and the engine stops', async () => {
    const client = await connect(slow)
    const stream = await client.completions.create({ model, prompt: 'p', max_tokens: 500, stream: true })
    let count = 0
    for await (const _ of stream) if (++count === 2) stream.controller.abort()
    expect(count).toBe(2)
    await expect.poll(() => engine.requests[0]!.signal!.aborted).toBe(true)
  })

  it('aborts a request that is not streamed, and the engine stops', async () => {
    const client = await connect(slow)
    const controller = new AbortController()
    const answer = client.completions.create({ model, prompt: 'p', n: 2 }, { signal: controller.signal })
    await expect.poll(() => engine.requests.length).toBe(2)
    controller.abort()
    await expect(answer).rejects.toBeInstanceOf(APIUserAbortError)
    await expect.poll(() => engine.requests.map(({ signal }) => signal!.aborted)).toEqual([true, true])
  })

  it('throws its own classes of errors', async () => {
    const client = await connect({
      dead: { tokens: [], failure: new EngineError('died', 'The engine died.') },
    })
    const create = (body: object) => client.completions.create({ model, prompt: 'p', ...body })
    await expect(create({ max_tokens: -1 })).rejects.toBeInstanceOf(BadRequestError)
    await expect(create({ max_tokens: -1 })).rejects.toMatchObject({
      status: 400,
      param: 'max_tokens',
      code: 'invalid_value',
      type: 'invalid_request_error',
    })
    await expect(create({ user: 'someone' })).rejects.toMatchObject({ status: 400, param: 'user' })
    await expect(create({ model: 'gpt-4' })).rejects.toBeInstanceOf(NotFoundError)
    await expect(client.models.retrieve('gpt-4')).rejects.toBeInstanceOf(NotFoundError)
    await expect(create({ prompt: 'dead' })).rejects.toBeInstanceOf(InternalServerError)
    const stranger = new OpenAI({ apiKey: 'wrong', baseURL: client.baseURL, maxRetries: 0 })
    await expect(stranger.models.list()).rejects.toBeInstanceOf(AuthenticationError)
  })

  it('throws the error that happens in mid-stream', async () => {
    const failure = new EngineError('died', 'The engine died while it answered.')
    const client = await connect({ p: { tokens: ['one'], failure } })
    const texts: string[] = []
    const reading = (async () => {
      for await (const { choices } of await client.completions.create({ model, prompt: 'p', stream: true }))
        texts.push(choices[0]!.text)
    })()
    const error: unknown = await reading.catch((thrown) => thrown)
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({ message: expect.stringContaining('The engine died while it answered.') })
    expect(texts).toEqual(['one'])
  })
})

describe('a server that shuts down', () => {
  it('lets a request in flight end, and refuses new ones', async () => {
    const client = await connect(slow)
    const answer = client.completions.create({ model, prompt: 'p', max_tokens: 4 })
    await expect.poll(() => engine.requests.length).toBe(1)
    const down = server!.shutdown()
    expect((await answer).choices[0]!.text).toBe(' 0 1 2 3')
    await down
    await expect(client.models.list()).rejects.toBeInstanceOf(APIConnectionError)
  })

  it('cancels what does not end in time, and says so', async () => {
    const client = await connect(slow)
    const answer = client.completions.create({ model, prompt: 'p' })
    const stream = await client.completions.create({ model, prompt: 'p', stream: true })
    const reading = (async () => {
      for await (const _ of stream);
    })()
    const down = server!.shutdown(20)
    await expect(answer).rejects.toMatchObject({ status: 503, code: 'cancelled' })
    await expect(reading).rejects.toThrow('cancelled')
    await down
    expect(engine.requests.every(({ signal }) => signal!.aborted)).toBe(true)
  })
})

describe('with a real, untrained model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-openai-'))
  let llama: LlamaEngine
  let real: UnderstudyServer
  let client: OpenAI

  beforeAll(async () => {
    const modelPath = join(folder, 'tiny.gguf')
    await writeRandomModel(modelPath, { vocabulary: testVocabulary(), seed: 1 })
    llama = await createLlamaEngine({ modelPath, name: 'tiny', gpu: false })
    real = await createServer({ catalogue: engineCatalogue([llama]), token: 'secret' })
    const url = await listen(real.app, { host: '127.0.0.1', port: 0 })
    client = new OpenAI({ apiKey: 'secret', baseURL: `${url}/v1`, maxRetries: 0 })
  })

  afterAll(async () => {
    await real.shutdown(0)
    rmSync(folder, { recursive: true })
  })

  type Fields = Partial<OpenAI.CompletionCreateParamsNonStreaming> & {
    top_k?: number
    min_p?: number
    repetition_penalty?: number
  }
  const usual = { model: 'tiny', prompt: 'const a = 1', max_tokens: 24, seed: 7, temperature: 1.2 }
  const ask = async (fields: Fields = {}) => {
    const { choices } = await client.completions.create({ ...usual, ...fields })
    return choices
  }

  it('gives the same answer for the same seed', async () => {
    expect(await ask()).toEqual(await ask())
    expect((await ask())[0]!.text).not.toBe('')
  })

  it.each<[Fields]>([
    [{ prompt: 'const b = 1' }],
    [{ prompt: [70, 71] }],
    [{ suffix: ' + 2' }],
    [{ max_tokens: 3 }],
    [{ temperature: 0 }],
    [{ top_p: 0.2 }],
    [{ top_k: 1 }],
    [{ min_p: 0.9 }],
    [{ n: 2 }],
    [{ best_of: 8 }],
    [{ echo: true }],
    [{ logprobs: 2 }],
    [{ seed: 8 }],
    [{ presence_penalty: 2 }],
    [{ frequency_penalty: 2 }],
    [{ repetition_penalty: 3 }],
  ])('%j changes the output', async (fields) => {
    expect(await ask(fields)).not.toEqual(await ask())
  })

  it('leaves a token out that logit_bias bans, and stops at a stop string', async () => {
    const text = (await ask({ temperature: 0 }))[0]!.text
    const [first] = text
    const ids = await llama.tokenize(first!)
    const banned = Object.fromEntries(ids.map((id) => [id, -100]))
    expect((await ask({ temperature: 0, logit_bias: banned }))[0]!.text).not.toBe(text)
    const middle = text.slice(4, 6)
    const stopped = (await ask({ temperature: 0, stop: [middle] }))[0]!
    expect(stopped).toMatchObject({ text: text.slice(0, text.indexOf(middle)), finish_reason: 'stop' })
  })

  it('reads special tokens in text as text, and as ids as themselves', async () => {
    const count = async (prompt: string | number[]) => {
      const completion = await client.completions.create({ ...usual, prompt, max_tokens: 1 })
      return completion.usage!.prompt_tokens
    }
    expect(await count('<|fim_middle|>')).toBeGreaterThan(3)
    expect(await count([3])).toBe(1)
  })

  it('gives the tokens of a stream their text, log-probabilities and places', async () => {
    const [whole] = await ask({ logprobs: 3, temperature: 0 })
    const texts: string[] = []
    const logprobs: number[] = []
    const stream = await client.completions.create({ ...usual, logprobs: 3, temperature: 0, stream: true })
    for await (const { choices } of stream) {
      texts.push(choices[0]!.text)
      logprobs.push(...(choices[0]!.logprobs?.token_logprobs ?? []))
    }
    expect(texts.join('')).toBe(whole!.text)
    expect(logprobs).toEqual(whole!.logprobs!.token_logprobs)
    expect(whole!.logprobs!.tokens!.join('')).toBe(whole!.text)
    for (const top of whole!.logprobs!.top_logprobs!)
      expect(Object.keys(top).length).toBeGreaterThanOrEqual(3)
  })

  it('does not read a prompt twice that is still cached', async () => {
    const request = { ...usual, prompt: 'export function sum(list) { return', max_tokens: 2 }
    await client.completions.create(request)
    const { usage } = await client.completions.create(request)
    expect(usage!.prompt_tokens_details!.cached_tokens).toBe(usage!.prompt_tokens - 1)
  })

  it('says that the engine’s process was killed, and works again for the next request', async () => {
    const endless = { max_tokens: 450, n: 4, logit_bias: { '0': -100 }, stream: true } as const
    const reading = (async () => {
      for await (const { choices } of await client.completions.create({ ...usual, ...endless }))
        if (choices[0]!.text !== '' && llama.pid !== undefined) process.kill(llama.pid, 'SIGKILL')
    })()
    await expect(reading).rejects.toMatchObject({ code: 'engine_died' })
    expect(await ask()).toHaveLength(1)
  })
})
