import { ApiError, type Client, type CompletionInput } from '../../api/index.ts'
import { UserError } from '../../lib/index.ts'

/** The model that is judged, behind whatever server it is. */
export interface Subject {
  client: Client
  /** The name by which the server knows the model. */
  model: string
  /** Tokens in its context window, as far as is known. */
  contextLength: number
  /** Whether it takes a suffix. */
  infill: boolean
}

/** A context that every code model has, for servers that do not tell theirs. */
const modestContext = 2_048

/**
 * Asks a server for its model: the named one, or the first that it lists. A server that speaks OpenAI's protocol
 * alone tells only names. Throws a `UserError` where the model is not there.
 */
export async function describeSubject(
  client: Client,
  wanted: string | undefined,
  signal?: AbortSignal,
): Promise<Subject> {
  const call = signal ? { signal } : {}
  const details = await client.modelDetails(call).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  })
  if (details !== undefined) {
    const found = details.data.find(({ id }) => wanted === undefined || id === wanted)
    if (found === undefined)
      throw new UserError(
        wanted === undefined ? 'The server has no model.' : `The server has no model named ${wanted}.`,
        `It knows: ${details.data.map(({ id }) => id).join(', ') || 'none'}.`,
      )
    return {
      client,
      model: found.id,
      contextLength: found.context_length ?? modestContext,
      infill: found.infill ?? false,
    }
  }
  const model = wanted ?? (await client.models(call)).data[0]?.id
  if (model === undefined) throw new UserError('The server has no models.', 'Name one with --model.')
  return { client, model, contextLength: modestContext, infill: false }
}

/** What is asked of a model greedily: the text of its one completion. */
export async function completeGreedily(
  subject: Subject,
  request: Pick<CompletionInput, 'prompt' | 'suffix' | 'max_tokens' | 'stop'>,
  signal?: AbortSignal,
): Promise<string> {
  const { choices } = await subject.client.complete(
    { model: subject.model, temperature: 0, seed: 0, ...request },
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
