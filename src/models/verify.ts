import { statSync } from 'node:fs'
import { join } from 'node:path'
import { sha256File, UserError } from '../lib/index.ts'
import { checkGguf, type GgufSummary } from './gguf/check.ts'
import type { ModelManifest } from './manifest.ts'
import { readManifest } from './manifest-file.ts'

export interface VerifiedModel {
  manifest: ModelManifest
  summary: GgufSummary
}

/** The path of a model directory's weights. */
export function weightsPath(folder: string): string {
  return join(folder, 'model.gguf')
}

/**
 * Verifies a model directory: the weights are a GGUF file that the runtime can load, are byte for byte those
 * that the manifest names, and are what it says of them. Reads the whole file. Throws a `UserError` that says
 * what does not hold.
 */
export async function verifyModel(folder: string): Promise<VerifiedModel> {
  const manifest = await readManifest(folder)
  const path = weightsPath(folder)
  const summary = await checkGguf(path)
  const expected = manifest.files['model.gguf']
  const bytes = statSync(path).size
  if (bytes !== expected.bytes)
    throw differs(path, `has ${bytes} bytes where its manifest says ${expected.bytes}`)
  if ((await sha256File(path)) !== expected.sha256)
    throw differs(path, 'does not have the checksum that its manifest says')
  for (const field of ['parameters', 'contextLength', 'vocabularySize', 'quantization'] as const) {
    if (manifest[field] !== summary[field]) {
      throw differs(path, `has ${field} ${summary[field]} where its manifest says ${manifest[field]}`)
    }
  }
  return { manifest, summary }
}

function differs(path: string, difference: string): UserError {
  return new UserError(
    `${path} ${difference}.`,
    'Fetch or export the model again; the file was changed or cut off.',
  )
}
