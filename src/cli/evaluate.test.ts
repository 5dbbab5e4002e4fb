import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missing } from '../../test/requirements.ts'
import type { RunResult } from '../evaluation/index.ts'
import { createScriptedEngine } from '../inference/index.ts'
import { projectRoot, runProcess } from '../lib/index.ts'
import { writeRandomModel } from '../models/index.ts'
import { testVocabulary } from '../models/test-vocabulary.ts'
import { createServer, engineCatalogue, listen, type UnderstudyServer } from '../server/index.ts'
import { registerEvaluate } from './evaluate.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-evaluate-cli-'))
const data = join(root, 'data')
const model = join(root, 'tiny.gguf')
const main = join(projectRoot, 'src/cli/main.ts')
let server: UnderstudyServer
let url: string

/** So many more samples are answered; later ones wait for as long as anybody does. */
let allowed = Number.POSITIVE_INFINITY

beforeAll(async () => {
  await runProcess('mkdir', [data])
  const problems = Array.from({ length: 4 }, (_, i) => ({
    task_id: `HumanEval/${i}`,
    prompt: `def f${i}():\n`,
    entry_point: `f${i}`,
    canonical_solution: `    return ${i}\n`,
    test: `def check(candidate):\n    assert candidate() == ${i}\n`,
  }))
  writeFileSync(
    join(data, 'HumanEval.jsonl'),
    problems.map((problem) => `${JSON.stringify(problem)}\n`).join(''),
  )
  await writeRandomModel(model, { vocabulary: testVocabulary(), seed: 1, contextLength: 256 })
  // Half of the seeds answer the first problem right, and none the others.
  const engine = createScriptedEngine(({ sampling }) => ({
    tokens: [`    return ${sampling.seed % 2}`],
    delay: allowed-- > 0 ? 0 : 600_000,
  }))
  server = await createServer({ catalogue: engineCatalogue([engine]), token: 'secret' })
  url = await listen(server.app, { host: '127.0.0.1', port: 0 })
})

afterAll(async () => {
  await server.shutdown(0)
  rmSync(root, { recursive: true })
})

function start(out: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [main, 'evaluate', '--data', data, '--out', join(root, out), ...args], {
    env: { ...process.env, UNDERSTUDY_CACHE: join(root, 'cache') },
    // A group of its own, to which Ctrl-C can be sent as a terminal does.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function finish(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const [stdout, stderr] = [text(child.stdout!), text(child.stderr!)]
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, stdout: await stdout, stderr: await stderr }
}

const served = () => ['--server', url, '--token', 'secret', '--no-cache', '--n', '20', '--per-request', '1']

/** Waits until a run has this many samples. */
async function untilSamples(out: string, count: number): Promise<void> {
  for (;;) {
    const [path] = globSync(join(root, out, '**/samples.jsonl'))
    if (path !== undefined && readFileSync(path, 'utf8').split('\n').length > count) return
    await sleep(20)
  }
}

const lasting = ({ seconds: _, date: __, ...rest }: RunResult) => rest

describe.skipIf(missing('bubblewrap'))('understudy evaluate', { timeout: 240_000 }, () => {
  let whole: RunResult

  it('prints a table of 80 columns and says where the run is', async () => {
    const { code, stdout, stderr } = await finish(start('whole', 'humaneval', ...served()))
    expect(stderr).toMatch(`The runs are in ${join(root, 'whole')};`)
    expect(code).toBe(0)
    const lines = stdout.split('\n')
    expect(lines[1]).toMatch(/^humaneval +0\.2 +20 +4 {2}\d+\.\d \(0\.0–\d+\.\d\) +\d+\.\d$/)
    for (const line of [...lines, ...stderr.split('\n').filter((one) => one.startsWith('humaneval'))])
      expect(line.length).toBeLessThanOrEqual(80)
    const [path] = globSync(join(root, 'whole/**/result.json'))
    whole = JSON.parse(readFileSync(path!, 'utf8')) as RunResult
    // Seeds follow one another, so half of 20 are even and half odd: f0 wants 0 and f1 wants 1.
    expect(whole.outcomes).toEqual({ passed: 20, failed: 60 })
    expect(whole.passAt['1']?.value).toBeCloseTo(0.25, 12)
  })

  it('goes on after kill -9 and after Ctrl-C, and says how', async () => {
    allowed = 12
    const killed = start('killed', 'humaneval', ...served())
    await untilSamples('killed', 12)
    killed.kill('SIGKILL')
    await finish(killed)
    allowed = 20
    const interrupted = start('killed', 'humaneval', ...served())
    const said = finish(interrupted)
    await untilSamples('killed', 32)
    process.kill(-interrupted.pid!, 'SIGINT')
    expect(await said).toMatchObject({
      code: 1,
      stderr: expect.stringMatching('Interrupted.\n  The same command goes on where it stopped.'),
    })
    expect(globSync(join(root, 'killed/**/result.json'))).toEqual([])
    allowed = Number.POSITIVE_INFINITY
    const { code, stdout } = await finish(start('killed', 'humaneval', ...served(), '--json'))
    expect(code).toBe(0)
    expect((JSON.parse(stdout) as RunResult[]).map(lasting)).toEqual([lasting(whole)])
  })

  it('measures a model of this machine', async () => {
    const options = ['--model', model, '--n', '3', '--temperature', '0', '0.5', '--limit', '2', '--json']
    const { code, stdout, stderr } = await finish(start('local', 'humaneval', ...options))
    expect(stderr).not.toMatch('NO SCORE')
    expect(code).toBe(0)
    const results = JSON.parse(stdout) as RunResult[]
    expect(results.map(({ sampling, samples }) => [sampling.temperature, samples])).toEqual([
      [0, 2],
      [0.5, 6],
    ])
    expect(results[0]?.model).toMatchObject({ name: 'tiny', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(results[1]?.ranked?.samples).toBe(3)
  })
})

describe('understudy evaluate refuses', () => {
  /** What the command refuses, without a process of its own. */
  async function refusal(...args: string[]): Promise<string> {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
    registerEvaluate(program)
    program.commands[0]?.exitOverride().configureOutput({ writeErr: () => {} })
    return await program
      .parseAsync(['evaluate', '--data', data, '--out', join(root, 'refused'), ...args], { from: 'user' })
      .then(
        () => expect.unreachable('It was to be refused.'),
        (error: Error) => error.message,
      )
  }

  it('an unknown benchmark, a model and a server at once, a temperature that is none', async () => {
    expect(await refusal('nonsense')).toMatch('There is no benchmark "nonsense"')
    expect(await refusal('--model', 'a', '--server', 'http://127.0.0.1:1')).toMatch('Either a model')
    expect(await refusal('--temperature', 'hot')).toMatch('It must be a number from 0 to 2')
    expect(await refusal('--model', 'nothing-of-this-name')).toMatch('There is no model named')
  })

  it('a token that the server does not know', async () => {
    expect(await refusal('--server', url, '--token', 'wrong')).toMatch('does not accept the token')
  })
})
