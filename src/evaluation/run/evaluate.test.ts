import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missing } from '../../../test/requirements.ts'
import { createScriptedEngine, type ScriptedEngine } from '../../inference/index.ts'
import { openSandbox, type Sandbox } from '../../sandbox/index.ts'
import { createServer, engineCatalogue, listen, type UnderstudyServer } from '../../server/index.ts'
import type { Benchmark, Problem } from '../problem.ts'
import { type RunResult, runResult } from '../report/result.ts'
import { firstSeed } from '../sampling/seed.ts'
import { openRemote, type Source } from '../sampling/subject.ts'
import { type EvaluateOptions, evaluate } from './evaluate.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-evaluate-'))
const sampling = { n: 8, temperature: 0.8, topP: 0.95, seed: 3 }
let engine: ScriptedEngine
let server: UnderstudyServer
let source: Source

/** What the engine answers to a prompt, by the index of the sample. */
const answers = new Map<string, (index: number) => string>()

beforeAll(async () => {
  engine = createScriptedEngine(({ prompt, sampling: { seed } }) => {
    const text = prompt.kind === 'text' ? prompt.text : ''
    const id = text.split('\n', 1)[0]!.slice(2)
    const answer = answers.get(id)?.(seed - firstSeed(sampling.seed, id)) ?? ''
    // The right one is likeliest.
    return { tokens: [{ text: answer, logprob: answer.includes('return 1') ? -0.1 : -2 }] }
  })
  server = await createServer({ catalogue: engineCatalogue([engine]), token: 'secret' })
  const url = await listen(server.app, { host: '127.0.0.1', port: 0 })
  source = await openRemote({ servers: [{ baseUrl: url, token: 'secret' }], perRequest: 3, inFlight: 2 })
})

afterAll(async () => {
  await server.shutdown(0)
  rmSync(root, { recursive: true })
})

/** A function that has to return 1, and is written right in the first `passes` samples. */
function problem(id: string, answer: (index: number) => string, more: Partial<Problem> = {}): Problem {
  answers.set(id, answer)
  return {
    id,
    language: 'python',
    prompt: { kind: 'prefix', text: `# ${id}\ndef f():\n` },
    stops: ['\ndef', '\nclass', '\n#', '\nif', '\nprint'],
    maxTokens: 64,
    program: (completion) => ({
      language: 'python',
      source: `def f():\n${completion}\nassert f() == 1\n`,
    }),
    reference: '    return 1',
    ...more,
  }
}

const rightFor =
  (passes: number) =>
  (index: number): string =>
    index < passes ? '    return 1\ndef g(): pass' : `    return ${index + 2}`

const benchmark = (problems: Problem[], more: Partial<Benchmark> = {}): Benchmark => ({
  name: 'planted',
  title: 'Planted',
  judge: 'match',
  licence: 'MIT',
  url: 'https://example.org',
  problems,
  notes: ['a note'],
  ...more,
})

let folders = 0
const newFolder = () => join(root, `run-${folders++}`)

