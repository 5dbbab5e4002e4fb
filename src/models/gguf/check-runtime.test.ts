import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProcess, UserError } from '../../lib/index.ts'
import { testVocabulary } from '../test-vocabulary.ts'
import { checkGguf } from './check.ts'
import type { GgufMetadata, GgufValue, TensorType } from './format.ts'
import { writeRandomModel } from './random-model.ts'
import { readHeader } from './read.ts'
import { writeGguf } from './write.ts'

/**
 * The checker against the runtime itself: whatever bytes a file holds, the checker either refuses it with a
 * `UserError` or passes a file that the runtime, in a child process, survives.
 */
const folder = mkdtempSync(join(tmpdir(), 'understudy-runtime-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const vocabulary = testVocabulary(20)
let good: Buffer
let headerBytes: number

beforeAll(async () => {
  const path = join(folder, 'good.gguf')
  await writeRandomModel(path, { vocabulary, seed: 3, layers: 1, width: 32, quantization: 'F16' })
  good = readFileSync(path)
  headerBytes = readHeader(path).dataOffset
})

/** Loads files into the runtime in a child process. One line a file; fewer where it died. */
async function loadAll(paths: string[]): Promise<string[]> {
  const script = join(import.meta.dirname, 'load-in-runtime.ts')
  const { stdout, stderr, code } = await runProcess(process.execPath, [script, ...paths], {
    signal: AbortSignal.timeout(60_000),
  })
  const lines = stdout.split('\n').filter((line) => line !== '')
  expect({ code, lines: lines.length }, `${paths[lines.length]}\n${stderr}`).toEqual({
    code: 0,
    lines: paths.length,
  })
  return lines
}

async function passes(path: string): Promise<boolean> {
  try {
    await checkGguf(path)
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never

/** One change to a file: a byte, a 32-bit or 64-bit number, a cut, or a piece moved somewhere else. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant('byte' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.nat(255),
  }),
  fc.record({
    kind: fc.constant('uint32' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff),
  }),
  fc.record({
    kind: fc.constant('uint64' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.constantFrom(0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n),
  }),
  fc.record({
    kind: fc.constant('cut' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.constant(0),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.nat(4096),
  }),
)

/** Changes fall into the header, which is all that is read; a cut falls anywhere. */
function apply(changes: Change[]): Buffer {
  let file: Buffer = Buffer.from(good)
  for (const { kind, at, value } of changes) {
    const position = Math.floor(at * Math.min(headerBytes, Math.max(0, file.length - 8)))
    if (file.length < 16) break
    if (kind === 'byte') file.writeUInt8(Number(value), position)
    else if (kind === 'uint32') file.writeUInt32LE(Number(value), position)
    else if (kind === 'uint64') file.writeBigUInt64LE(BigInt(value), position)
    else if (kind === 'cut') file = file.subarray(0, Math.floor(at * file.length))
    else
      file.copy(
        file,
        position,
        Number(value) % file.length,
        Math.min(file.length, (Number(value) % file.length) + 16),
      )
  }
  return file
}

describe('any file', () => {
  test('is passed or refused, in a sentence, without reading far', async () => {
    const path = join(folder, 'any.gguf')
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        writeFileSync(path, apply(changes))
        await passes(path)
      }),
      { numRuns: 600 },
    )
  })

  test('is refused where it is only noise behind the magic number', async () => {
    const path = join(folder, 'noise.gguf')
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), fc.constantFrom(2, 3), async (noise, version) => {
        writeFileSync(path, Buffer.concat([Buffer.from(`GGUF${String.fromCharCode(version)}\0\0\0`), noise]))
        expect(await passes(path)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the runtime survives what is passed', () => {
  test('changed bytes', async () => {
    // Bytes outside the tokens, most of which would only spell another token.
    const tokens = good.indexOf('tokenizer.ggml.tokens')
    const after = good.indexOf('tokenizer.ggml.bos_token_id')
    const position = fc.oneof(
      fc.nat(tokens),
      fc.integer({ min: after, max: headerBytes - 1 }),
      fc.nat(headerBytes - 1),
    )
    const edits = fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 2 })
    const paths: string[] = []
    for (const changes of fc.sample(edits, { numRuns: 400, seed: 42 })) {
      const file = Buffer.from(good)
      for (const [at, value] of changes) file.writeUInt8(value, at)
      const path = join(folder, `changed-${paths.length}.gguf`)
      writeFileSync(path, file)
      if (await passes(path)) paths.push(path)
    }
    expect(paths.length).toBeGreaterThan(15)
    await loadAll(paths)
  }, 120_000)

  test('models of other families, which load', async () => {
    const paths = [await llama(), await qwen2(), await starcoder2(), join(folder, 'good.gguf')]
    for (const path of paths) await checkGguf(path)
    expect(await loadAll(paths)).toEqual(paths.map(() => 'loaded'))
  }, 60_000)
})

/** Extents that the made-up models share. */
const width = 64
const feedForward = 96
const layers = 2
const size = vocabulary.tokens.length

function common(architecture: string, epsilon: string): [string, GgufValue][] {
  const integer = (value: number): GgufValue => ({ type: 'uint32', value })
  return [
    ['general.architecture', { type: 'string', value: architecture }],
    [`${architecture}.block_count`, integer(layers)],
    [`${architecture}.context_length`, integer(128)],
    [`${architecture}.embedding_length`, integer(width)],
    [`${architecture}.feed_forward_length`, integer(feedForward)],
    [`${architecture}.attention.head_count`, integer(2)],
    [`${architecture}.attention.head_count_kv`, integer(1)],
    [`${architecture}.attention.${epsilon}`, { type: 'float32', value: 1e-5 }],
    ['tokenizer.ggml.eos_token_id', integer(0)],
  ]
}

function byteLevel(pre: string): [string, GgufValue][] {
  return [
    ['tokenizer.ggml.model', { type: 'string', value: 'gpt2' }],
    ['tokenizer.ggml.pre', { type: 'string', value: pre }],
    ['tokenizer.ggml.tokens', { type: 'array', of: 'string', value: vocabulary.tokens }],
    ['tokenizer.ggml.merges', { type: 'array', of: 'string', value: vocabulary.merges }],
  ]
}

function sentencePiece(): [string, GgufValue][] {
  const bytes = Array.from(
    { length: 256 },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
  )
  const letters = [...'▁abcdefghijklmnopqrstuvwxyz'].concat(['▁<PRE>', '▁<SUF>', '▁<MID>'])
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...letters]
  const padded = [...tokens, ...Array.from({ length: size - tokens.length }, (_, i) => `unused${i}`)]
  const types = padded.map((_, id) => (id === 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1))
  return [
    ['tokenizer.ggml.model', { type: 'string', value: 'llama' }],
    ['tokenizer.ggml.tokens', { type: 'array', of: 'string', value: padded }],
    ['tokenizer.ggml.scores', { type: 'array', of: 'float32', value: padded.map((_, id) => -id) }],
    ['tokenizer.ggml.token_type', { type: 'array', of: 'int32', value: types }],
    ['tokenizer.ggml.bos_token_id', { type: 'uint32', value: 1 }],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
  ]
}

/** Matrices of `names` in every layer, with vectors beside them. */
async function write(
  name: string,
  metadata: GgufMetadata,
  layer: Record<string, number[]>,
  whole: Record<string, number[]>,
): Promise<string> {
  const shapes = { 'token_embd.weight': [width, size], 'output_norm.weight': [width], ...whole }
  for (let index = 0; index < layers; index++) {
    for (const [part, shape] of Object.entries(layer))
      Object.assign(shapes, { [`blk.${index}.${part}`]: shape })
  }
  const path = join(folder, `${name}.gguf`)
  const tensors = Object.entries<number[]>(shapes).map(([tensor, shape]) => ({
    name: tensor,
    shape,
    type: (shape.length === 1 ? 'F32' : 'Q8_0') as TensorType,
    pieces: () => [
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i) / 8),
    ],
  }))
  await writeGguf(path, metadata, tensors)
  return path
}

