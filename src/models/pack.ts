import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { explainDisk, sha256File, UserError, writeFileAtomically } from '../lib/index.ts'
import { type CardCorpus, type CardTraining, gateParagraph, renderCard } from './card.ts'
import type { Quantization } from './gguf/format.ts'
import { convertSafetensors } from './gguf/from-safetensors.ts'
import type { GateThreshold, ModelManifest } from './manifest.ts'
import { isModelName, readManifest, writeManifest } from './manifest-file.ts'
import { verifyModel, weightsPath } from './verify.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface PackOptions {
  /** The model directory to make; its last part is the model's name. */
  folder: string
  /** Safetensors of the trainer's `export`. */
  weights: string
  vocabulary: Vocabulary
  /** Checksum of `tokenizer.json`. */
  tokenizer: string
  quantization: Quantization
  /** SPDX expression of the weights. */
  license: string
  /** The corpus's data card with its checksum. */
  corpus?: (CardCorpus & { checksum: string }) | undefined
  /** The checksum alone, where the card is not at hand. */
  corpusChecksum?: string | undefined
  training?: CardTraining | undefined
  /** Held-out bits per byte by language, and `all`. */
  bitsPerByte?: Record<string, number> | undefined
  gate?: GateThreshold | undefined
  /** Takes the place of a model that is there. */
  replace?: boolean | undefined
  signal?: AbortSignal | undefined
}

/**
 * The threshold of a model that was not calibrated: tokens of probability one half in the geometric mean. Higher
 * thresholds stay quiet more often.
 */
export const defaultGate: GateThreshold = { meanLogprob: -0.7, shownShare: 0, precision: 0 }

/**
 * Makes a model directory out of trained weights: GGUF file, manifest and card, checked, and put in place in one
 * step. Throws a `UserError` where the directory is there already or anything does not fit, leaving nothing behind.
 */
export async function packModel(options: PackOptions): Promise<ModelManifest> {
  const { folder, name } = modelTarget(options.folder, options.replace)
  const mark = randomBytes(4).toString('hex')
  const temporary = `${folder}.${mark}.tmp`
  try {
    mkdirSync(temporary, { recursive: true })
    const manifest = await fill(temporary, name, options)
    options.signal?.throwIfAborted()
    putInPlace(temporary, folder, `${folder}.${mark}.old.tmp`)
    return manifest
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    throw explainDisk(error, options.folder)
  }
}

/**
 * Where a model directory will be, and the name it gives the model. Throws a `UserError` where no model can be
 * called so, or where something is in the way, so that long work can be refused before it begins.
 */
export function modelTarget(path: string, replace = false): { folder: string; name: string } {
  const folder = resolve(path)
  const name = basename(folder)
  if (!isModelName(name)) {
    throw new UserError(
      `${name} cannot be a model’s name.`,
      'Name the folder with up to 64 lower-case letters, digits, dots and dashes.',
    )
  }
  if (existsSync(folder) && !replace) {
    throw new UserError(`There is something at ${path} already.`, 'Choose another folder, or add --replace.')
  }
  return { folder, name }
}

/**
 * Gives a packed model a calibrated gate: in its manifest, and in the card's paragraph on it. Throws a `UserError`
 * where the folder is no model directory.
 */
export async function setGate(folder: string, gate: GateThreshold): Promise<ModelManifest> {
  const manifest = await readManifest(folder)
  const cardPath = join(folder, 'card.md')
  const card = await readFile(cardPath, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `There is no card at ${cardPath}.`,
      'Export the model again: understudy export --help',
      {
        cause: error,
      },
    )
  })
  const changed = { ...manifest, gate }
  await writeManifest(folder, changed)
  await writeFileAtomically(
    cardPath,
    card.replace(gateParagraph(manifest.gate), () => gateParagraph(gate)),
  )
  return changed
}

async function fill(temporary: string, name: string, options: PackOptions): Promise<ModelManifest> {
  const { quantization, license, corpus } = options
  const path = weightsPath(temporary)
  const description = corpus
    ? `Code completion model trained on the corpus ${corpus.name}.`
    : 'Code completion model.'
  const trained = await convertSafetensors({ ...options, path, name, description })
  const manifest: ModelManifest = {
    format: 'understudy-model-1',
    name,
    license,
    parameters: trained.parameters,
    contextLength: trained.shape.contextLength,
    vocabularySize: trained.shape.vocabularySize,
    quantization,
    files: { 'model.gguf': { bytes: statSync(path).size, sha256: await sha256File(path) } },
    training: {
      recipe: trained.recipe,
      corpus: corpus?.checksum ?? options.corpusChecksum ?? '',
      tokenizer: options.tokenizer,
      tokens: trained.tokens,
      seconds: trained.seconds,
    },
    bitsPerByte: options.bitsPerByte ?? {},
    gate: options.gate ?? defaultGate,
  }
  await writeManifest(temporary, manifest)
  const card = renderCard({ manifest, corpus, training: options.training })
  await writeFileAtomically(join(temporary, 'card.md'), card)
  await verifyModel(temporary)
  return manifest
}

/** A folder cannot be renamed onto a full one, so the old one steps aside first, and back if the new one cannot come. */
function putInPlace(temporary: string, folder: string, aside: string): void {
  const replaces = existsSync(folder)
  if (replaces) renameSync(folder, aside)
  try {
    renameSync(temporary, folder)
  } catch (error) {
    if (replaces) renameSync(aside, folder)
    throw error
  }
  rmSync(aside, { recursive: true, force: true })
}
