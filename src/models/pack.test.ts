import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UserError } from '../lib/index.ts'
import { findModels } from './find.ts'
import { writeRandomModel } from './gguf/random-model.ts'
import { readManifest, writeManifest } from './manifest-file.ts'
import { defaultGate, packModel, setGate } from './pack.ts'
import { testVocabulary } from './test-vocabulary.ts'
import { safetensorsOf, testWeights } from './test-weights.ts'
import { verifyModel, weightsPath } from './verify.ts'

const vocabulary = testVocabulary()
let root: string
let models: string
let weights: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'understudy-pack-'))
  models = join(root, 'models')
  mkdirSync(models)
  weights = join(root, 'weights.safetensors')
  const { metadata, tensors } = testWeights(vocabulary)
  writeFileSync(weights, safetensorsOf(metadata, tensors))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

function pack(name: string, more: Partial<Parameters<typeof packModel>[0]> = {}) {
  return packModel({
    folder: join(models, name),
    weights,
    vocabulary,
    tokenizer: 'a'.repeat(64),
    quantization: 'Q8_0',
    license: 'Apache-2.0',
    bitsPerByte: { python: 1.5, all: 1.6 },
    ...more,
  })
}

describe('packing a model', () => {
  test('makes a folder that verifies, with manifest and card', async () => {
    const manifest = await pack('tiny')
    expect(readdirSync(join(models, 'tiny')).toSorted()).toEqual(['card.md', 'manifest.json', 'model.gguf'])
    expect(manifest).toMatchObject({
      name: 'tiny',
      quantization: 'Q8_0',
      contextLength: 128,
      training: { tokens: 3456, seconds: 7.5, tokenizer: 'a'.repeat(64), corpus: '' },
      bitsPerByte: { all: 1.6 },
      gate: defaultGate,
    })
    expect((await verifyModel(join(models, 'tiny'))).manifest).toEqual(manifest)
    expect(readFileSync(join(models, 'tiny', 'card.md'), 'utf8')).toContain('# tiny')
  })

  test('takes the place of another only when told to', async () => {
    await pack('tiny')
    await expect(pack('tiny')).rejects.toThrow(/There is something at .* already/)
    await pack('tiny', { quantization: 'F16', replace: true })
    expect((await readManifest(join(models, 'tiny'))).quantization).toBe('F16')
    expect(readdirSync(models)).toEqual(['tiny'])
  })

  test.each(['Tiny', 'a b', '-x', 'x'.repeat(65)])('refuses the name %j', async (name) => {
    await expect(pack(name)).rejects.toThrow(/cannot be a model’s name/)
  })

  test('leaves an old model whole, and nothing else, where the new one fails', async () => {
    await pack('tiny')
    const before = readFileSync(weightsPath(join(models, 'tiny')))
    truncateSync(weights, 5000)
    await expect(pack('tiny', { replace: true })).rejects.toThrow(UserError)
    const controller = new AbortController()
    controller.abort(new UserError('Stopped.', 'Again.'))
    await expect(pack('other', { signal: controller.signal })).rejects.toThrow()
    expect(readdirSync(models)).toEqual(['tiny'])
    expect(readFileSync(weightsPath(join(models, 'tiny'))).equals(before)).toBe(true)
  })
})

test('a calibrated gate goes into manifest and card, and a later one in its place', async () => {
  await pack('tiny')
  const folder = join(models, 'tiny')
  for (const meanLogprob of [-0.31, -0.2]) {
    const gate = { meanLogprob, shownShare: 0.4, precision: 0.7 }
    await setGate(folder, gate)
    expect((await verifyModel(folder)).manifest.gate).toEqual(gate)
    const card = readFileSync(join(folder, 'card.md'), 'utf8')
    expect(card).toContain(`is above ${meanLogprob}`)
    expect(card.match(/mean log-probability/g)).toHaveLength(1)
    expect(card).not.toContain('was not calibrated')
  }
  await expect(setGate(models, defaultGate)).rejects.toThrow(/There is no manifest/)
})

