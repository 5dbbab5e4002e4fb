import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createScriptedEngine, type Script, type ScriptedEngineOptions } from '../../inference/index.ts'
import { UserError } from '../../lib/index.ts'
import { createServer, engineCatalogue, listen } from '../../server/index.ts'
import { createParser, loadWasmFromPackage } from '../../syntax/index.ts'
import { openRemote, type Source } from '../sampling/subject.ts'
import { completionOf, startTestServer } from '../sampling/test-server.ts'
import { type ApiCall, apiCallsFolder, measureApiCalls, readApiCalls } from './api-calls.ts'
import { measureBits } from './bits-per-byte.ts'
import { fewShotPrompt, measureFewShot, readInventedApis, sameCall } from './few-shot.ts'
import { inParallel } from './in-parallel.ts'
import { ratioEstimate, shareEstimate } from './interval.ts'
import { measureQuality, possibleParts } from './measure-quality.ts'
import { qualityResult } from './result.ts'
import { scoreText, sumFrom } from './scored-text.ts'
import { openServedModel, type ServedModel } from './served-model.ts'
import { proseTexts } from './texts.ts'
import { scoreByWindows } from './windows.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-quality-'))
afterAll(() => rmSync(root, { recursive: true }))

/** The scripted engine behind the real server. */
async function serve(
  script: Script,
  options: ScriptedEngineOptions = {},
): Promise<AsyncDisposable & { source: Source; served: ServedModel }> {
  const engine = createScriptedEngine(script, options)
  const server = await createServer({ catalogue: engineCatalogue([engine]), token: 'secret' })
  const baseUrl = await listen(server.app, { host: '127.0.0.1', port: 0 })
  const source = await openRemote({ servers: [{ baseUrl, token: 'secret' }] })
  return {
    source,
    served: await openServedModel(source),
    [Symbol.asyncDispose]: () => server.shutdown(0),
  }
}

/** A byte's log-probability depends on the byte alone, so that any order of windows gives the same sum. */
const byteCost = (id: number) => (id + 1) / 64
const byteModel = (contextLength: number) =>
  serve({ '*': '' }, { contextLength, promptLogprob: (id) => -byteCost(id) })
const costOf = (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum + byteCost(byte), 0)

describe('intervals', () => {
  it('give known shares their Wilson intervals', () => {
    expect(shareEstimate(0, 150)).toEqual({ value: 0, low: 0, high: expect.closeTo(0.02497, 4) })
    expect(shareEstimate(5, 10)).toEqual({
      value: 0.5,
      low: expect.closeTo(0.2366, 4),
      high: expect.closeTo(0.7634, 4),
    })
    expect(shareEstimate(10, 10)).toEqual({ value: 1, low: expect.closeTo(0.7225, 4), high: 1 })
  })

  it('weigh the parts of a ratio by their size, and hold the value', () => {
    const clusters = Array.from({ length: 40 }, (_, i) => ({ above: (i % 5) * 10, below: 10 + i }))
    const { value, low, high } = ratioEstimate(clusters, 1)
    expect(value).toBeCloseTo(800 / 1180)
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
    expect(ratioEstimate(clusters, 1)).toEqual({ value, low, high })
    expect(ratioEstimate(clusters, 2)).not.toEqual({ value, low, high })
    expect(ratioEstimate([{ above: 3, below: 4 }], 1)).toEqual({ value: 0.75, low: 0.75, high: 0.75 })
  })
})

describe('inParallel', () => {
  it('keeps the order and never has more in flight', async () => {
    let flying = 0
    let most = 0
    const results = await inParallel([3, 1, 2, 0], 2, async (item) => {
      most = Math.max(most, ++flying)
      await new Promise((resolve) => setTimeout(resolve, item))
      flying--
      return item * 2
    })
    expect([results, most]).toEqual([[6, 2, 4, 0], 2])
  })

  it('ends with the first failure and starts nothing more', async () => {
    const started: number[] = []
    const work = inParallel([0, 1, 2, 3, 4], 2, async (item) => {
      started.push(item)
      if (item === 0) throw new Error('no')
      await new Promise((resolve) => setTimeout(resolve, 5))
    })
    await expect(work).rejects.toThrow('no')
    expect(started).toEqual([0, 1])
  })
})

