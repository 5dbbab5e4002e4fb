import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { messageOf, UserError } from '../lib/index.ts'
import { type FimTemplate, fimTemplate } from './fim.ts'
import { type GgufSummary, summarize } from './gguf/check.ts'
import { readHeader } from './gguf/read.ts'
import type { ModelManifest } from './manifest.ts'
import { manifestPath, readManifest } from './manifest-file.ts'
import { weightsPath } from './verify.ts'
import { vocabularyOf } from './vocabulary.ts'

/** A model that was found, or a file that looked like one and why it cannot be used. */
export type ModelEntry = UsableModel | UnusableModel

export interface UsableModel {
  kind: 'usable'
  /** The name that clients use, unique among what was found. */
  name: string
  /** Path of the GGUF file. */
  path: string
  /** Absent for a bare GGUF file. */
  manifest: ModelManifest | undefined
  summary: GgufSummary
  /** Absent where the model cannot fill in the middle. */
  fim: FimTemplate | undefined
}

export interface UnusableModel {
  kind: 'unusable'
  name: string
  path: string
  problem: string
  hint: string
}

/**
 * Finds the models in a folder (each sub-folder with a manifest, and each bare `*.gguf`) and at paths given by the
 * user (a GGUF file or a model directory), by name, the given ones first. Headers are read and checked, weights are
 * not: {@link verifyModel} does that. A broken model in the folder is an entry that says so; a given path that does
 * not exist throws a `UserError`.
 */
export async function findModels(modelsFolder: string, extraPaths: string[] = []): Promise<ModelEntry[]> {
  for (const path of extraPaths) {
    if (!existsSync(path))
      throw new UserError(
        `There is no model at ${path}.`,
        'Give the path of a .gguf file or of a model folder.',
      )
  }
  const seen = new Set<string>()
  const names = new Set<string>()
  const entries: ModelEntry[] = []
  for (const path of [...extraPaths, ...candidates(modelsFolder)]) {
    const real = realpathSync(isFolder(path) && existsSync(weightsPath(path)) ? weightsPath(path) : path)
    if (seen.has(real)) continue
    seen.add(real)
    const entry = await inspect(path)
    entries.push({ ...entry, name: unused(entry.name, names) })
  }
  return entries
}

/** Sub-folders with a manifest, and bare GGUF files. */
function candidates(folder: string): string[] {
  if (!isFolder(folder)) return []
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.tmp'))
    .toSorted()
    .map((name) => join(folder, name))
    .filter(
      (path) =>
        existsSync(isFolder(path) ? manifestPath(path) : path) && (isFolder(path) || path.endsWith('.gguf')),
    )
}

async function inspect(path: string): Promise<ModelEntry> {
  const folder = isFolder(path) ? path : undefined
  const file = folder === undefined ? path : weightsPath(folder)
  const name = folder === undefined ? basename(path, '.gguf') : basename(realpathSync(folder))
  try {
    const manifest = folder === undefined ? undefined : await readManifest(folder)
    const header = readHeader(file)
    const summary = summarize(header)
    return {
      kind: 'usable',
      name: manifest?.name ?? name,
      path: file,
      manifest,
      summary,
      fim: fimTemplate(vocabularyOf(header)),
    }
  } catch (error) {
    const hint = error instanceof UserError ? error.hint : 'Check the file and its permissions.'
    return { kind: 'unusable', name, path: file, problem: messageOf(error), hint }
  }
}

function unused(name: string, names: Set<string>): string {
  let candidate = name
  for (let number = 2; names.has(candidate); number++) candidate = `${name}-${number}`
  names.add(candidate)
  return candidate
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
