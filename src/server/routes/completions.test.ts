import { describe, expect, it } from 'vitest'
import {
  type Completion,
  type CompletionRequest,
  createEventParser,
  type ErrorBody,
} from '../../api/index.ts'
import {
  createScriptedEngine,
  EngineError,
  type Script,
  type ScriptedEngine,
  type ScriptedEngineOptions,
} from '../../inference/index.ts'
import { createServer, engineCatalogue } from '../index.ts'

/** The reply to a request body, sent in process. */
async function post(engine: ScriptedEngine, body: object) {
  const { app } = await createServer({ catalogue: engineCatalogue([engine]), token: 'token' })
  const headers = { host: 'localhost', authorization: 'Bearer token' }
  return await app.inject({ method: 'POST', url: '/v1/completions', headers, payload: body })
}

type Body = Partial<CompletionRequest> & Record<string, unknown>

async function complete(script: Script, body: Body, options?: ScriptedEngineOptions): Promise<Completion> {
  const response = await post(createScriptedEngine(script, options), {
    model: 'scripted',
    prompt: 'p',
    ...body,
  })
  expect(response.json()).not.toHaveProperty('error')
  return response.json()
}

async function refusal(
  body: Body,
  options?: ScriptedEngineOptions,
): Promise<{ status: number } & ErrorBody['error']> {
  const response = await post(createScriptedEngine('*' as never, options), {
    model: 'scripted',
    prompt: 'p',
    ...body,
  })
  return { status: response.statusCode, ...response.json<ErrorBody>().error }
}

/** The data of a stream's events, `[DONE]` and errors as they are. */
async function stream(script: Script, body: Body, engine = createScriptedEngine(script)) {
  const response = await post(engine, { model: 'scripted', prompt: 'p', stream: true, ...body })
  expect(response.headers['content-type']).toMatch(/^text\/event-stream/)
  const events = createEventParser()(response.body)
  const chunks = events.filter(({ data, event }) => data !== '[DONE]' && event === 'message')
  return {
    events,
    chunks: chunks.map(({ data }): Completion => JSON.parse(data)),
    done: events.at(-1)?.data === '[DONE]',
  }
}

const textsOf = ({ choices }: Completion) => choices.map(({ text }) => text)
const token = (text: string, logprob: number) => ({ text, logprob })

