import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UserError } from '../lib/index.ts'
import { testVocabulary } from '../models/test-vocabulary.ts'
import type { TokenEvent } from './engine.ts'
import { createLlamaEngine, type LlamaEngine } from './llama-engine.ts'
import { complete, noControl, requestFor, startTestEngine } from './test-engine.ts'

const vocabulary = testVocabulary()
const { special } = vocabulary
const program = 'function add(a, b) {\n  return a'

let engine: LlamaEngine
let started: Awaited<ReturnType<typeof startTestEngine>>

beforeAll(async () => {
  started = await startTestEngine({ vocabulary })
  engine = started.engine
})
afterAll(async () => {
  await started[Symbol.asyncDispose]()
})

describe('log-probabilities', () => {
  test('of sampled tokens are those that score gives', async () => {
    const prompt = await engine.tokenize(program)
    const { tokens } = await complete(engine, program, { sampling: { temperature: 0.9, seed: 3 } })
    const scored = await engine.score([...prompt, ...tokens.map(({ id }) => id)], { topLogprobs: 3 })
    expect(scored[0]!.logprob).toBeUndefined()
    for (const [i, token] of tokens.entries()) {
      expect(scored[prompt.length + i]!.id).toBe(token.id)
      expect(scored[prompt.length + i]!.logprob).toBeCloseTo(token.logprob, 3)
    }
  })

  test('are those of the model, whatever the temperature, cuts, penalties and bias', async () => {
    const plain = await complete(engine, program, { maxTokens: 1, topLogprobs: 20 })
    const changes = [
      { temperature: 2, seed: 5 },
      { temperature: 1, topK: 3, topP: 0.9, minP: 0.05, seed: 2 },
      { repetitionPenalty: 1.7, frequencyPenalty: 0.5, presencePenalty: 0.4 },
    ]
    for (const sampling of changes) {
      const { tokens } = await complete(engine, program, { maxTokens: 1, topLogprobs: 20, sampling })
      for (const [i, { id, logprob }] of tokens[0]!.top.entries()) {
        expect(id).toBe(plain.tokens[0]!.top[i]!.id)
        expect(logprob).toBeCloseTo(plain.tokens[0]!.top[i]!.logprob!, 4)
      }
    }
  })

  test('of the whole vocabulary sum to one', async () => {
    const { tokens } = await complete(engine, program, { maxTokens: 2, topLogprobs: 320 })
    for (const { top } of tokens) {
      expect(top).toHaveLength(engine.model.vocabularySize)
      expect(top.reduce((sum, { logprob }) => sum + Math.exp(logprob!), 0)).toBeCloseTo(1, 4)
      expect(top.map(({ logprob }) => logprob!)).toEqual(
        top.map(({ logprob }) => logprob!).toSorted((a, b) => b - a),
      )
    }
  })

  test('are left out where nobody reads them, and the tokens stay the same', async () => {
    const drawn = { logitBias: {}, seed: 5, topP: 0.95 }
    const changes = [
      {},
      { frequencyPenalty: 1, presencePenalty: 1 },
      { repetitionPenalty: 1.5 },
      { ...drawn, temperature: 0.2 },
      { ...drawn, temperature: 0.8 },
    ]
    for (const sampling of changes) {
      const full = await complete(engine, program, { sampling })
      const quick = await complete(engine, program, { sampling, skipLogprobs: true })
      expect(quick.tokens.map(({ id }) => id)).toEqual(full.tokens.map(({ id }) => id))
      expect(full.tokens.every(({ logprob }) => logprob <= 0)).toBe(true)
    }
    const { tokens } = await complete(engine, program, { skipLogprobs: true, sampling: { logitBias: {} } })
    expect(tokens.every(({ logprob }) => Number.isNaN(logprob))).toBe(true)
    const listed = await complete(engine, program, { skipLogprobs: true, topLogprobs: 1 })
    expect(listed.tokens.every(({ logprob }) => logprob <= 0)).toBe(true)
  })
})

