import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../problem.ts'
import { type DrawOptions, drawSamples } from './draw.ts'
import type { Sample } from './sample.ts'
import { firstSeed } from './seed.ts'
import { openRemote } from './subject.ts'
import {
  type Answer,
  completionOf,
  refusal,
  seedsOf,
  startTestServer,
  type TestServer,
} from './test-server.ts'

const problem = (id: string, more: Partial<Problem> = {}): Problem => ({
  id,
  language: 'python',
  prompt: { kind: 'prefix', text: `# ${id}\n` },
  stops: [],
  maxTokens: 50,
  ...more,
})

type Change = Partial<Omit<DrawOptions, 'source' | 'sampling'>> & {
  n?: number
  perRequest?: number
  inFlight?: number
}

/** Draws from these servers; the samples by problem and index. */
async function draw(servers: TestServer | TestServer[], change: Change = {}): Promise<Sample[]> {
  const { n = 5, perRequest = 3, inFlight = 2, ...options } = change
  const samples: Sample[] = []
  await drawSamples({
    source: {
      subject: { name: 'test', identity: 'test' },
      servers: [servers].flat().map(({ url }) => ({ baseUrl: url })),
      modelName: 'test',
      inFlight,
      perRequest,
      logprobs: 1,
    },
    sampling: { n, temperature: 0.2, topP: 0.95, seed: 1 },
    problems: [problem('a'), problem('b')],
    has: () => false,
    retryDelays: [1, 1],
    onSamples: (added) => samples.push(...added),
    ...options,
  })
  return samples.toSorted((a, b) =>
    a.problem < b.problem ? -1 : a.problem > b.problem ? 1 : a.index - b.index,
  )
}

const failure = (drawn: Promise<unknown>) =>
  drawn.then(
    () => expect.unreachable('It was to fail.'),
    (error: { message: string; hint?: string }) => `${error.message} ${error.hint}`,
  )

describe('seeds', () => {
  it('are below 2^31, and those of a problem follow one another', async () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (seed, id) => {
        const first = firstSeed(seed, id)
        expect(Number.isInteger(first) && first >= 0 && first < 2 ** 31).toBe(true)
      }),
    )
    expect(firstSeed(1, 'a')).not.toBe(firstSeed(2, 'a'))
    expect(firstSeed(1, 'a')).not.toBe(firstSeed(1, 'b'))
  })

  it('make the same samples, however they are put into requests', async () => {
    await using server = await startTestServer(seedsOf)
    const one = await draw(server, { perRequest: 1, inFlight: 1 })
    expect(one).toHaveLength(10)
    expect(one.map(({ completion }) => completion)).toEqual(
      ['a', 'b'].flatMap((id) => [0, 1, 2, 3, 4].map((index) => `${firstSeed(1, id) + index}`)),
    )
    expect(one[6]).toMatchObject({ problem: 'b', index: 1, seed: firstSeed(1, 'b') + 1 })
    expect(await draw(server, { perRequest: 4 })).toEqual(one)
    const has = (id: string, index: number) => id === 'a' && index % 2 === 0
    expect(await draw(server, { has })).toEqual(one.filter(({ problem, index }) => !has(problem, index)))
  })
})