describe('POST /v1/completions', () => {
  it('answers in OpenAI’s form', async () => {
    const completion = await complete({ p: 'one two' }, {})
    expect(completion).toEqual({
      id: expect.stringMatching(/^cmpl-[0-9a-f]{24}$/),
      object: 'text_completion',
      created: expect.closeTo(Date.now() / 1000, -2),
      model: 'scripted',
      choices: [{ text: 'one two', index: 0, logprobs: null, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 1,
        completion_tokens: 2,
        total_tokens: 3,
        prompt_tokens_details: { cached_tokens: 0 },
      },
    })
  })

  it('takes a string, strings, token ids and lists of them', async () => {
    const script = { a: 'A', b: 'B', ab: 'AB' }
    expect(textsOf(await complete(script, { prompt: 'ab' }))).toEqual(['AB'])
    expect(textsOf(await complete(script, { prompt: ['a', 'b'] }))).toEqual(['A', 'B'])
    expect(textsOf(await complete(script, { prompt: [97, 98] }))).toEqual(['AB'])
    expect(textsOf(await complete(script, { prompt: [[97], [98]] }))).toEqual(['A', 'B'])
  })

  it('fills in the middle where there is a suffix, even an empty one', async () => {
    const script = { 'a█b': 'infilled', 'a█': 'at the end', a: 'continued' }
    expect(textsOf(await complete(script, { prompt: 'a', suffix: 'b' }))).toEqual(['infilled'])
    expect(textsOf(await complete(script, { prompt: 'a', suffix: '' }))).toEqual(['at the end'])
    expect(textsOf(await complete(script, { prompt: 'a', suffix: null }))).toEqual(['continued'])
  })

  it('has OpenAI’s defaults', async () => {
    const engine = createScriptedEngine({ '*': 'x' })
    await post(engine, { model: 'scripted', prompt: 'p' })
    expect(engine.requests[0]).toMatchObject({
      maxTokens: 16,
      stop: [],
      topLogprobs: 0,
      sampling: {
        temperature: 1,
        topP: 1,
        topK: 0,
        minP: 0,
        repetitionPenalty: 1,
        frequencyPenalty: 0,
        presencePenalty: 0,
        logitBias: {},
      },
    })
  })

  it.each([
    [{ temperature: 0.3 }, { temperature: 0.3 }],
    [{ top_p: 0.4 }, { topP: 0.4 }],
    [{ top_k: 7 }, { topK: 7 }],
    [{ min_p: 0.05 }, { minP: 0.05 }],
    [{ repetition_penalty: 1.2 }, { repetitionPenalty: 1.2 }],
    [{ frequency_penalty: -0.5 }, { frequencyPenalty: -0.5 }],
    [{ presence_penalty: 1.5 }, { presencePenalty: 1.5 }],
    [{ logit_bias: { '65': -100 } }, { logitBias: { '65': -100 } }],
    [{ seed: 42 }, { seed: 42 }],
  ])('hands %j to the engine', async (body, sampling) => {
    const completion = await complete(({ sampling }) => JSON.stringify(sampling), { max_tokens: 99, ...body })
    expect(JSON.parse(completion.choices[0]!.text)).toMatchObject(sampling)
  })

  it('ends at max_tokens, and at a stop string, which it leaves out', async () => {
    const script = { p: 'one two three four' }
    expect((await complete(script, { max_tokens: 2 })).choices[0]).toMatchObject({
      text: 'one two',
      finish_reason: 'length',
    })
    expect((await complete(script, { stop: ' th' })).choices[0]).toMatchObject({
      text: 'one two',
      finish_reason: 'stop',
    })
    expect((await complete(script, { stop: ['four', ' two'] })).choices[0]).toMatchObject({ text: 'one' })
  })

  it('gives n choices for each prompt, in the order of the prompts, each with a seed of its own', async () => {
    const script: Script = ({ prompt, sampling }) =>
      `${prompt.kind === 'text' && prompt.text} ${sampling.seed}`
    const completion = await complete(script, { prompt: ['a', 'b'], n: 2, seed: 5 })
    expect(completion.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3])
    const [a0, a1, b0, b1] = textsOf(completion)
    expect([a0, b0]).toEqual(['a 5', 'b 5'])
    expect(a1).not.toBe(a0)
    expect(b1).toBe(a1!.replace('a', 'b'))
    const alone = await complete(script, { prompt: 'b', n: 2, seed: 5 })
    expect(textsOf(alone)).toEqual([b0, b1])
  })

  it('returns the likeliest of best_of, and counts all in the usage', async () => {
    const replies = [[token('bad', -3)], [token('best', -0.1), token('!', -0.3)], [], [token('good', -1)]]
    let next = 0
    const completion = await complete(() => ({ tokens: replies[next++]! }), { n: 2, best_of: 4 })
    expect(textsOf(completion)).toEqual(['best!', 'good'])
    expect(completion.choices.map(({ index }) => index)).toEqual([0, 1])
    expect(completion.usage).toMatchObject({ prompt_tokens: 1, completion_tokens: 4 })
  })

  it('lists log-probabilities with offsets from the start of the prompt', async () => {
    const top = [{ id: 300, text: 'y', logprob: -0.2 }]
    const script = { héllo: { tokens: [{ text: 'x', logprob: -2, top }, token('z', -1)] } }
    const asked = await complete(script, { prompt: 'héllo', logprobs: 1 })
    expect(asked.choices[0]!.logprobs).toEqual({
      tokens: ['x', 'z'],
      token_logprobs: [-2, -1],
      top_logprobs: [{ y: -0.2, x: -2 }, { z: -1 }],
      text_offset: [5, 6],
    })
    const sampledOnly = await complete(script, { prompt: 'héllo', logprobs: 0 })
    expect(sampledOnly.choices[0]!.logprobs!.top_logprobs).toEqual([{ x: -2 }, { z: -1 }])
    expect((await complete(script, { prompt: 'héllo' })).choices[0]!.logprobs).toBeNull()
  })

  it('echoes the prompt, and scores it where log-probabilities are asked for', async () => {
    const script = { ab: { tokens: [token('c', -1)] } }
    expect(textsOf(await complete(script, { prompt: 'ab', echo: true }))).toEqual(['abc'])
    expect(textsOf(await complete(script, { prompt: [97, 98], echo: true }))).toEqual(['abc'])
    const options = { promptLogprob: (id: number) => -id }
    const scored = await complete(script, { prompt: 'ab', echo: true, logprobs: 1 }, options)
    expect(scored.choices[0]!.logprobs).toEqual({
      tokens: ['a', 'b', 'c'],
      token_logprobs: [null, -98, -1],
      top_logprobs: [null, { b: -98 }, { c: -1 }],
      text_offset: [0, 1, 2],
    })
    const only = await complete({}, { prompt: 'ab', echo: true, logprobs: 1, max_tokens: 0 }, options)
    expect(only.choices[0]).toMatchObject({
      text: 'ab',
      finish_reason: 'length',
      logprobs: { token_logprobs: [null, -98] },
    })
    expect(only.usage).toMatchObject({ prompt_tokens: 2, completion_tokens: 0 })
  })

  it('tells how much of the prompt was still cached', async () => {
    const { usage } = await complete({ p: { tokens: ['x'], cachedTokens: 1 } }, {})
    expect(usage!.prompt_tokens_details!.cached_tokens).toBe(1)
  })
})