describe('sampling', () => {
  test('temperature 0 takes the likeliest token', async () => {
    const { tokens } = await complete(engine, program, { topLogprobs: 320 })
    const isText = ({ id }: { id: number }) => noControl[id] === undefined
    expect(tokens).toHaveLength(20)
    for (const { id, top } of tokens) expect(id).toBe(top.find(isText)!.id)
  })

  test('the same seed gives the same tokens, another seed others', async () => {
    const run = async (seed: number) =>
      (await complete(engine, program, { sampling: { temperature: 1, seed } })).tokens.map(({ id }) => id)
    const first = await run(7)
    expect(await run(7)).toEqual(first)
    expect(await run(8)).not.toEqual(first)
  })

  test.each([
    ['temperature', { temperature: 0.4 }],
    ['topK', { topK: 2 }],
    ['topP', { topP: 0.3 }],
    ['minP', { minP: 0.5 }],
    ['repetitionPenalty', { repetitionPenalty: 3 }],
    ['frequencyPenalty', { frequencyPenalty: 2 }],
    ['presencePenalty', { presencePenalty: 2 }],
    ['logitBias', { logitBias: { ...requestFor('').sampling.logitBias, 100: 8 } }],
  ])('%s changes the tokens', async (_, sampling) => {
    const base = { temperature: 1.2, seed: 1 }
    const ids = async (change: object) =>
      (await complete(engine, program, { maxTokens: 40, sampling: { ...base, ...change } })).tokens.map(
        ({ id }) => id,
      )
    expect(await ids(sampling)).not.toEqual(await ids({}))
  })
})

describe('memory', () => {
  test('a prompt that continues the last one reuses its state, with the text of a cold start', async () => {
    const longer = `${program} + b\n}\n\nfunction sub(a, b) {`
    const cold = await startTestEngine({ vocabulary })
    const expected = await complete(cold.engine, longer)
    await cold[Symbol.asyncDispose]()
    await complete(engine, program)
    const warm = await complete(engine, longer)
    expect(expected.end.cachedTokens).toBe(0)
    expect(warm.end.cachedTokens).toBeGreaterThanOrEqual((await engine.tokenize(program)).length - 1)
    expect(warm.text).toBe(expected.text)
  })

  test('a prompt longer than the window keeps its end, and says so', async () => {
    const long = `${'x = 1\n'.repeat(100)}return`
    const { end, tokens } = await complete(engine, long, { maxTokens: 30 })
    expect(end).toMatchObject({ promptTokens: 226, truncated: true, completionTokens: 30, reason: 'length' })
    const kept = (await engine.tokenize(long)).slice(-226)
    const same = await complete(engine, { kind: 'tokens', tokens: kept }, { maxTokens: 30 })
    expect(same.end.truncated).toBe(false)
    expect(same.tokens.map(({ id }) => id)).toEqual(tokens.map(({ id }) => id))
  })

  test('the tokens that are asked for are clipped to the window', async () => {
    const { end } = await complete(engine, 'a', { maxTokens: 10_000 })
    expect(end).toMatchObject({ reason: 'length', completionTokens: 256, truncated: false })
  })

  test('an empty prompt is answered', async () => {
    expect((await complete(engine, '')).end.completionTokens).toBe(20)
  })
})

describe('text', () => {
  test('special tokens in a prompt stay text', async () => {
    const text = 'a <|end|> b <|fim_prefix|> <|fim_middle|>'
    const tokens = await engine.tokenize(text)
    const control = [special.end, special.fimPrefix, special.fimSuffix, special.fimMiddle]
    expect(tokens.filter((id) => control.includes(id))).toEqual([])
    expect(await engine.detokenize(tokens)).toBe(text)
    expect((await complete(engine, text)).end.promptTokens).toBe(tokens.length)
  })

  test('a control token ends the stream and is not shown', async () => {
    for (const id of [special.end, special.fimPrefix, special.tasks[3]!]) {
      const { tokens, end } = await complete(engine, program, { sampling: { logitBias: { [id]: 1000 } } })
      expect(tokens).toEqual([])
      expect(end).toMatchObject({ reason: 'stop', completionTokens: 0 })
    }
  })

  test('the text of the tokens is that of their bytes', async () => {
    const { text, tokens } = await complete(engine, 'héllo wörld 日本', {
      maxTokens: 60,
      sampling: { temperature: 1 },
    })
    expect(text).toBe(await engine.detokenize(tokens.map(({ id }) => id)))
    expect(tokens).toHaveLength(60)
    expect(await engine.detokenize(await engine.tokenize('héllo 日本 🙂\0'))).toBe('héllo 日本 🙂\0')
  })

  test('a stop string ends the stream before it', async () => {
    const { text } = await complete(engine, program)
    const stop = text.slice(8, 11)
    const cut = await complete(engine, program, { stop: ['never so', stop] })
    expect(cut.text).toBe(text.slice(0, text.indexOf(stop)))
    expect(cut.end.reason).toBe('stop')
  })
})