describe('verifying a model', () => {
  test('a changed weight is told by the checksum', async () => {
    await pack('tiny')
    const path = weightsPath(join(models, 'tiny'))
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    writeFileSync(path, bytes)
    await expect(verifyModel(join(models, 'tiny'))).rejects.toThrow(/checksum/)
  })

  test('a longer file is told by its size', async () => {
    await pack('tiny')
    truncateSync(weightsPath(join(models, 'tiny')), 10_000_000)
    await expect(verifyModel(join(models, 'tiny'))).rejects.toThrow(
      /has 10000000 bytes where its manifest says/,
    )
  })

  test('a manifest of another model is told by what it says', async () => {
    const manifest = await pack('tiny')
    await writeManifest(join(models, 'tiny'), { ...manifest, contextLength: 4096 })
    await expect(verifyModel(join(models, 'tiny'))).rejects.toThrow(
      /has contextLength 128 where its manifest says 4096/,
    )
  })

  test.each<[string, (manifest: Record<string, unknown>) => unknown, RegExp]>([
    ['another format', (manifest) => ({ ...manifest, format: 'x' }), /format/],
    [
      'a checksum that is none',
      (manifest) => ({ ...manifest, files: { 'model.gguf': { bytes: 1, sha256: 'x' } } }),
      /files.model.gguf.sha256: is not a SHA-256/,
    ],
    ['a path as a file name', (manifest) => ({ ...manifest, files: { '../../etc/passwd': {} } }), /files/],
    ['a name that is a path', (manifest) => ({ ...manifest, name: '../x' }), /name: is not lower-case/],
    [
      'a probability above one',
      (manifest) => ({ ...manifest, gate: { ...defaultGate, meanLogprob: 1 } }),
      /gate.meanLogprob/,
    ],
    ['a list', () => [], /it: /],
  ])('refuses a manifest with %s', async (_, edit, message) => {
    const manifest = await pack('tiny')
    const path = join(models, 'tiny', 'manifest.json')
    writeFileSync(path, JSON.stringify(edit({ ...manifest })))
    await expect(readManifest(join(models, 'tiny'))).rejects.toThrow(message)
    writeFileSync(path, '{')
    await expect(readManifest(join(models, 'tiny'))).rejects.toThrow(/is not JSON/)
  })
})

describe('finding models', () => {
  test('in folders with a manifest, in bare files and at given paths, each once', async () => {
    await pack('tiny')
    await writeRandomModel(join(models, 'bare.gguf'), { vocabulary, seed: 1 })
    await writeRandomModel(join(root, 'bare.gguf'), { vocabulary, seed: 2 })
    mkdirSync(join(models, 'notes'))
    writeFileSync(join(models, 'README.md'), 'no model')
    symlinkSync(join(models, 'gone.gguf'), join(models, 'dangling.gguf'))
    const entries = await findModels(models, [join(root, 'bare.gguf'), join(models, 'tiny')])
    expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
      ['bare', 'usable'],
      ['tiny', 'usable'],
      ['bare-2', 'usable'],
    ])
    expect(entries[1]).toMatchObject({ manifest: { name: 'tiny' }, fim: { order: 'suffix-prefix-middle' } })
    expect(entries[2]).toMatchObject({ manifest: undefined, path: join(models, 'bare.gguf') })
  })

  test('a broken one is an entry that says why', async () => {
    await pack('tiny')
    truncateSync(weightsPath(join(models, 'tiny')), 900)
    writeFileSync(join(models, 'page.gguf'), '<!doctype html>')
    const entries = await findModels(models)
    expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
      ['page', 'unusable'],
      ['tiny', 'unusable'],
    ])
    expect(entries[0]).toMatchObject({ problem: expect.stringContaining('does not start with “GGUF”') })
  })

  test('a folder that does not exist holds none; a given path that does not exist is an error', async () => {
    expect(existsSync(join(root, 'none'))).toBe(false)
    expect(await findModels(join(root, 'none'))).toEqual([])
    await expect(findModels(models, [join(root, 'none.gguf')])).rejects.toThrow(/There is no model at/)
  })
})
