import type { Command } from 'commander'
import { ApiError, type Client, createClient } from '../api/index.ts'
import { type CompletePort, completePort, type SuggestModel } from '../completion/index.ts'
import { type Engine, greedy } from '../inference/index.ts'
import { UserError } from '../lib/index.ts'
import { loadToken } from '../server/index.ts'
import { defaultModelsFolder, openLibrary } from './open-library.ts'

/** Where `complete` and `generate` get their tokens: an engine in this process's care, or a server. */
export interface Source {
  name: string
  model: SuggestModel
  /** The way to the model; greedy where no sampling is asked for. */
  port(sampling?: SourceSampling): CompletePort
  dispose(): Promise<void>
}

export interface SourceSampling {
  temperature?: number
  seed?: number
}

export interface SourceOptions {
  model?: string
  models: string
  url?: string
  token?: string
}

/** Adds the options that choose a source. */
export function sourceOptions(command: Command): Command {
  return command
    .option('--model <path-or-name>', 'model to use (default: understudy-nano)')
    .option('--models <folder>', 'where the models are', defaultModelsFolder)
    .option('--url <url>', 'ask a running server instead of starting an engine')
    .option('--token <token>', 'the server’s token, also by UNDERSTUDY_TOKEN (default: this user’s)')
}

/** Opens a source; the caller disposes it. */
export async function openSource(options: SourceOptions): Promise<Source> {
  return options.url === undefined ? await openEngine(options) : await openServer(options.url, options)
}

async function openEngine({ model, models }: SourceOptions): Promise<Source> {
  const chosen = model === undefined ? [] : [model]
  const { library, first } = await openLibrary({ models, model: chosen, extendable: false })
  const lease = await library.open(first)
  if (!lease) throw new UserError(`The model ${first} is gone.`, 'Run the same command again.')
  const [entry] = await library.list()
  const threshold = entry?.details.gate?.mean_logprob
  return {
    name: first,
    model: { ...lease.engine.model, ...(threshold === undefined ? {} : { threshold }) },
    port: (sampling) => enginePort(lease.engine, sampling),
    dispose: () => library.dispose(),
  }
}

function enginePort(engine: Engine, sampling: SourceSampling = {}): CompletePort {
  return async function* ({ prompt, suffix, maxTokens, stop }, signal) {
    const events = engine.generate({
      prompt:
        suffix === undefined ? { kind: 'text', text: prompt } : { kind: 'infill', prefix: prompt, suffix },
      maxTokens,
      stop,
      sampling: { ...greedy, ...sampling },
      topLogprobs: 0,
      signal,
    })
    for await (const event of events)
      if (event.type === 'token')
        yield { text: event.text, tokens: [{ text: event.text, logprob: event.logprob }] }
  }
}

async function openServer(url: string, options: SourceOptions): Promise<Source> {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new UserError(`${url} is not the URL of a server.`, 'Give one such as http://127.0.0.1:8420.')
  const token = options.token ?? (process.env.UNDERSTUDY_TOKEN || (await loadToken()))
  const client = createClient({ baseUrl: url, token })
  const { name, model } = await describe(client, options.model).catch((error) => {
    throw explain(error, url)
  })
  return {
    name,
    model,
    port: (sampling) => {
      const streamCompletion: Client['streamCompletion'] = (request, call) =>
        client.streamCompletion({ ...request, ...sampling }, call)
      return completePort({ ...client, streamCompletion }, name)
    },
    dispose: async () => {},
  }
}

/** A context that every code model has, for servers that do not tell. */
const modestContext = 2_048

/** What the server tells of the model; of one that speaks only OpenAI's protocol, the name and modest guesses. */
async function describe(client: Client, wanted: string | undefined): Promise<Pick<Source, 'name' | 'model'>> {
  const details = await client.modelDetails().catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  })
  if (details === undefined) {
    const name = wanted ?? (await client.models()).data[0]?.id
    if (name === undefined) throw new UserError('The server has no models.', 'Name one with --model.')
    return { name, model: { contextLength: modestContext, infill: false } }
  }
  const found = details.data.find(({ id }) => wanted === undefined || id === wanted)
  if (!found)
    throw new UserError(
      wanted === undefined ? 'The server has no model.' : `The server has no model named ${wanted}.`,
      `It knows: ${details.data.map(({ id }) => id).join(', ') || 'none'}.`,
    )
  const threshold = found.gate?.mean_logprob
  return {
    name: found.id,
    model: {
      contextLength: found.context_length ?? modestContext,
      infill: found.infill ?? false,
      ...(threshold === undefined ? {} : { threshold }),
    },
  }
}

function explain(error: unknown, url: string): unknown {
  if (error instanceof ApiError && error.status === 401)
    return new UserError(
      `The server at ${url} does not accept the token.`,
      'Give its token with --token or UNDERSTUDY_TOKEN.',
      { cause: error },
    )
  if (error instanceof ApiError)
    return new UserError(`The server at ${url} refused: ${error.message}`, 'Check the URL.', { cause: error })
  // What `fetch` throws when there is no connection.
  if (error instanceof TypeError)
    return new UserError(
      `No server answers at ${url}.`,
      'Start one with understudy serve, or leave --url out.',
      { cause: error },
    )
  return error
}
