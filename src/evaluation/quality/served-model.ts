import { ApiError, type Client, type CompletionInput, createClient } from '../../api/index.ts'
import { explainFailure } from '../sampling/failure.ts'
import type { Source } from '../sampling/subject.ts'

/** The model that is judged, behind whatever server it is. */
export interface ServedModel {
  complete: Client['complete']
  /** The name by which the server knows the model. */
  model: string
  /** Tokens in its context window, as far as is known. */
  contextLength: number
  /** Whether it takes a suffix. */
  infill: boolean
  /** Alternatives to ask for with the log-probabilities: some servers give none where none is asked for. */
  logprobs: 0 | 1
  /** Requests that may be in flight. */
  parallel: number
}

/** A context that every code model has, for servers that do not tell theirs. */
const modestContext = 2_048

/** Requests in flight at each server: more wait in its queue and gain nothing. */
const inFlight = 2

/**
 * Asks the servers of a source what they know of the model. A request goes to the server with the fewest in flight.
 * What a server does wrong is thrown as a `UserError`, but for what it refuses (a 400), which is the caller's.
 */
export async function openServedModel(source: Source, signal?: AbortSignal): Promise<ServedModel> {
  const servers = source.servers.map((server) => ({
    client: createClient(server),
    url: server.baseUrl,
    busy: 0,
  }))
  const first = servers[0]
  if (first === undefined) throw new RangeError('A source has at least one server.')
  const details = await first.client.modelDetails(signal ? { signal } : {}).catch((error: unknown) => {
    // Only Understudy's own server tells details.
    if (error instanceof ApiError) return undefined
    throw explainFailure(error, first.url)
  })
  const found = details?.data.find(({ id }) => id === source.modelName)
  return {
    async complete(request, options) {
      const server = servers.reduce((best, other) => (other.busy < best.busy ? other : best))
      server.busy++
      try {
        return await server.client.complete(request, options)
      } catch (error) {
        if (error instanceof ApiError && error.status === 400) throw error
        throw explainFailure(error, server.url)
      } finally {
        server.busy--
      }
    },
    model: source.modelName,
    contextLength: found?.context_length ?? modestContext,
    infill: found?.infill ?? false,
    logprobs: source.logprobs,
    parallel: inFlight * servers.length,
  }
}

/** What is asked of a model greedily: the text of its one completion. */
export async function completeGreedily(
  served: ServedModel,
  request: Pick<CompletionInput, 'prompt' | 'suffix' | 'max_tokens'>,
  signal?: AbortSignal,
): Promise<string> {
  const { choices } = await served.complete(
    { model: served.model, temperature: 0, seed: 0, ...request },
    signal ? { signal } : {},
  )
  return choices[0]?.text ?? ''
}

/** Whether the server refused a request because it was too long for the model's context window. */
export function isTooLong(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.status === 400 &&
    (error.code === 'context_length_exceeded' || /context|too long|maximum.*length/i.test(error.message))
  )
}