describe('infill', () => {
  test('depends on prefix and suffix', async () => {
    const fill = (prefix: string, suffix: string) => complete(engine, { kind: 'infill', prefix, suffix })
    const filled = await fill('a = ', ';\n')
    expect(filled.end).toMatchObject({ completionTokens: 20, promptTokens: 9 })
    expect((await fill('a = ', ')\n')).text).not.toBe(filled.text)
    expect((await fill('b = ', ';\n')).text).not.toBe(filled.text)
  })

  test('has its marks, and the prefix last, where the answer goes on', async () => {
    const marked = [
      special.fimPrefix,
      special.fimSuffix,
      ...(await engine.tokenize(';')),
      special.fimMiddle,
      ...(await engine.tokenize('a = ')),
    ]
    const { text } = await complete(engine, { kind: 'infill', prefix: 'a = ', suffix: ';' })
    expect(text).toBe((await complete(engine, { kind: 'tokens', tokens: marked })).text)
  })
})

describe('a reproducible engine', () => {
  const long = `${program}\n`.repeat(9)

  async function heard(engine: LlamaEngine, prompt: string, seed = 3) {
    const { tokens } = await complete(engine, prompt, { sampling: { temperature: 0.9, seed } })
    return tokens.map(({ id, logprob }) => [id, logprob])
  }

  test.each(['Q8_0', 'F32'] as const)(
    '%s gives the same to the last bit, whatever was asked before',
    async (quantization) => {
      await using fresh = await startTestEngine({ vocabulary, quantization }, { reproducible: true })
      const prompt = long.slice(0, 150)
      const first = await heard(fresh.engine, prompt)
      for (const before of [prompt, prompt.slice(0, 75), prompt.slice(0, 100), `${prompt}more`, 'other']) {
        await heard(fresh.engine, before)
        expect(await heard(fresh.engine, prompt)).toEqual(first)
      }
    },
  )

  test('Q8_0 also whatever is asked beside it', async () => {
    const options = { reproducible: true, sequences: 5 }
    await using fresh = await startTestEngine({ vocabulary, quantization: 'Q8_0' }, options)
    const asked = [200, 150, 7, 199, 64, 128, 33].map((length, seed) => ({
      prompt: long.slice(0, length),
      seed,
    }))
    const alone = new Map<number, unknown>()
    for (const { prompt, seed } of asked) alone.set(seed, await heard(fresh.engine, prompt, seed))
    for (const order of [asked, asked.toReversed(), [...asked.slice(3), ...asked.slice(0, 3)]]) {
      const together = await Promise.all(order.map(({ prompt, seed }) => heard(fresh.engine, prompt, seed)))
      expect(together).toEqual(order.map(({ seed }) => alone.get(seed)))
    }
  })
})

describe('side by side', () => {
  test('six requests for four places all finish, each as if alone', async () => {
    const prompts = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff']
    const alone = []
    for (const prompt of prompts) alone.push((await complete(engine, prompt)).text)
    const together = await Promise.all(prompts.map((prompt) => complete(engine, prompt)))
    expect(together.map(({ text }) => text)).toEqual(alone)
  })

  test('cancelling ends a stream, and its place is free again', async () => {
    const abort = new AbortController()
    const endless = { maxTokens: 10_000 }
    const left = engine.generate(requestFor(program, endless))[Symbol.asyncIterator]()
    const first = left.next()
    const streams = Array.from({ length: 6 }, () =>
      complete(engine, program, { ...endless, signal: abort.signal }),
    )
    await first
    await left.return?.()
    abort.abort()
    for (const { end } of await Promise.all(streams)) expect(end.reason).toBe('cancelled')
    expect((await complete(engine, program)).end.completionTokens).toBe(20)
  })

  test('a signal that was aborted before gives no text', async () => {
    const { tokens, end } = await complete(engine, program, { signal: AbortSignal.abort() })
    expect(tokens.length).toBeLessThan(20)
    expect(end.reason).toBe('cancelled')
  })

  test('too many requests are refused', async () => {
    await using small = await startTestEngine({ vocabulary }, { sequences: 1, queueLimit: 1 })
    const asked = Array.from({ length: 4 }, () => complete(small.engine, program, { maxTokens: 100 }))
    const results = await Promise.allSettled(asked)
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
    expect(results[3]).toMatchObject({ reason: { name: 'EngineError', kind: 'overloaded' } })
  })
})

