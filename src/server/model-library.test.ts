import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScriptedEngine } from '../inference/index.ts'
import { UserError } from '../lib/index.ts'
import { type UsableModel, writeRandomModel } from '../models/index.ts'
import { testVocabulary } from '../models/test-vocabulary.ts'
import { createServer } from './create-server.ts'
import { openModelLibrary } from './model-library.ts'

let root: string
let folder: string
let started: string[]

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'understudy-library-'))
  folder = join(root, 'models')
  mkdirSync(folder)
  started = []
  await writeRandomModel(join(folder, 'tiny.gguf'), {
    vocabulary: testVocabulary(),
    seed: 1,
    layers: 1,
    width: 32,
  })
})

afterEach(() => rmSync(root, { recursive: true }))

const start = async (model: UsableModel) => {
  started.push(model.name)
  return createScriptedEngine({ '*': 'x' }, { name: model.name })
}
const open = (paths: string[] = [], extendable = true) =>
  openModelLibrary({ folder, paths, extendable, start })

describe('openModelLibrary', () => {
  it('describes models without starting them, and starts one once', async () => {
    const library = await open()
    const [entry] = await library.list()
    expect(entry!.details).toMatchObject({
      id: 'tiny',
      loaded: false,
      infill: true,
      context_length: 512,
      gate: null,
    })
    expect(started).toEqual([])
    const [first, second] = await Promise.all([library.open('tiny'), library.open('tiny')])
    expect(first!.engine).toBe(second!.engine)
    expect(started).toEqual(['tiny'])
    expect((await library.list())[0]!.details.loaded).toBe(true)
    expect(await library.open('other')).toBeUndefined()
  })

  it('finds a model that is put into the folder later, and forgets one that is taken away', async () => {
    const library = await open()
    cpSync(join(folder, 'tiny.gguf'), join(folder, 'late.gguf'))
    expect(await library.open('late')).toBeDefined()
    rmSync(join(folder, 'tiny.gguf'))
    expect((await library.list()).map(({ details }) => details.id)).toEqual(['late'])
  })

  it('lends an engine for the time of a request', async () => {
    const disposed: string[] = []
    const library = await openModelLibrary({
      folder,
      extendable: false,
      keep: 0,
      start: async (model) => ({
        ...(await start(model)),
        dispose: async () => void disposed.push(model.name),
      }),
    })
    const { app } = await createServer({ catalogue: library, token: 'secret' })
    const headers = { host: 'localhost', authorization: 'Bearer secret' }
    const body = { model: 'tiny', prompt: 'p' }
    for (const payload of [body, { ...body, stream: true }, { ...body, max_tokens: 9_999 }]) {
      await app.inject({ method: 'POST', url: '/v1/completions', headers, payload })
      await expect.poll(() => disposed).toEqual(started)
    }
    expect(started).toHaveLength(3)
  })

  it('takes a model by path under a name of its own, and keeps the names of the others', async () => {
    const outside = join(root, 'tiny.gguf')
    cpSync(join(folder, 'tiny.gguf'), outside)
    const library = await open()
    const { app } = await createServer({ catalogue: library, token: 'secret' })
    const headers = { host: 'localhost', authorization: 'Bearer secret' }
    const add = (path: unknown) =>
      app.inject({ method: 'POST', url: '/understudy/models', headers, payload: { path } })
    expect((await add(outside)).json()).toMatchObject({ id: 'tiny-2', path: outside })
    expect((await add(outside)).json()).toMatchObject({ id: 'tiny-2' })
    expect((await library.list()).map(({ details }) => details.id)).toEqual(['tiny', 'tiny-2'])

    writeFileSync(join(root, 'bad.gguf'), 'GGUF but cut off')
    for (const path of [
      join(root, 'bad.gguf'),
      join(root, 'none.gguf'),
      '/etc/passwd',
      root,
      '/dev/zero',
      'a\0b',
      '',
      7,
    ]) {
      const response = await add(path)
      expect(response.statusCode).toBe(400)
      expect(response.json()).toMatchObject({ error: { message: expect.stringMatching(/^[A-Z/a-z].{15,}/) } })
    }
    expect(await library.list()).toHaveLength(2)
  })

  it('refuses a path that does not exist at the start, and reports files that are no models', async () => {
    await expect(open([join(root, 'none.gguf')])).rejects.toThrow(UserError)
    writeFileSync(join(folder, 'bad.gguf'), 'no model')
    const library = await open()
    expect(library.unusable().map(({ name }) => name)).toEqual(['bad'])
    expect(await library.list()).toHaveLength(1)
  })
})