describe('POST /v1/completions refuses', () => {
  it.each<[Body, number, string, string]>([
    [{ model: 'gpt' }, 404, 'model', 'model_not_found'],
    [{ model: 7 as never }, 400, 'model', 'invalid_value'],
    [{ prompt: undefined as never }, 400, 'prompt', 'invalid_value'],
    [{ prompt: [] }, 400, 'prompt', 'invalid_value'],
    [{ prompt: ['a', 1] as never }, 400, 'prompt', 'invalid_value'],
    [{ prompt: [4096] }, 400, 'prompt', 'invalid_value'],
    [{ prompt: [-1] }, 400, 'prompt.0', 'invalid_value'],
    [{ prompt: 'x'.repeat(1009) }, 400, 'prompt', 'context_length_exceeded'],
    [{ suffix: 'x'.repeat(1009) }, 400, 'prompt', 'context_length_exceeded'],
    [{ prompt: [97], suffix: 'x' }, 400, 'suffix', 'invalid_value'],
    [{ max_tokens: -1 }, 400, 'max_tokens', 'invalid_value'],
    [{ max_tokens: 1.5 }, 400, 'max_tokens', 'invalid_value'],
    [{ max_tokens: '5' as never }, 400, 'max_tokens', 'invalid_value'],
    [{ temperature: 2.1 }, 400, 'temperature', 'invalid_value'],
    [{ top_p: -0.1 }, 400, 'top_p', 'invalid_value'],
    [{ top_k: -1 }, 400, 'top_k', 'invalid_value'],
    [{ min_p: 2 }, 400, 'min_p', 'invalid_value'],
    [{ repetition_penalty: 0 }, 400, 'repetition_penalty', 'invalid_value'],
    [{ presence_penalty: 3 }, 400, 'presence_penalty', 'invalid_value'],
    [{ frequency_penalty: -3 }, 400, 'frequency_penalty', 'invalid_value'],
    [{ n: 0 }, 400, 'n', 'invalid_value'],
    [{ n: 129 }, 400, 'n', 'invalid_value'],
    [{ n: 65, prompt: ['a', 'b'] }, 400, 'n', 'invalid_value'],
    [{ n: 2, best_of: 1 }, 400, 'best_of', 'invalid_value'],
    [{ best_of: 2, stream: true }, 400, 'best_of', 'invalid_value'],
    [{ echo: true, suffix: 'x' }, 400, 'echo', 'invalid_value'],
    [{ logprobs: -1 }, 400, 'logprobs', 'invalid_value'],
    [{ logprobs: 21 }, 400, 'logprobs', 'invalid_value'],
    [{ stop: '' }, 400, 'stop', 'invalid_value'],
    [{ stop: Array.from({ length: 17 }, String) }, 400, 'stop', 'invalid_value'],
    [{ logit_bias: { x: 1 } }, 400, 'logit_bias.x', 'invalid_value'],
    [{ logit_bias: { '1': 101 } }, 400, 'logit_bias.1', 'invalid_value'],
    [{ logit_bias: { '4096': 1 } }, 400, 'logit_bias', 'invalid_value'],
    [{ seed: 1.5 }, 400, 'seed', 'invalid_value'],
    [{ stream: 'yes' as never }, 400, 'stream', 'invalid_value'],
    [{ stream_options: { include_usage: true } }, 400, 'stream_options', 'invalid_value'],
    [
      { stream: true, stream_options: { include_obfuscation: true } as never },
      400,
      'stream_options.include_obfuscation',
      'unknown_parameter',
    ],
    [{ user: 'someone' }, 400, 'user', 'unknown_parameter'],
    [{ frequency_penality: 1 }, 400, 'frequency_penality', 'unknown_parameter'],
    [{ toString: 1 }, 400, 'toString', 'unknown_parameter'],
  ])('%j', async (body, status, param, code) => {
    const error = await refusal(body)
    expect(error).toMatchObject({ status, param, code, type: 'invalid_request_error' })
    expect(error.message).toMatch(/^[A-Za-z].{10,300}[.a-z]$/)
  })

  it('a suffix for a model without infilling', async () => {
    expect(await refusal({ suffix: 'x' }, { infill: false })).toMatchObject({
      status: 400,
      param: 'suffix',
      code: 'unsupported_value',
    })
  })

  it.each([
    ['died', 503],
    ['overloaded', 503],
    ['loading', 503],
    ['upstream', 502],
    ['invalid', 400],
    ['unsupported', 400],
  ] as const)('with the engine’s own words when it has %s', async (kind, status) => {
    const failing = createScriptedEngine({ p: { tokens: [], failure: new EngineError(kind, 'It is so.') } })
    for (const stream of [false, true]) {
      const response = await post(failing, { model: 'scripted', prompt: 'p', stream })
      expect(response.statusCode).toBe(status)
      expect(response.json()).toMatchObject({ error: { message: 'It is so.', code: `engine_${kind}` } })
    }
  })
})

