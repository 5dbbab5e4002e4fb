import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '../api/index.ts'
import { projectRoot, runProcess } from '../lib/index.ts'
import { writeRandomModel } from '../models/index.ts'
import { testVocabulary } from '../models/test-vocabulary.ts'
import { registerServe } from './serve.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-serve-'))
const models = join(root, 'models')
const file = join(models, 'tiny.gguf')
const { UNDERSTUDY_TOKEN: _, ...outer } = process.env
const env = { ...outer, UNDERSTUDY_CACHE: join(root, 'cache') }
const main = join(projectRoot, 'src/cli/main.ts')
const children: ChildProcess[] = []

beforeAll(async () => {
  await runProcess('mkdir', [models])
  await writeRandomModel(file, { vocabulary: testVocabulary(), seed: 1, contextLength: 2048 })
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

afterAll(() => rmSync(root, { recursive: true }))

interface Announcement {
  url: string
  token: string
  playground: string
  model: string
}

/** Starts a server, and waits until it says where it is. */
async function serve(
  ...args: string[]
): Promise<{ child: ChildProcess; said: Announcement; stderr: Promise<string> }> {
  const child = spawn(
    process.execPath,
    [main, 'serve', '--port', '0', '--models', models, '--json', ...args],
    { env: { ...env, UNDERSTUDY_UPSTREAM_KEY: process.env.UNDERSTUDY_UPSTREAM_KEY } },
  )
  children.push(child)
  const stderr = text(child.stderr)
  for await (const line of createInterface({ input: child.stdout }))
    return { child, said: JSON.parse(line), stderr }
  throw new Error(await stderr)
}

const run = (...args: string[]) => runProcess(process.execPath, [main, ...args], { env })

/** What the command refuses, without a process of its own. */
async function refusal(args: string[]): Promise<unknown> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  registerServe(program)
  return await program.parseAsync(['serve', ...args], { from: 'user' }).catch((error: unknown) => error)
}

describe('understudy serve', { timeout: 120_000 }, () => {
  it('says where it is, serves the page and the API, and ends with 0 when it is told to', async () => {
    const { child, said, stderr } = await serve()
    expect(said).toMatchObject({ model: 'tiny', playground: `${said.url}/?token=${said.token}` })
    expect(new URL(said.url).hostname).toBe('127.0.0.1')
    expect((await fetch(said.playground)).headers.get('content-type')).toMatch('text/html')
    const client = createClient({ baseUrl: said.url, token: said.token })
    expect((await client.complete({ model: 'tiny', prompt: 'a', max_tokens: 3 })).choices).toHaveLength(1)
    expect((await client.modelDetails()).data[0]).toMatchObject({ id: 'tiny', path: file, loaded: true })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(await stderr).toMatch(/^(Building.*\n)?Stopping: .*\n$/)
  })

  it('keeps its token, which is its owner’s alone, from one start to the next', async () => {
    const first = await serve()
    first.child.kill('SIGINT')
    await once(first.child, 'exit')
    const second = await serve()
    expect(second.said.token).toBe(first.said.token)
    expect(statSync(join(root, 'cache/server-token')).mode & 0o777).toBe(0o600)
    expect((await serve('--token', 'mine')).said.token).toBe('mine')
  })

  it('lets a stream in flight end before it stops', async () => {
    const { child, said } = await serve()
    const client = createClient({ baseUrl: said.url, token: said.token })
    // Only the token limit ends it: the special tokens come first in the vocabulary.
    const banned = Object.fromEntries(Array.from({ length: 39 }, (_, id) => [id, -100]))
    const request = { model: 'tiny', prompt: 'a', max_tokens: 500, logit_bias: banned }
    let last: string | null | undefined
    for await (const { choices } of client.streamCompletion(request)) {
      if (last === undefined) child.kill('SIGTERM')
      last = choices[0]?.finish_reason ?? last ?? null
    }
    expect(last).toBe('length')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('says in a sentence that the port is in use, and exits with 1', async () => {
    const { said } = await serve()
    const { port } = new URL(said.url)
    const { code, stdout, stderr } = await run('serve', '--port', port, '--models', models)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(
      `understudy: Port ${port} is in use by another program.\n  Choose another port, such as --port `,
    )
  })

  it.each([
    [['--models', join(root, 'none')], 'There is no model in'],
    [['--models', models, '--model', 'gpt'], 'There is no model named gpt.'],
    [['--models', models, '--model', './none.gguf'], 'There is no model at'],
    [['--models', models, '--host', '0.0.0.0'], 'needs a token of your own'],
    [['--models', models, '--port', '99999'], 'It must be a whole number from 0 to 65535.'],
    [['--upstream', 'http://127.0.0.1:1'], 'cannot be reached'],
    [['--upstream', 'not a url'], 'is not the URL of a server'],
  ])('refuses %j in a sentence', async (args, message) => {
    expect(await refusal(args)).toMatchObject({ message: expect.stringContaining(message) })
  })

  it('offers a model by its path first', async () => {
    const { said } = await serve('--models', join(root, 'none'), '--model', file)
    expect(said.model).toBe('tiny')
  })

  it('passes requests on to another server', async () => {
    const { said: behind } = await serve()
    process.env.UNDERSTUDY_UPSTREAM_KEY = behind.token
    try {
      const { said } = await serve('--upstream', behind.url, '--token', 'front')
      const client = createClient({ baseUrl: said.url, token: 'front' })
      const request = { model: 'tiny', prompt: 'a', temperature: 0, max_tokens: 5 }
      const direct = createClient({ baseUrl: behind.url, token: behind.token })
      expect((await client.complete(request)).choices).toEqual((await direct.complete(request)).choices)
    } finally {
      delete process.env.UNDERSTUDY_UPSTREAM_KEY
    }
  })

  it('logs requests without prompts or tokens where it is asked to', async () => {
    const { child, said, stderr } = await serve('--verbose')
    const client = createClient({ baseUrl: said.url, token: said.token })
    await fetch(said.playground)
    await client.complete({ model: 'tiny', prompt: 'my private code', max_tokens: 1 })
    child.kill('SIGTERM')
    const log = await stderr
    expect(log).toContain('"path":"/v1/completions"')
    expect(log).not.toContain('private')
    expect(log).not.toContain(said.token)
  })
})