describe('a request', () => {
  it('says what the problem and the sampling say', async () => {
    await using server = await startTestServer(seedsOf)
    const infill: Problem = problem('i', {
      prompt: { kind: 'infill', prefix: 'a = ', suffix: '\n' },
      stops: ['x', 'y'],
    })
    await draw(server, { problems: [infill], n: 2 })
    expect(server.requests).toEqual([
      {
        model: 'test',
        prompt: 'a = ',
        suffix: '\n',
        max_tokens: 50,
        temperature: 0.2,
        top_p: 0.95,
        n: 2,
        seed: firstSeed(1, 'i'),
        stop: ['x', 'y'],
        logprobs: 1,
        stream: false,
      },
    ])
  })

  it('reads tokens, mean log-probability and the reason of the end', async () => {
    const logprobs = { tokens: ['a', 'b'], token_logprobs: [-1, -2], top_logprobs: null, text_offset: [0, 1] }
    await using server = await startTestServer(() =>
      completionOf(['ab'], { logprobs, finish_reason: 'length' }),
    )
    const [sample] = await draw(server, { n: 1 })
    expect(sample).toMatchObject({ completion: 'ab', tokens: 2, meanLogprob: -1.5, finish: 'length' })
  })

  it('cuts itself where the server takes no more than four stops, and counts nothing behind the cut', async () => {
    const tokens = ['a', '\n', 'E', 'c']
    const logprobs = {
      tokens,
      token_logprobs: [-1, -2, -9, -9],
      top_logprobs: null,
      text_offset: [0, 1, 2, 3],
    }
    await using server = await startTestServer(({ stop }) =>
      (stop?.length ?? 0) > 4
        ? refusal(400, 'must be a list of 1 to 4', { param: 'stop' })
        : completionOf(['a\nEc'], { logprobs, finish_reason: 'length' }),
    )
    const [sample] = await draw(server, {
      problems: [problem('a', { stops: ['A', 'B', 'C', 'D', '\nE'] })],
      n: 1,
    })
    expect(sample).toMatchObject({ completion: 'a', tokens: 1, meanLogprob: -1, finish: 'stop' })
    expect(server.requests.map(({ stop }) => stop?.length)).toEqual([5, 4])
  })

  it('does without log-probabilities, and without several choices, where they are refused', async () => {
    await using server = await startTestServer((request) => {
      if (typeof request.logprobs === 'number') return refusal(400, 'logprobs are not supported')
      if ((request.n ?? 1) > 1) return refusal(422, 'only one', { param: 'n' })
      return seedsOf(request)
    })
    const samples = await draw(server, { inFlight: 1 })
    expect(samples).toHaveLength(10)
    expect(samples[0]?.meanLogprob).toBeUndefined()
    expect(server.requests).toHaveLength(12)
  })

  it.each([
    'The model m has a context of 64 tokens, but 100 were requested (24 in the prompt, 50 for the completion).',
    "This model's maximum context length is 64 tokens. However, you requested 74 tokens (24 in the messages, 50 in the completion).",
    "This model's maximum context length is 64 tokens, however you requested 74 tokens (24 in your prompt; 50 for the completion).",
  ])('asks for what the prompt leaves of the window: %s', async (message) => {
    await using server = await startTestServer((request) =>
      (request.max_tokens ?? 0) > 40 ? refusal(400, message) : seedsOf(request),
    )
    expect(await draw(server, { n: 1 })).toHaveLength(2)
    expect(new Set(server.requests.map(({ max_tokens }) => max_tokens))).toEqual(new Set([50, 40]))
  })

  it('asks for less and less where the room is not told, and gives up a prompt that fills the window', async () => {
    await using server = await startTestServer((request) =>
      request.prompt === '# a\n' || (request.max_tokens ?? 0) > 10
        ? refusal(400, 'too long', { code: 'context_length_exceeded' })
        : seedsOf(request),
    )
    const samples = await draw(server, { n: 1, inFlight: 1 })
    expect(samples).toMatchObject([
      { problem: 'a', completion: '', tokens: 0, finish: 'length' },
      { problem: 'b', completion: `${firstSeed(1, 'b')}` },
    ])
    expect(server.requests.map(({ max_tokens }) => max_tokens)).toEqual([50, 25, 12, 6, 3, 1, 50, 25, 12, 6])
  })
})

describe('log-probabilities', () => {
  it('are asked for only of the samples that are ranked, and the others come by requests of their own', async () => {
    await using server = await startTestServer(seedsOf)
    const samples = await draw(server, { n: 7, ranked: 2, problems: [problem('a')], inFlight: 1 })
    expect(samples.map(({ completion, seed }) => Number(completion) === seed)).toEqual(Array(7).fill(true))
    expect(server.requests.map(({ n, logprobs }) => [n, logprobs])).toEqual([
      [2, 1],
      [3, undefined],
      [2, undefined],
    ])
  })
})

describe('an answer', () => {
  it('may have fewer choices than were asked for', async () => {
    await using server = await startTestServer((request) =>
      seedsOf({ ...request, n: Math.min(request.n ?? 1, 2) }),
    )
    const samples = await draw(server, { perRequest: 5 })
    expect(samples.map(({ completion, seed }) => Number(completion) === seed)).toEqual(Array(10).fill(true))
  })

  it('may have them in any order, and more', async () => {
    await using server = await startTestServer(() => {
      const answer = completionOf(['0', '1', '2', '3']) as { choices: object[] }
      return { ...answer, choices: answer.choices.toReversed() }
    })
    const samples = await draw(server, { n: 3 })
    expect(samples.map(({ completion }) => completion)).toEqual(['0', '1', '2', '0', '1', '2'])
  })

  it('without any choice ends the run', async () => {
    await using server = await startTestServer(() => completionOf([]))
    expect(await failure(draw(server))).toMatch('without any completion')
  })

  it('keeps NUL bytes and lone surrogates', async () => {
    const odd = 'a\0b\ud800c\u2028'
    await using server = await startTestServer(() => completionOf([odd]))
    expect((await draw(server, { n: 1 }))[0]?.completion).toBe(odd)
  })
})

