import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Source } from '../evaluation/index.ts'
import { allowedCores, createLlamaEngine } from '../inference/index.ts'
import { sha256File, UserError } from '../lib/index.ts'
import { findModels, type UsableModel } from '../models/index.ts'
import { createServer, engineCatalogue, listen, type UnderstudyServer } from '../server/index.ts'
import { isPath } from './open-library.ts'

export interface LocalServers {
  source: Source
  close(): Promise<void>
}

/** Up to this size one thread is fastest, and two processes are faster than one with two sequences. */
const smallBytes = 200e6

/** Engines of a small model at most: each takes its own memory. */
const mostEngines = 8

/**
 * Serves a model of this machine on loopback ports, behind a token of its own, for as long as the caller needs it.
 * A small model gets an engine process for each core, since on two cores two processes draw 1.5 times as many tokens as
 * one. Sequences side by side share what a batch costs: eight draw twice as many tokens as one.
 */
export async function openLocalServers(
  model: string,
  modelsFolder: string,
  signal: AbortSignal,
): Promise<LocalServers> {
  const { name, path, summary } = await findModel(model, modelsFolder)
  const isSmall = statSync(path).size < smallBytes
  const cores = allowedCores()
  const engines = isSmall ? Math.min(availableParallelism(), mostEngines) : 1
  const token = randomBytes(24).toString('base64url')
  const servers: UnderstudyServer[] = []
  const close = async () => void (await Promise.all(servers.map((server) => server.shutdown(0))))
  try {
    const checksum = await sha256File(path)
    const urls: string[] = []
    for (let i = 0; i < engines; i++) {
      const engine = await createLlamaEngine({
        name,
        modelPath: path,
        sequences: 8,
        ...(isSmall ? { threads: 1, reproducible: true } : {}),
        ...(isSmall && cores[i] !== undefined ? { core: cores[i] } : {}),
        signal,
      })
      const server = await createServer({ catalogue: engineCatalogue([engine]), token })
      servers.push(server)
      urls.push(await listen(server.app, { host: '127.0.0.1', port: 0 }))
    }
    return {
      source: {
        subject: { name, identity: checksum, sha256: checksum, parameters: summary.parameters },
        servers: urls.map((baseUrl) => ({ baseUrl, token })),
        modelName: name,
        // One more than the engine works on, so that it never waits for the next.
        inFlight: 2,
        perRequest: 8,
        logprobs: 0,
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function findModel(model: string, modelsFolder: string): Promise<UsableModel> {
  const given = isPath(model)
  const entries = await findModels(modelsFolder, given ? [resolve(model)] : [])
  const found = given ? entries[0] : entries.find(({ name }) => name === model)
  if (found === undefined)
    throw new UserError(
      `There is no model named ${model}.`,
      `Known here: ${entries.map(({ name }) => name).join(', ') || 'none'}. A file is named by its path.`,
    )
  if (found.kind === 'unusable') throw new UserError(found.problem, found.hint)
  return found
}
