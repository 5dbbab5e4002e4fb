import { expect, test } from 'vitest'
import { type Engine, type GenerateEvent, type GenerateRequest, greedy } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { createScriptedEngine } from './scripted-engine.ts'

const request = (text: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  prompt: { kind: 'text', text },
  maxTokens: 100,
  stop: [],
  sampling: greedy,
  topLogprobs: 0,
  ...more,
})

async function play(
  engine: Engine,
  asked: GenerateRequest,
): Promise<{ text: string; events: GenerateEvent[] }> {
  const events: GenerateEvent[] = []
  for await (const event of engine.generate(asked)) events.push(event)
  return { text: events.map((event) => (event.type === 'token' ? event.text : '')).join(''), events }
}

test('answers by prompt, and by prefix and suffix', async () => {
  const engine = createScriptedEngine({ 'def f(': 'x): return x', 'a = █;': '1', '*': 'other' })
  expect(await play(engine, request('def f('))).toMatchObject({ text: 'x): return x' })
  expect(
    await play(engine, request('', { prompt: { kind: 'infill', prefix: 'a = ', suffix: ';' } })),
  ).toMatchObject({ text: '1' })
  expect(await play(engine, request('?'))).toMatchObject({ text: 'other' })
})

test('stops at a stop string, at the limit, and at the end', async () => {
  const engine = createScriptedEngine({ '*': { tokens: ['one', '\n', 'two'] } })
  expect((await play(engine, request('', { stop: ['\n'] }))).events.at(-1)).toMatchObject({
    reason: 'stop',
    completionTokens: 2,
  })
  expect((await play(engine, request('', { maxTokens: 2 }))).events.at(-1)).toMatchObject({
    reason: 'length',
    completionTokens: 2,
  })
  expect((await play(engine, request(''))).events.at(-1)).toMatchObject({
    reason: 'stop',
    completionTokens: 3,
  })
})

test('cancellation ends the stream with its reason', async () => {
  const engine = createScriptedEngine({ '*': { tokens: ['a', 'b', 'c'], delay: 5 } })
  const abort = new AbortController()
  const events = []
  for await (const event of engine.generate(request('', { signal: abort.signal }))) {
    events.push(event)
    abort.abort()
  }
  expect(events).toMatchObject([{ text: 'a' }, { type: 'end', reason: 'cancelled' }])
})

test('a death fails the requests in flight, and the next one works', async () => {
  const engine = createScriptedEngine({ '*': { tokens: ['a', 'b'], delay: 5 } })
  const stream = engine.generate(request(''))[Symbol.asyncIterator]()
  await stream.next()
  engine.kill()
  await expect(stream.next()).rejects.toMatchObject({ kind: 'died' })
  expect(await play(engine, request(''))).toMatchObject({ text: 'ab' })
})

test('a scripted failure is thrown after its tokens', async () => {
  const failure = new EngineError('overloaded', 'Too many requests.')
  const engine = createScriptedEngine({ '*': { tokens: ['a'], failure } })
  await expect(play(engine, request(''))).rejects.toBe(failure)
})

test('a token prompt is answered by its text, which detokenize gives back', async () => {
  const engine = createScriptedEngine({ für: 'x' })
  const tokens = await engine.tokenize('für')
  expect(await engine.detokenize(tokens)).toBe('für')
  expect(await play(engine, request('', { prompt: { kind: 'tokens', tokens } }))).toMatchObject({ text: 'x' })
})