describe('a server that fails', () => {
  const html: Answer = (response) => response.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>')

  it.each<[string, Answer, string]>([
    ['answers a page', html, "does not speak OpenAI's completions"],
    ['refuses the token', refusal(401, 'no'), 'does not accept the token. Give its token with --token'],
    ['does not know the model', refusal(404, 'There is no model x.'), 'refused: There is no model x.'],
    ['fails again and again', refusal(500, 'boom'), 'failed: boom Look at its log; the same command goes on'],
    ['is always busy', refusal(429, 'slow down'), 'failed: slow down'],
    ['breaks off', (response) => response.socket?.destroy(), 'No server answers at'],
    [
      'breaks off in its answer',
      (response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('{"id":')
        setImmediate(() => response.socket?.destroy())
      },
      'No server answers at',
    ],
  ])('%s is told in a sentence', async (_, answer, sentence) => {
    await using server = await startTestServer(() => answer)
    expect(await failure(draw(server, { inFlight: 1 }))).toMatch(sentence)
    expect(server.requests.length).toBe(/failed|No server/.test(sentence) ? 3 : 1)
  })

  it('is asked again where it failed in passing', async () => {
    await using server = await startTestServer((request, number) =>
      number <= 2 ? refusal(503, 'starting') : seedsOf(request),
    )
    expect(await draw(server, { inFlight: 1 })).toHaveLength(10)
  })

  it('by silence is left after its time', async () => {
    await using server = await startTestServer(() => () => {})
    expect(await failure(draw(server, { timeout: 0.05, retryDelays: [] }))).toMatch(
      'did not answer within 0.05 s',
    )
  })

  it('for good leaves its work to another', async () => {
    await using failing = await startTestServer((request, number) =>
      number > 1 ? refusal(500, 'out of memory') : seedsOf(request),
    )
    await using working = await startTestServer(seedsOf)
    const lost: string[] = []
    const samples = await draw([failing, working], { n: 40, onServerLost: (message) => lost.push(message) })
    expect(samples.map(({ completion, seed }) => Number(completion) === seed)).toEqual(Array(80).fill(true))
    expect(new Set(lost).size).toBe(1)
    expect(lost[0]).toMatch('out of memory')
  })

  it('half-way leaves what was drawn, and the rest comes from the next run', async () => {
    const dying = await startTestServer((request, number) => {
      if (number > 4) void dying.die()
      return seedsOf(request)
    })
    const before: Sample[] = []
    const message = await failure(draw(dying, { n: 20, onSamples: (added) => before.push(...added) }))
    expect(message).toMatch('No server answers at')
    expect(message).toMatch('the same command goes on from here')
    expect(before.length).toBeGreaterThanOrEqual(3)
    await using next = await startTestServer(seedsOf)
    const has = (id: string, index: number) =>
      before.some((sample) => sample.problem === id && sample.index === index)
    const after = await draw(next, { n: 20, has })
    expect(before.length + after.length).toBe(40)
    for (const { completion, seed } of [...before, ...after]) expect(completion).toBe(`${seed}`)
  })

  it('is not waited for after an abort', async () => {
    await using server = await startTestServer(() => () => {})
    const stop = new AbortController()
    const drawn = draw(server, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(drawn).rejects.toThrow('enough')
  })
})

describe('a running server', () => {
  const list = (...ids: string[]) => ({
    object: 'list',
    data: ids.map((id) => ({ id, object: 'model', created: 0, owned_by: 'x' })),
  })

  it('is asked for its models', async () => {
    await using server = await startTestServer(() => list('m1', 'm2'))
    const servers = [{ baseUrl: server.url }]
    expect(await openRemote({ servers })).toMatchObject({ modelName: 'm1', logprobs: 1 })
    const second = await openRemote({ servers, modelName: 'm2' })
    expect(second.subject.name).toBe('m2')
    expect(second.subject.identity).not.toBe((await openRemote({ servers })).subject.identity)
    await expect(openRemote({ servers, modelName: 'm3' })).rejects.toThrow('has no model named m3')
  })

  it.each<[string, Answer, string, timeout?: number]>([
    ['has no model', list(), 'has no model.'],
    ['is a page', (response) => response.end('<html>'), "does not speak OpenAI's"],
    ['wants a token', refusal(401, 'no'), 'does not accept the token'],
    ['is silent', () => {}, 'did not answer within 0.05 s', 0.05],
  ])('that %s is told in a sentence', async (_, answer, sentence, timeout = 60) => {
    await using server = await startTestServer(() => answer)
    expect(await failure(openRemote({ servers: [{ baseUrl: server.url }], timeout }))).toMatch(sentence)
  })

  it('has to be one', async () => {
    expect(await failure(openRemote({ servers: [{ baseUrl: 'nonsense' }] }))).toMatch('is not the URL')
    expect(await failure(openRemote({ servers: [{ baseUrl: 'http://127.0.0.1:1' }] }))).toMatch(
      'No server answers',
    )
    expect(await failure(openRemote({ servers: [] }))).toMatch('No server was named')
  })
})
