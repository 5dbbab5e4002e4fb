import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hasCode, UserError, writeFileAtomically } from '../lib/index.ts'
import type { ModelManifest } from './manifest.ts'

const checksum = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hex')
const count = z.int().nonnegative()
/** A name is also a folder's name and part of a URL. */
const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/
const share = z.number().min(0).max(1)

/** The schema of `manifest.json`. A manifest holds no paths: the file names in a model directory are fixed. */
const manifestSchema = z.strictObject({
  format: z.literal('understudy-model-1'),
  name: z.string().regex(namePattern, 'is not lower-case letters, digits, dots and dashes'),
  license: z.string().min(1).max(200),
  parameters: count,
  contextLength: count,
  vocabularySize: count,
  quantization: z.enum(['F32', 'F16', 'Q8_0', 'Q4_0']),
  files: z.strictObject({ 'model.gguf': z.strictObject({ bytes: count, sha256: checksum }) }),
  training: z.strictObject({
    recipe: z.unknown(),
    corpus: z.string().max(64),
    tokenizer: checksum,
    tokens: count,
    seconds: z.number().nonnegative(),
  }),
  bitsPerByte: z.record(z.string().max(64), z.number().nonnegative()),
  gate: z.strictObject({ meanLogprob: z.number().max(0), shownShare: share, precision: share }),
})

/** Whether a model may be called so: up to 64 lower-case letters, digits, dots and dashes. */
export function isModelName(name: string): boolean {
  return namePattern.test(name)
}

/** The path of a model directory's manifest. */
export function manifestPath(folder: string): string {
  return join(folder, 'manifest.json')
}

/** Reads and checks `manifest.json` in a model directory. Throws a `UserError` that names the first wrong field. */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const path = manifestPath(folder)
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) {
      throw new UserError(
        `There is no manifest at ${path}.`,
        'Export the model again: understudy export --help',
        { cause: error },
      )
    }
    throw new UserError(
      `${path} is not JSON that can be read.`,
      'Export the model again: understudy export --help',
      { cause: error },
    )
  }
  return parseManifest(value, path)
}

/** Checks a manifest and writes it into a model directory in one step. */
export async function writeManifest(folder: string, manifest: ModelManifest): Promise<void> {
  const path = manifestPath(folder)
  await writeFileAtomically(path, `${JSON.stringify(parseManifest(manifest, path), null, 2)}\n`)
}

function parseManifest(value: unknown, path: string): ModelManifest {
  const result = manifestSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const field = issue.path.join('.') || 'it'
  throw new UserError(
    `${path} is not a model manifest: ${field}: ${issue.message}.`,
    'Export the model again: understudy export --help',
  )
}
