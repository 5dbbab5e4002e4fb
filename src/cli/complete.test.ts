import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createScriptedEngine } from '../inference/index.ts'
import { projectRoot, runProcess, UserError } from '../lib/index.ts'
import { writeRandomModel } from '../models/index.ts'
import { testVocabulary } from '../models/test-vocabulary.ts'
import { createServer, engineCatalogue, listen, type UnderstudyServer } from '../server/index.ts'
import { registerComplete } from './complete.ts'
import { registerGenerate } from './generate.ts'

const root = mkdtempSync(join(tmpdir(), 'understudy-complete-'))
const models = join(root, 'models')
const main = join(projectRoot, 'src/cli/main.ts')
const env = { ...process.env, UNDERSTUDY_CACHE: join(root, 'cache'), UNDERSTUDY_TOKEN: 'secret' }
/** A file of two functions, the second without its body. */
const python = join(root, 'sum.py')
let server: UnderstudyServer
let url: string

const sure = (text: string) => ({ tokens: [{ text, logprob: -0.1 }] })

beforeAll(async () => {
  mkdirSync(models)
  await writeRandomModel(join(models, 'tiny.gguf'), { vocabulary: testVocabulary(), seed: 1 })
  writeFileSync(join(root, 'no-extension'), 'x')
  writeFileSync(python, 'def one():\n    return \n\n\ndef two():\n    return 2\n')
  const engine = createScriptedEngine({
    'def one():\n    return █\n\n\ndef two():\n    return 2\n': sure('1'),
    'x = ': sure('42'),
    'y = ': { tokens: [{ text: '7', logprob: -5 }] },
    '# Add two numbers.\ndef ': 'add(a, b):\n    return a + b\n\n\ndef other():\n    pass\n',
  })
  server = await createServer({ catalogue: engineCatalogue([engine]), token: 'secret' })
  url = await listen(server.app, { host: '127.0.0.1', port: 0 })
})

afterAll(async () => {
  await server.shutdown(0)
  rmSync(root, { recursive: true })
})

const run = (args: string[], input = '') => runProcess(process.execPath, [main, ...args], { env, input })

/** What a command refuses, without a process of its own. */
async function refusal(args: string[]): Promise<unknown> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  registerComplete(program)
  registerGenerate(program)
  return await program.parseAsync(args, { from: 'user' }).catch((error: unknown) => error)
}

describe('understudy complete', { timeout: 120_000 }, () => {
  it('prints what a server suggests at a place in a file', async () => {
    expect(await run(['complete', `${python}:2`, '--url', url])).toEqual({
      code: 0,
      stdout: '1\n',
      stderr: '',
    })
    expect(await run(['complete', `${python}:2:12`, '--url', url])).toMatchObject({ code: 0, stdout: '1\n' })
  })

  it('refuses a broken model that was named, and takes no other in its place', async () => {
    const broken = join(root, 'broken.gguf')
    writeFileSync(broken, readFileSync(join(models, 'tiny.gguf')).subarray(0, 5_000))
    const error = await refusal(['complete', `${python}:2`, '--models', models, '--model', broken])
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).toContain('cut off')
  })

  it('reads standard input', async () => {
    const args = ['complete', '-', '--language', 'python', '--url', url]
    expect(await run(args, 'x = ')).toMatchObject({ code: 0, stdout: '42\n' })
    const { stdout } = await run([...args, '--json'], 'x = ')
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'suggestion',
      text: '42',
      meanLogprob: -0.1,
      model: 'scripted',
    })
  })

  it('stays quiet where the model is unsure, exits with 1 and says why', async () => {
    const args = ['complete', '-', '--language', 'python', '--url', url]
    expect(await run(args, 'y = ')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('not sure enough'),
    })
    expect(await run([...args, '--ungated'], 'y = ')).toMatchObject({ code: 0, stdout: '7\n' })
  })

  it('starts an engine of its own', async () => {
    const { code, stdout } = await run(['complete', python, '--models', models, '--json', '--ungated'])
    const outcome = JSON.parse(stdout)
    expect(outcome.model).toBe('tiny')
    expect(code).toBe(outcome.kind === 'suggestion' ? 0 : 1)
    expect(outcome.meanLogprob).toBeLessThan(0)
  })

  it.each([
    [['complete', join(root, 'none.py')], 'There is no file'],
    [['complete', root, '--language', 'python'], 'is a folder'],
    [['complete', `${python}:99`], 'There is no line 99.'],
    [['complete', `${python}:1:99`], 'Line 1 has no column 99.'],
    [['complete', join(root, 'no-extension')], 'The language cannot be told'],
    [['complete', python, '--language', 'latin'], 'There is no language latin.'],
    [['complete', python, '--token', 'other'], 'does not accept the token'],
    [['complete', python, '--model', 'gpt'], 'no model named gpt'],
    [['complete', python, '--token', 'secret', '--url', 'http://127.0.0.1:1'], 'No server answers'],
    [['complete', python, '--token', 'secret', '--url', 'file:///etc'], 'is not the URL of a server'],
    [['generate', ' '], 'There is no description.'],
    [['generate', 'x', '--language', 'latin'], 'There is no language latin.'],
    [['generate', 'x', '--seed', '-1'], 'It must be a whole number'],
  ])('refuses %j in a sentence', async (args, message) => {
    const error = await refusal(
      args.includes('--url') ? args : [args[0]!, '--url', url, '--token', 'secret', ...args.slice(1)],
    )
    expect(error).toMatchObject({ message: expect.stringContaining(message) })
  })

  it('exits with 1 and shows no stack', async () => {
    const { code, stdout, stderr } = await run(['complete', join(root, 'none.py')])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^understudy: There is no file .*\n {2}.*\n$/)
  })
})

describe('understudy generate', { timeout: 120_000 }, () => {
  it('writes one definition for a description', async () => {
    const { code, stdout } = await run(['generate', 'Add two numbers.', '--url', url])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'def add(a, b):\n    return a + b\n' })
  })

  it('writes the same for the same seed, from an engine of its own', async () => {
    const args = [
      'generate',
      'Add two numbers.',
      '--models',
      models,
      '--max-tokens',
      '12',
      '--temperature',
      '1',
      '--json',
    ]
    const [first, second, other] = await Promise.all(
      ['5', '5', '6'].map((seed) => run([...args, '--seed', seed])),
    )
    expect(JSON.parse(first!.stdout)).toMatchObject({
      language: 'python',
      model: 'tiny',
      code: expect.stringMatching(/^def /),
    })
    expect(second!.stdout).toBe(first!.stdout)
    expect(other!.stdout).not.toBe(first!.stdout)
  })
})
