import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { createUpstreamEngine, EngineError } from '../inference/index.ts'
import { messageOf, projectRoot, UserError } from '../lib/index.ts'
import {
  allowedHostsFor,
  checkExposure,
  createServer,
  engineCatalogue,
  isLoopback,
  listen,
  loadToken,
  type ModelCatalogue,
  requestLog,
} from '../server/index.ts'
import { defaultModelsFolder, openLibrary } from './open-library.ts'
import { collect, wholeNumber } from './options.ts'

interface Options {
  port: number
  host: string
  model: string[]
  models: string
  token?: string
  allowedHost: string[]
  upstream?: string
  json?: boolean
  verbose?: boolean
}

/** `understudy serve`: the playground and the API, until a signal ends it. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('serve the playground, and an OpenAI-compatible API for editors')
    .option('--port <port>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), 8420)
    .option('--host <address>', 'address to listen on; others than loopback need --token', '127.0.0.1')
    .addOption(
      new Option('--model <path-or-name>', 'model to offer, the first as the default (repeatable)')
        .argParser(collect)
        .default([], 'understudy-nano'),
    )
    .option('--models <folder>', 'where the models are', defaultModelsFolder)
    .option(
      '--token <token>',
      'what clients must send, also by UNDERSTUDY_TOKEN (default: a random one, kept)',
    )
    .addOption(
      new Option('--allowed-host <name>', 'further name that this server goes by (repeatable)')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--upstream <url>', 'answer through another OpenAI-compatible server, not by local models')
    .option('--verbose', 'log each request on stderr')
    .option('--json', 'print where the server is as one line of JSON')
    .action(serve)
}

async function serve(options: Options): Promise<void> {
  const ownToken = options.token ?? (process.env.UNDERSTUDY_TOKEN || undefined)
  checkExposure(options.host, ownToken)
  const token = ownToken ?? (await loadToken())
  const { catalogue, first } = await openCatalogue(options)
  const stopped = new AbortController()
  const server = await createServer({
    catalogue,
    token,
    allowedHosts: allowedHostsFor(options.host, options.allowedHost),
    folders: {
      page: join(projectRoot, 'web/dist'),
      grammars: join(projectRoot, 'node_modules/@vscode/tree-sitter-wasm/wasm'),
    },
    logger: requestLog(options.verbose ? 'info' : 'error'),
  })
  try {
    const url = await listen(server.app, options)
    await buildPage()
    announce({ url, token, first, json: options.json ?? false })
    // So that the first suggestion does not wait for the model.
    warmUp(catalogue, first, stopped.signal)
    await untilSignal()
    stopped.abort()
    process.stderr.write('Stopping: requests in flight have 5 seconds to end.\n')
  } finally {
    await server.shutdown()
  }
}

async function openCatalogue(options: Options): Promise<{ catalogue: ModelCatalogue; first: string }> {
  if (options.upstream !== undefined) return await openUpstream(options.upstream, options.model)
  // Whoever holds the token could probe this machine's files by path; the machine's own user can anyway.
  const { library, first } = await openLibrary({ ...options, extendable: isLoopback(options.host) })
  return { catalogue: library, first }
}

/** The models of another server: those that `--model` names, or the first that it lists. */
async function openUpstream(
  baseUrl: string,
  names: string[],
): Promise<{ catalogue: ModelCatalogue; first: string }> {
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl))
    throw new UserError(`${baseUrl} is not the URL of a server.`, 'Give one such as http://127.0.0.1:8000.')
  const apiKey = process.env.UNDERSTUDY_UPSTREAM_KEY
  const chosen = names.length === 0 ? [undefined] : names
  try {
    const engines = await Promise.all(
      chosen.map((model) =>
        createUpstreamEngine({ baseUrl, ...(apiKey ? { apiKey } : {}), ...(model ? { model } : {}) }),
      ),
    )
    return { catalogue: engineCatalogue(engines), first: engines[0]!.model.name }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new UserError(
      error.message,
      'Check --upstream, and the key in UNDERSTUDY_UPSTREAM_KEY if it needs one.',
      {
        cause: error,
      },
    )
  }
}

/** Starts the model; that a stop of the server ends it before it runs is no failure. */
function warmUp(catalogue: ModelCatalogue, name: string, stopped: AbortSignal): void {
  catalogue.open(name).then(
    (lease) => lease?.[Symbol.dispose](),
    (error: unknown) => {
      if (!stopped.aborted)
        process.stderr.write(`The model ${name} could not be started: ${messageOf(error)}\n`)
    },
  )
}

/** In a checkout the playground is built from its sources where they changed; an installed package brings it. */
async function buildPage(): Promise<void> {
  if (!existsSync(join(projectRoot, 'scripts/build-web.ts'))) return
  try {
    const { buildWebIfStale } = await import('../../scripts/build-web.ts')
    await buildWebIfStale()
  } catch (error) {
    process.stderr.write(
      `The playground could not be built, so only the API is served: ${messageOf(error)}\n`,
    )
  }
}

function announce({
  url,
  token,
  first,
  json,
}: {
  url: string
  token: string
  first: string
  json: boolean
}): void {
  const playground = `${url}/?token=${encodeURIComponent(token)}`
  process.stdout.write(
    json
      ? `${JSON.stringify({ url, token, playground, model: first })}\n`
      : `Understudy serves ${first}.\n\n  Playground  ${playground}\n  API         ${url}/v1, with the token as the key\n\nCtrl-C stops it.\n`,
  )
}

/** Waits for Ctrl-C or a polite kill. A second one, after a second, ends the process at once. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined
    const onSignal = () => {
      // A terminal signals the whole process group, and the launcher passes its own on: one Ctrl-C may count twice.
      if (first !== undefined && performance.now() - first > 1_000) process.exit(130)
      first ??= performance.now()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  })
}