const attention = {
  'attn_norm.weight': [width],
  'attn_q.weight': [width, width],
  'attn_k.weight': [width, width / 2],
  'attn_v.weight': [width, width / 2],
  'attn_output.weight': [width, width],
  'ffn_norm.weight': [width],
  'ffn_up.weight': [width, feedForward],
  'ffn_down.weight': [feedForward, width],
}
const gate = { 'ffn_gate.weight': [width, feedForward] }
const biases = { 'attn_q.bias': [width], 'attn_k.bias': [width / 2], 'attn_v.bias': [width / 2] }

function llama(): Promise<string> {
  const metadata = new Map([...common('llama', 'layer_norm_rms_epsilon'), ...sentencePiece()])
  metadata.set('llama.rope.dimension_count', { type: 'uint32', value: 32 })
  return write('llama', metadata, { ...attention, ...gate }, { 'output.weight': [width, size] })
}

function qwen2(): Promise<string> {
  const metadata = new Map([...common('qwen2', 'layer_norm_rms_epsilon'), ...byteLevel('qwen2')])
  return write('qwen2', metadata, { ...attention, ...gate, ...biases }, {})
}

function starcoder2(): Promise<string> {
  const metadata = new Map([...common('starcoder2', 'layer_norm_epsilon'), ...byteLevel('starcoder')])
  const more = {
    'attn_norm.bias': [width],
    'attn_output.bias': [width],
    'ffn_norm.bias': [width],
    'ffn_up.bias': [feedForward],
    'ffn_down.bias': [width],
  }
  return write('starcoder2', metadata, { ...attention, ...biases, ...more }, { 'output_norm.bias': [width] })
}