describe('bits per byte', () => {
  it('sums what the tokens cost, all but the first', async () => {
    await using model = await byteModel(256)
    const text = 'def f():\n    return "é😀"\n'
    const scored = await scoreText(model.served, text)
    const bytes = Buffer.from(text)
    expect(scored.tokens).toHaveLength(bytes.length)
    expect(sumFrom(scored, text, 0)).toEqual({
      nats: expect.closeTo(costOf(bytes.subarray(1))),
      bytes: bytes.length - 1,
    })
    const from = text.indexOf('return')
    expect(sumFrom(scored, text, from)).toEqual({
      nats: expect.closeTo(costOf(Buffer.from(text.slice(from)))),
      bytes: Buffer.byteLength(text.slice(from)),
    })
  })

  it('counts every byte once, whatever the text and the windows', async () => {
    await using model = await byteModel(96)
    const piece = fc.constantFrom('ab ', 'x\n', '    ', 'é', '漢字', '😀', '{}\n', 'word')
    const text = fc
      .array(piece, { minLength: 1, maxLength: 120 })
      .map((pieces) => `a${pieces.map((one) => `${one}zz`).join('')}`)
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom(0.25, 0.5, 0.75),
        fc.integer({ min: 40, max: 96 }),
        async (code, overlap, context) => {
          const { nats, bytes } = await scoreByWindows(model.served, code, { context, overlap })
          const all = Buffer.from(code)
          expect(bytes).toBe(all.length - 1)
          expect(nats).toBeCloseTo(costOf(all.subarray(1)), 6)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('reads text without a place to cut as well', async () => {
    await using model = await byteModel(96)
    const text = '漢字仮名'.repeat(60)
    const { bytes, windows } = await scoreByWindows(model.served, text, { context: 96, overlap: 0.5 })
    expect(windows).toBeGreaterThan(5)
    expect(bytes).toBeGreaterThan(0.9 * Buffer.byteLength(text))
  })

  it('gives figures by language and over the code', async () => {
    await using model = await serve({ '*': '' }, { promptLogprob: () => -Math.LN2 })
    const texts = [
      { language: 'go', name: 'a', text: 'package a\n' },
      { language: 'prose', name: 'b', text: 'One day.' },
      { language: 'go', name: 'c', text: 'package c\n' },
    ]
    const { figures, bytes } = await measureBits(model.served, texts, { context: 64, overlap: 0.5, seed: 1 })
    expect(figures.map(({ name, value, n }) => [name, Number(value.toFixed(9)), n])).toEqual([
      ['go', 1, 2],
      ['prose', 1, 1],
      ['all code', 1, 2],
    ])
    expect(bytes).toBe(9 + 7 + 9)
  })

  const loglikelihoods = (tokens: string[], logprobs: (number | null)[], completion = 0) => ({
    ...completionOf([tokens.join('')], {
      logprobs: { tokens, token_logprobs: logprobs, top_logprobs: null, text_offset: tokens.map(() => 0) },
    }),
    usage: {
      prompt_tokens: tokens.length - completion,
      completion_tokens: completion,
      total_tokens: tokens.length,
    },
  })

  it('takes a beginning-of-text token and a generated one for what they are', async () => {
    await using server = await startTestServer(({ max_tokens }) =>
      max_tokens === 0
        ? (response) => {
            response.statusCode = 400
            response.end(
              JSON.stringify({
                error: { message: 'max_tokens must be at least 1', type: 'x', param: null, code: null },
              }),
            )
          }
        : loglikelihoods(['<s>', 'a', ' b', ' c'], [null, -1, -2, -9], 1),
    )
    const served = await openServedModel(remoteAt(server.url))
    const scored = await scoreText(served, 'a b')
    expect(scored).toEqual({ tokens: ['a', ' b'], logprobs: [-1, -2] })
    expect(sumFrom(scored, 'a b', 0)).toEqual({ nats: 3, bytes: 3 })
  })

  it.each([
    ['no log-probabilities', completionOf(['a long enough prompt'])],
    ['tokens of another text', loglikelihoods(['b', 'c'], [null, -1])],
  ])('refuses an answer with %s', async (_, answer) => {
    await using server = await startTestServer(() => answer)
    const served = await openServedModel(remoteAt(server.url))
    await expect(scoreText(served, 'a long enough prompt')).rejects.toThrow(UserError)
  })
})

const remoteAt = (baseUrl: string): Source => ({
  subject: { name: 'test', identity: 'test' },
  servers: [{ baseUrl }],
  modelName: 'test',
  inFlight: 1,
  perRequest: 1,
  logprobs: 1,
})

describe('proseTexts', () => {
  it('reads plain and packed files in order, up to so many bytes, and cuts long ones at line ends', () => {
    const folder = join(root, 'prose')
    mkdirSync(folder)
    const long = 'A line of prose that goes on.\n'.repeat(1000)
    writeFileSync(join(folder, 'a.txt.gz'), gzipSync(long))
    writeFileSync(join(folder, 'b.jsonl'), '{"text":"first"}\n\n{"content":"second"}\n{"other":1}\n')
    writeFileSync(join(folder, 'ignored.md'), 'no')
    const texts = proseTexts({ folder, bytes: 1e9 }).map(({ text }) => text)
    expect(texts.join('')).toBe(`${long}firstsecond`)
    expect(texts.slice(0, -2).every((text) => text.length <= 10_000 && text.endsWith('\n'))).toBe(true)
    expect(proseTexts({ folder, bytes: 5 })).toHaveLength(1)
    writeFileSync(join(folder, 'c.jsonl'), '{')
    expect(() => proseTexts({ folder, bytes: 1e9 })).toThrow('Line 1 of')
    writeFileSync(join(folder, 'a.txt.gz'), 'not packed')
    expect(() => proseTexts({ folder, bytes: 1e9 })).toThrow('damaged')
    expect(() => proseTexts({ folder: join(root, 'none'), bytes: 1 })).toThrow(UserError)
  })
})

describe('masked API calls', () => {
  const calls = readApiCalls()

  it('has at least 40 cursors for each of eight libraries, in code without errors', async () => {
    const libraries = Map.groupBy(calls, ({ library }) => library)
    expect([...libraries.keys()]).toEqual([
      'express',
      'go',
      'java',
      'numpy',
      'pandas',
      'react',
      'requests',
      'rust',
    ])
    for (const [, of] of libraries) expect(of.length).toBeGreaterThanOrEqual(40)
    const parser = createParser({ loadWasm: loadWasmFromPackage })
    for (const library of libraries.keys())
      for (const line of readFileSync(join(apiCallsFolder, `${library}.jsonl`), 'utf8')
        .trim()
        .split('\n')) {
        const { path, language, code } = JSON.parse(line)
        // The grammar of TypeScript that is shipped knows no JSX.
        if (!path.endsWith('.tsx')) expect([path, await parser.problems(code, language)]).toEqual([path, []])
      }
    parser.dispose()
  })

  it('counts a name that is exactly right, and nothing else', async () => {
    const some = calls.filter(({ library }) => library === 'numpy').slice(0, 4)
    const answers = [some[0]!.answer, `${some[1]!.answer}_like(x)`, `${some[2]!.answer}(x, y)\nz`, '']
    await using model = await serve(Object.fromEntries(some.map(({ prefix }, i) => [prefix, answers[i]!])), {
      contextLength: 4096,
    })
    const [numpy, all] = await measureApiCalls(model.served, some, { around: false })
    expect(numpy).toMatchObject({ name: 'numpy', value: 0.5, n: 4 })
    expect(all).toMatchObject({ name: 'all libraries', value: 0.5, n: 4 })
  })

  it('gives the lines after the cursor where asked, and less of a prompt that is too long', async () => {
    const prompts: string[] = []
    await using model = await serve(
      ({ prompt }) => {
        prompts.push(prompt.kind === 'infill' ? `${prompt.prefix}█${prompt.suffix}` : 'no suffix')
        return 'b()'
      },
      { contextLength: 80 },
    )
    const call: ApiCall = {
      library: 'x',
      path: 'x.py',
      language: 'python',
      prefix: `${'# before\n'.repeat(40)}a.`,
      answer: 'b',
      suffix: `\n${'# after\n'.repeat(40)}`,
    }
    const [figure] = await measureApiCalls(model.served, [call], { around: true })
    expect(figure?.value).toBe(1)
    expect(prompts).toHaveLength(1)
    expect(prompts[0]).toMatch(/^(# before\n)+a\.█\n# after\n/)
  })

  it('names a line that cannot be read', () => {
    const folder = join(root, 'calls')
    mkdirSync(folder)
    for (const line of [
      '{',
      '{"path":"a","language":"python","code":"a.b()"}',
      '{"path":"a","language":"python","code":"a.b()","calls":[3]}',
    ]) {
      writeFileSync(join(folder, 'x.jsonl'), `\n${line}\n`)
      expect(() => readApiCalls(folder)).toThrow('line 2 of x.jsonl')
    }
  })
})

describe('few-shot learning', () => {
  const apis = readInventedApis()

  it('has fifty APIs of different names, whose queries no example answers', () => {
    expect(apis).toHaveLength(50)
    expect(new Set(apis.map(({ name }) => name)).size).toBe(50)
    for (const { examples, queries } of apis) {
      const calls = [...examples, ...queries].map(({ call }) => call)
      expect(new Set(calls).size).toBe(7)
    }
  })

  it('asks as a file of code would', () => {
    const [mill] = apis.filter(({ name }) => name === 'mill')
    expect(fewShotPrompt(mill!, 'grind oats', 1)).toBe(
      'package main\n\nimport "example.org/grist"\n\nfunc main() {\n\tmill := grist.New(2)\n\n' +
        '\t// grind 50 kilograms of rye finely\n\tmill.Grind("rye", 50, grist.Fine)\n\n\t// grind oats\n',
    )
    const [gauge] = apis.filter(({ name }) => name === 'gauge')
    expect(fewShotPrompt(gauge!, 'level', 0)).toBe(
      'from tidewater import Gauge\n\ngauge = Gauge("north-pier")\n\n# level\n',
    )
  })

  it('compares calls without white space that means nothing', () => {
    expect(sameCall('\n  x = f( "a b",1 ) ;\nmore', 'x = f("a b", 1)')).toBe(true)
    expect(sameCall('x = f("ab", 1)', 'x = f("a b", 1)')).toBe(false)
    expect(sameCall('x = f(1)  # so', 'x = f(1)')).toBe(false)
    expect(sameCall('constx = 1', 'const x = 1')).toBe(false)
    expect(sameCall('', 'f()')).toBe(false)
  })

  it('tells how many examples it took', async () => {
    const some = apis.slice(0, 3)
    const answers = new Map(some.flatMap(({ queries }) => queries.map(({ task, call }) => [task, call])))
    await using model = await serve(
      ({ prompt }) => {
        const text = prompt.kind === 'text' ? prompt.text : ''
        const comments = text.match(/^\s*(?:#|\/\/) .*$/gm) ?? []
        const asked = comments.at(-1)!.replace(/^\s*(?:#|\/\/) /, '')
        return comments.length > 2 ? answers.get(asked)! : 'pass'
      },
      { contextLength: 4096 },
    )
    const figures = await measureFewShot(model.served, some)
    expect(figures.map(({ name, value, n }) => [name, value, n])).toEqual([
      ['0 examples', 0, 9],
      ['1 example', 0, 9],
      ['2 examples', 1, 9],
      ['4 examples', 1, 9],
    ])
  })

  it('names a line that cannot be read', () => {
    const folder = join(root, 'apis')
    mkdirSync(folder)
    writeFileSync(join(folder, 'x.jsonl'), '{"name":"x"}\n')
    expect(() => readInventedApis(folder)).toThrow('line 1 of x.jsonl')
  })
})

describe('measureQuality', () => {
  const options = { overlap: 0.5, beginnings: 5, seed: 1, commit: 'c', machine: 'm' }

  it('gives a result of its schema', async () => {
    await using model = await serve({ '*': 'x' }, { contextLength: 2048 })
    const folder = join(root, 'some-prose')
    mkdirSync(folder)
    writeFileSync(join(folder, 'a.txt'), 'Some prose.\n'.repeat(20))
    const result = await measureQuality('bits', { ...options, source: model.source, prose: folder })
    expect(qualityResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result)
    expect(result.figures).toMatchObject([{ name: 'prose', value: expect.closeTo(0.5 / Math.LN2, 6), n: 1 }])
  })

  it('measures what has its data, and says what is missing', async () => {
    expect(possibleParts({})).toEqual(['api-calls', 'few-shot'])
    expect(possibleParts({ prose: 'p' })).toEqual(['bits', 'api-calls', 'few-shot'])
    expect(possibleParts({ corpus: 'c' })).toEqual(['api-calls', 'few-shot', 'regurgitation'])
    await using model = await serve({ '*': 'x' })
    for (const part of ['bits', 'regurgitation'] as const)
      await expect(measureQuality(part, { ...options, source: model.source })).rejects.toThrow(UserError)
  })
})