async function score(
  change: Partial<EvaluateOptions> & Pick<EvaluateOptions, 'benchmark'>,
): Promise<RunResult> {
  const folder = change.folder ?? newFolder()
  const options = { source, sampling, commit: 'abc', machine: 'test', ...change, folder }
  const evaluation = await evaluate(options)
  if (evaluation.kind === 'no-score') throw new Error(evaluation.message)
  expect(runResult.parse(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')))).toEqual(
    evaluation.result,
  )
  return evaluation.result
}

/** What has to be the same, however a run came about. */
const lasting = ({ seconds: _, date: __, ...rest }: RunResult) => rest

describe('a run that is judged by comparing', () => {
  const problems = [problem('a', rightFor(2)), problem('b', rightFor(0)), problem('c', rightFor(8))]

  it('has the known counts, whatever the size of its requests', async () => {
    const result = await score({ benchmark: benchmark(problems) })
    expect(result).toMatchObject({
      format: 'understudy-evaluation-1',
      benchmark: 'planted',
      language: 'python',
      model: { name: 'scripted' },
      sampling,
      problems: 3,
      samples: 24,
      outcomes: { matched: 10, different: 14 },
      flaky: [],
      tokens: 24,
      notes: ['a note'],
      commit: 'abc',
    })
    expect(Object.keys(result.passAt)).toEqual(['1'])
    expect(result.passAt['1']?.value).toBeCloseTo((2 / 8 + 0 + 1) / 3, 12)
    expect(result.exactMatch?.value).toBeCloseTo(10 / 24, 12)
    expect(result.ranked?.byMeanLogprob.value).toBeCloseTo(2 / 3, 12)
    expect(result.ranked?.random.value).toBeCloseTo(10 / 24, 12)
    expect(result.distinct?.value).toBeCloseTo((7 / 8 + 1 + 1 / 8) / 3, 12)
    for (const perRequest of [1, 8])
      expect(
        lasting(await score({ benchmark: benchmark(problems), source: { ...source, perRequest } })),
      ).toEqual(lasting(result))
  })

  it('goes on where it was killed, at any byte, with the same result', async () => {
    const folder = newFolder()
    const whole = await score({ benchmark: benchmark(problems), folder })
    const files = ['samples.jsonl', 'judgements.jsonl']
    const bytes = files.map((name) => readFileSync(join(folder, name)).length)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes[0]!), fc.nat(bytes[1]!), async (samples, judgements) => {
        const copy = newFolder()
        cpSync(folder, copy, { recursive: true })
        rmSync(join(copy, 'result.json'))
        truncateSync(join(copy, files[0]!), samples)
        truncateSync(join(copy, files[1]!), judgements)
        const result = await score({ benchmark: benchmark(problems), folder: copy })
        expect(lasting(result)).toEqual(lasting(whole))
        expect(result.date).toBe(whole.date)
      }),
      { numRuns: 12 },
    )
  })

  it('asks for nothing when it is complete', async () => {
    const folder = newFolder()
    const first = await score({ benchmark: benchmark(problems), folder })
    const asked = engine.requests.length
    expect(await score({ benchmark: benchmark(problems), folder })).toEqual(first)
    expect(engine.requests).toHaveLength(asked)
  })

  it('takes what another run of the same model drew, and nothing of another model', async () => {
    const cache = join(root, 'cache')
    const first = await score({ benchmark: benchmark(problems.slice(0, 2)), cache })
    const asked = engine.requests.length
    await score({ benchmark: benchmark(problems), cache })
    expect(engine.requests).toHaveLength(asked + 8)
    const more = { ...sampling, n: 10 }
    await score({ benchmark: benchmark(problems), cache, sampling: more })
    expect(engine.requests).toHaveLength(asked + 8 + 6)
    const changed = { ...source, subject: { ...source.subject, identity: 'other weights' } }
    const other = await score({ benchmark: benchmark(problems.slice(0, 2)), cache, source: changed })
    expect(engine.requests).toHaveLength(asked + 8 + 6 + 16)
    expect(lasting(other)).toEqual(lasting(first))
    await score({ benchmark: benchmark(problems), cache, sampling: { ...sampling, temperature: 0.2 } })
    expect(engine.requests).toHaveLength(asked + 8 + 6 + 16 + 24)
  })

  it('draws again what another run drew without the log-probabilities that are wanted now', async () => {
    const cache = join(root, 'cache-ranked')
    const few = await score({ benchmark: benchmark(problems), cache, ranked: 2 })
    expect(few.ranked?.samples).toBe(2)
    const asked = engine.requests.length
    const all = await score({ benchmark: benchmark(problems), cache })
    expect(engine.requests).toHaveLength(asked + 3 * 6)
    expect(all.ranked?.samples).toBe(8)
    expect(all.passAt).toEqual(few.passAt)
    await score({ benchmark: benchmark(problems), cache })
    expect(engine.requests).toHaveLength(asked + 3 * 6)
  })

  it('never mixes with another run in its folder', async () => {
    const folder = newFolder()
    await score({ benchmark: benchmark(problems), folder })
    const changes: Partial<EvaluateOptions>[] = [
      { sampling: { ...sampling, seed: 4 } },
      { benchmark: benchmark([problem('a', rightFor(2), { stops: ['\n'] }), ...problems.slice(1)]) },
      { source: { ...source, subject: { ...source.subject, identity: 'other weights' } } },
    ]
    for (const change of changes)
      await expect(score({ benchmark: benchmark(problems), folder, ...change })).rejects.toThrow(
        'holds another run of planted',
      )
  })

  it('judges again what was judged in another way', async () => {
    const folder = newFolder()
    await score({ benchmark: benchmark(problems), folder })
    const asked = engine.requests.length
    const stricter = problems.map((one) => ({ ...one, reference: '    return 9' }))
    const result = await score({ benchmark: benchmark(stricter), folder })
    expect(result.outcomes).toEqual({ matched: 2, different: 22 })
    expect(engine.requests).toHaveLength(asked)
  })

  it('stops at an abort, and goes on later', async () => {
    const folder = newFolder()
    const stop = new AbortController()
    const enough = new Error('enough')
    const stopped = evaluate({
      benchmark: benchmark(problems),
      source: { ...source, perRequest: 1, inFlight: 1 },
      sampling,
      folder,
      commit: 'abc',
      machine: 'test',
      signal: stop.signal,
      onProgress: ({ samples }) => samples >= 5 && stop.abort(enough),
    })
    await expect(stopped).rejects.toBe(enough)
    expect(existsSync(join(folder, 'result.json'))).toBe(false)
    const asked = engine.requests.length
    const result = await score({ benchmark: benchmark(problems), folder })
    expect(engine.requests.length - asked).toBeLessThanOrEqual(19)
    expect(result.outcomes).toEqual({ matched: 10, different: 14 })
  })

  it('tells its progress', async () => {
    const seen: number[] = []
    await score({
      benchmark: benchmark(problems),
      onProgress: ({ samples, judged, total, passed }) => {
        expect(judged).toBeLessThanOrEqual(samples)
        expect(total).toBe(24)
        seen.push(samples + judged + passed)
      },
    })
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(24 + 24 + 10)
  })

  it('says how many samples ran into the limit', async () => {
    const one = [problem('long', () => '    return 1', { maxTokens: 1 })]
    const { notes } = await score({ benchmark: benchmark(one) })
    expect(notes).toEqual(['a note', '8 of 8 samples ended at the token limit or the window.'])
  })
})

