import { z } from 'zod'
import { ApiError, createClient } from '../../api/index.ts'
import { sha256, UserError } from '../../lib/index.ts'
import { explainFailure, within } from './failure.ts'

/** The model that is measured, as reports name it. */
export const subject = z.object({
  name: z.string(),
  /** What samples are kept by: the checksum of the weights, or the servers' addresses and the model's name. */
  identity: z.string(),
  sha256: z.string().optional(),
  parameters: z.number().optional(),
})
export type Subject = z.infer<typeof subject>

/** A server that completes; several of one model are used side by side. */
export interface Server {
  baseUrl: string
  token?: string
}

/** Where samples come from. */
export interface Source {
  subject: Subject
  servers: Server[]
  /** The name that the servers know the model by. */
  modelName: string
  /** Requests in flight at each server. */
  inFlight: number
  /** Samples in one request. */
  perRequest: number
  /** Alternatives to ask for with the log-probabilities: ours need none to be named, some other servers one. */
  logprobs: 0 | 1
}

export interface RemoteOptions {
  servers: Server[]
  /** Default: the first that the first server lists. */
  modelName?: string
  inFlight?: number
  perRequest?: number
  /** Seconds that a question about the models may take. */
  timeout?: number
  signal?: AbortSignal
}

/** Looks up a model at running servers. Throws a `UserError` for what is no such server, or has no such model. */
export async function openRemote(options: RemoteOptions): Promise<Source> {
  const { servers, modelName, signal, inFlight = 8, perRequest = 8, timeout = 60 } = options
  const names: string[] = []
  let details: { parameters: number | null } | undefined
  for (const server of servers) {
    if (!URL.canParse(server.baseUrl) || !/^https?:/.test(server.baseUrl))
      throw new UserError(
        `${server.baseUrl} is not the URL of a server.`,
        'Give one such as http://127.0.0.1:8420.',
      )
    const client = createClient(server)
    try {
      const { data } = await within(timeout, signal, (limited) => client.models({ signal: limited }))
      const listed = data.map(({ id }) => id)
      const name = modelName ?? names[0] ?? listed[0]
      if (name === undefined || !listed.includes(name))
        throw new UserError(
          `The server at ${server.baseUrl} has no model${name === undefined ? '' : ` named ${name}`}.`,
          `It knows: ${listed.join(', ') || 'none'}. Choose by --model-name.`,
        )
      names.push(name)
      details ??= await within(timeout, signal, (limited) =>
        client.modelDetails({ signal: limited }).catch(notOurs),
      ).then((ours) => ours?.data.find(({ id }) => id === name))
    } catch (error) {
      throw explainFailure(error, server.baseUrl)
    }
  }
  const name = names[0]
  if (name === undefined) throw new UserError('No server was named.', 'Give one with --server.')
  const addresses = servers.map(({ baseUrl }) => baseUrl.replace(/\/+$/, '')).toSorted()
  return {
    subject: {
      name,
      identity: sha256(JSON.stringify([...addresses, name])),
      ...(details?.parameters ? { parameters: details.parameters } : {}),
    },
    servers,
    modelName: name,
    inFlight,
    perRequest,
    logprobs: details === undefined ? 1 : 0,
  }
}

/** Only Understudy's own server tells details; whatever another says to the question is no reason to stop. */
function notOurs(error: unknown): undefined {
  if (error instanceof ApiError) return undefined
  throw error
}