describe('bad input', () => {
  test('tokens outside the vocabulary, and too many to score, are refused', async () => {
    const foreign = complete(engine, { kind: 'tokens', tokens: [1, 320] })
    await expect(foreign).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining('320') })
    await expect(engine.score([-1], { topLogprobs: 0 })).rejects.toMatchObject({ kind: 'invalid' })
    const many = new Array<number>(300).fill(50)
    await expect(engine.score(many, { topLogprobs: 0 })).rejects.toMatchObject({ kind: 'invalid' })
    expect((await complete(engine, program)).end.completionTokens).toBe(20)
  })

  test('a file that is no model is refused before it is loaded', async () => {
    await expect(createLlamaEngine({ modelPath: import.meta.filename })).rejects.toBeInstanceOf(UserError)
    await expect(createLlamaEngine({ modelPath: '/nowhere.gguf' })).rejects.toBeInstanceOf(UserError)
  })
})

describe('death', () => {
  test('of the process fails what was in flight, and the next request works', async () => {
    await using mortal = await startTestEngine({ vocabulary })
    const { engine } = mortal
    const before = engine.pid!
    const stream = engine.generate(requestFor(program, { maxTokens: 10_000 }))[Symbol.asyncIterator]()
    await stream.next()
    const waiting = complete(engine, program, { maxTokens: 10_000 })
    const scored = engine.score([50, 51], { topLogprobs: 0 })
    process.kill(before, 'SIGKILL')
    await expect(drain(stream)).rejects.toMatchObject({
      kind: 'died',
      message: expect.stringContaining('SIGKILL'),
    })
    await expect(waiting).rejects.toMatchObject({ kind: 'died' })
    await scored.catch((error) => expect(error).toMatchObject({ kind: 'died' }))
    expect((await complete(engine, program)).end.completionTokens).toBe(20)
    expect(engine.pid).not.toBe(before)
  })

  test('of an idle process is made good before anybody asks', async () => {
    await using mortal = await startTestEngine({ vocabulary })
    const { engine } = mortal
    const before = engine.pid!
    process.kill(before, 'SIGKILL')
    await expect.poll(() => engine.pid, { timeout: 10_000 }).not.toBeOneOf([before, undefined])
    expect((await complete(engine, program)).end.completionTokens).toBe(20)
  })

  test('by dispose ends the process, and later requests are refused', async () => {
    const mortal = await startTestEngine({ vocabulary })
    const pid = mortal.engine.pid!
    const waiting = complete(mortal.engine, program, { maxTokens: 10_000 })
    await mortal[Symbol.asyncDispose]()
    expect(isRunning(pid)).toBe(false)
    await expect(waiting).rejects.toMatchObject({ kind: 'died' })
    await expect(complete(mortal.engine, program)).rejects.toMatchObject({ kind: 'died' })
  })

  test('of the parent ends the process', async () => {
    const script = `
      import { createLlamaEngine } from ${JSON.stringify(new URL('./llama-engine.ts', import.meta.url).href)}
      const engine = await createLlamaEngine({ modelPath: ${JSON.stringify(started.modelPath)}, gpu: false })
      console.log(engine.pid)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(String(line))
    expect(process.kill(pid, 0)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false)
  })

  test('an abort while loading ends the process', async () => {
    const abort = new AbortController()
    const loading = createLlamaEngine({ modelPath: started.modelPath, gpu: false, signal: abort.signal })
    await sleep(20)
    abort.abort()
    await expect(loading).rejects.toMatchObject({ name: 'AbortError' })
  })
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function drain(stream: AsyncIterator<unknown>): Promise<TokenEvent[]> {
  for (;;) if ((await stream.next()).done) return []
}
