import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { UserError } from '../../lib/index.ts'
import { testVocabulary } from '../test-vocabulary.ts'
import { checkGguf } from './check.ts'
import type { GgufMetadata, GgufValue, TensorType } from './format.ts'
import { qwen3Metadata, qwen3Tensors, storedType } from './qwen3.ts'
import { writeGguf } from './write.ts'

/** Good models that a test changes in one place, and what the checker must say of them then. */

export const folder = mkdtempSync(join(tmpdir(), 'understudy-check-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

export const vocabulary = testVocabulary()
export const shape = {
  layers: 2,
  width: 64,
  heads: 2,
  kvHeads: 1,
  headSize: 32,
  feedForward: 96,
  vocabularySize: vocabulary.tokens.length,
  contextLength: 128,
  ropeBase: 10000,
  normEpsilon: 1e-6,
}

interface Parts {
  metadata: GgufMetadata
  tensors: { name: string; shape: number[]; type: TensorType }[]
}

/** A good model with small weights, changed by `edit`, as a file. */
export async function model(edit: (parts: Parts) => void = () => {}): Promise<string> {
  const parts: Parts = {
    metadata: qwen3Metadata(shape, vocabulary, { name: 'x', license: 'CC0-1.0', quantization: 'F16' }),
    tensors: qwen3Tensors(shape).map((tensor) => ({ ...tensor, type: storedType(tensor, 'F16') })),
  }
  edit(parts)
  return write(parts)
}

let files = 0

async function write({ metadata, tensors }: Parts): Promise<string> {
  const path = join(folder, `${files++}.gguf`)
  const weights = (extents: number[]) =>
    Float32Array.from({ length: extents.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * 12.9898) / 5)
  await writeGguf(
    path,
    metadata,
    tensors.map((tensor) => ({ ...tensor, pieces: () => [weights(tensor.shape)] })),
  )
  return path
}

/** A good model whose bytes are changed by `edit`, which may return others. */
export async function bytes(edit: (file: Buffer) => Buffer | undefined): Promise<string> {
  const path = await model()
  const file = readFileSync(path)
  writeFileSync(path, edit(file) ?? file)
  return path
}

export function find(tensors: Parts['tensors'], name: string): Parts['tensors'][number] {
  return tensors.find((tensor) => tensor.name === name)!
}

export const integer = (value: number): GgufValue => ({ type: 'uint32', value })
export const text = (value: string): GgufValue => ({ type: 'string', value })
export const texts = (value: string[]): GgufValue => ({ type: 'array', of: 'string', value })

export function set(key: string, value: GgufValue): () => Promise<string> {
  return () => model(({ metadata }) => void metadata.set(key, value))
}

export function without(key: string): () => Promise<string> {
  return () => model(({ metadata }) => void metadata.delete(key))
}

/** The position after a tensor's name, where its dimensions, extents, type and offset follow. */
export function afterName(file: Buffer, name: string): number {
  return file.indexOf(name) + name.length
}

/** What a kind of damage is called, how it is done, and what the checker says. */
export type Refusals = Record<string, [name: string, make: () => Promise<string>, message: RegExp][]>

/** One test a case: the checker refuses the file in a sentence, with a remedy. */
export function describeRefusals(refusals: Refusals): void {
  for (const [kind, cases] of Object.entries(refusals)) {
    describe(`refused: ${kind}`, () => {
      test.each(cases)('%s', async (_, make, message) => {
        const path = await make()
        const error = await checkGguf(path).then(
          () => expect.fail('it was accepted'),
          (reason: unknown) => reason,
        )
        expect(error).toBeInstanceOf(UserError)
        expect((error as UserError).message).toMatch(message)
        expect((error as UserError).hint).not.toBe('')
      })
    })
  }
}