describe('POST /v1/completions, streamed', () => {
  it('sends each token as a chunk, then the reason it ended, then [DONE]', async () => {
    const { chunks, done } = await stream({ p: 'one two' }, {})
    expect(chunks.map(({ choices }) => choices[0])).toEqual([
      { text: 'one', index: 0, logprobs: null, finish_reason: null },
      { text: ' two', index: 0, logprobs: null, finish_reason: null },
      { text: '', index: 0, logprobs: null, finish_reason: 'stop' },
    ])
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
    expect(chunks[0]).not.toHaveProperty('usage')
    expect(done).toBe(true)
  })

  it('ends with the usage where it is asked for', async () => {
    const { chunks } = await stream({ p: 'one two' }, { stream_options: { include_usage: true } })
    expect(chunks.map(({ usage }) => usage?.total_tokens ?? null)).toEqual([null, null, null, 3])
    expect(chunks.at(-1)!.choices).toEqual([])
  })

  it.each<[Body]>([
    [{ n: 3, seed: 1, prompt: ['a', 'bb'], echo: true, logprobs: 2 }],
    [{ n: 2, seed: 9, max_tokens: 1 }],
    [{ prompt: 'a', suffix: 'b', stop: ' ', logprobs: 0 }],
    [{ prompt: ['a', 'b'], max_tokens: 0, echo: true, logprobs: 1 }],
  ])('carries what the whole answer does: %j', async (body) => {
    const script: Script = ({ prompt, sampling }) => `${JSON.stringify(prompt)} seed ${sampling.seed}`
    const whole = await complete(script, body)
    const { chunks } = await stream(script, { ...body, stream_options: { include_usage: true } })
    const joined = whole.choices.map(({ index }) => {
      const parts = chunks.flatMap(({ choices }) => choices.filter((choice) => choice.index === index))
      const logs = parts.flatMap(({ logprobs }) => logprobs ?? [])
      return {
        text: parts.map(({ text }) => text).join(''),
        index,
        logprobs:
          typeof body.logprobs === 'number'
            ? {
                tokens: logs.flatMap(({ tokens }) => tokens),
                token_logprobs: logs.flatMap(({ token_logprobs }) => token_logprobs),
                top_logprobs: logs.flatMap(({ top_logprobs }) => top_logprobs),
                text_offset: logs.flatMap(({ text_offset }) => text_offset),
              }
            : null,
        finish_reason: parts.at(-1)!.finish_reason,
      }
    })
    expect(joined).toEqual(whole.choices)
    expect(chunks.at(-1)!.usage).toEqual(whole.usage)
  })

  it('sends an error event without [DONE] when the engine dies on the way', async () => {
    const failure = new EngineError('died', 'The engine died.')
    const { events, chunks, done } = await stream({ p: { tokens: ['one'], failure } }, {})
    expect(chunks.map(textsOf)).toEqual([['one']])
    expect(events.at(-1)!.event).toBe('error')
    expect(JSON.parse(events.at(-1)!.data)).toMatchObject({
      error: { message: 'The engine died.', type: 'server_error' },
    })
    expect(done).toBe(false)
  })
})