describe.skipIf(missing('bubblewrap'))('a run that is judged by running', { timeout: 60_000 }, () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox()
  })
  afterAll(() => sandbox.close())

  it('has the known pass counts, and runs each different program once', async () => {
    const odd = ['    return 1 \0', '    return "\ud800"', '    return (', '    import os; os._exit(0)']
    const problems = [
      problem('d', rightFor(3)),
      problem('e', (index) => odd[index % odd.length]!),
      problem('f', () => '    while True: pass', {
        program: (completion) => ({
          language: 'python',
          source: `def f():\n${completion}\nf()\n`,
          limits: { milliseconds: 300 },
        }),
      }),
    ]
    let runs = 0
    const counted: Sandbox = {
      ...sandbox,
      run(...args) {
        runs++
        return sandbox.run(...args)
      },
    }
    const result = await score({ benchmark: benchmark(problems, { judge: 'run' }), sandbox: counted })
    expect(result.outcomes).toEqual({ passed: 3, failed: 13, 'timed-out': 8 })
    expect(result.passAt['1']?.value).toBeCloseTo(3 / 8 / 3, 12)
    expect(runs).toBe(6 + odd.length + 1)
  })

  it('tells a flaky test', async () => {
    // Each sample has a program of its own, which passes every second time: that 24 that passed pass again has a
    // chance below 1 in 10 millions.
    const flaky = problem('flaky', (index) => `    return ${index} - ${index} + 1`, {
      program: (completion) => ({
        language: 'python',
        source: `import random\ndef f():\n${completion}\nassert random.SystemRandom().random() < 0.5\n`,
      }),
    })
    const steady = problem('steady', rightFor(4))
    const many = { ...sampling, n: 64 }
    const options = { benchmark: benchmark([steady, flaky], { judge: 'run' }), sandbox, sampling: many }
    const folder = newFolder()
    const result = await score({ ...options, folder, again: 1000 })
    expect(result.outcomes.passed).toBeGreaterThanOrEqual(4 + 10)
    expect(result.flaky).toEqual(['flaky'])
    // What was found stays found, and nothing is looked for where nobody asks.
    expect((await score({ ...options, folder, again: 1000 })).flaky).toEqual(['flaky'])
    expect((await score({ ...options, folder, again: 0 })).flaky).toEqual([])
  })

  it('has no score where a language cannot be run, and asks the model nothing', async () => {
    const asked = engine.requests.length
    const without: Sandbox = {
      ...sandbox,
      toolchain: async (language) => ({ language, present: false, message: 'Python is missing.' }),
    }
    const evaluation = await evaluate({
      benchmark: benchmark([problem('g', rightFor(1))], { judge: 'run' }),
      source,
      sampling,
      sandbox: without,
      folder: newFolder(),
      commit: 'abc',
      machine: 'test',
    })
    expect(evaluation).toEqual({ kind: 'no-score', benchmark: 'planted', message: 'Python is missing.' })
    expect(engine.requests).toHaveLength(asked)
  })

  it('has no score where a program is refused, and counts no failure', async () => {
    const huge = problem('h', rightFor(1), {
      program: () => ({ language: 'python', source: `#${'x'.repeat(16 << 20)}` }),
    })
    const folder = newFolder()
    const evaluation = await evaluate({
      benchmark: benchmark([huge], { judge: 'run' }),
      source,
      sampling: { ...sampling, n: 1 },
      sandbox,
      folder,
      commit: 'abc',
      machine: 'test',
    })
    expect(evaluation).toMatchObject({ kind: 'no-score', benchmark: 'planted' })
    expect(readFileSync(join(folder, 'judgements.jsonl'), 'utf8')).toBe('')
  })
})
