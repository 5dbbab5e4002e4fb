import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  measureQuality,
  openRemote,
  possibleParts,
  type QualityPart,
  type QualityResult,
  qualityParts,
  type Source,
} from '../evaluation/index.ts'
import { UserError, writeFileAtomically } from '../lib/index.ts'
import { createProgress } from '../training/index.ts'
import { openLocalServers } from './local-servers.ts'
import { defaultModel, defaultModelsFolder } from './open-library.ts'
import { collect, wholeNumber } from './options.ts'
import { provenance } from './provenance.ts'
import { describeQuality } from './quality-table.ts'
import { untilInterrupted } from './until-interrupted.ts'

interface Options {
  model?: string
  models: string
  server: string[]
  token?: string
  modelName?: string
  corpus?: string
  shards?: string
  prose?: string
  bytes?: number
  context?: number
  overlap: number
  samples?: string
  beginnings: number
  seed: number
  out: string
  json?: boolean
}

/** `understudy quality`: what can be said of a model without running what it writes. */
export function registerQuality(program: Command): void {
  program
    .command('quality')
    .description('measure a model without running code: bits per byte, API calls, regurgitation')
    .argument(
      '[parts...]',
      `which of ${qualityParts.join(', ')} (default: those that have their data)`,
      parts,
      [],
    )
    .option('--model <path-or-name>', `model to measure (default: ${defaultModel})`)
    .option('--models <folder>', 'where the models are', defaultModelsFolder)
    .addOption(
      new Option('--server <url>', 'measure a running server (repeatable: several of one model)')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--token <token>', "the servers' token, also by UNDERSTUDY_TOKEN")
    .option('--model-name <name>', "the servers' name of the model (default: their first)")
    .option('--corpus <folder>', 'the corpus it was trained on: for bits, regurgitation')
    .option('--shards <folder>', 'the token shards, which say what of the corpus was held out: for bits')
    .option('--prose <folder>', 'folder of .txt and .jsonl files, also .gz: for bits')
    .option('--bytes <n>', 'only so many bytes of each language, in whole files', wholeNumber(1, 1e12))
    .option('--context <tokens>', "window, if less than the model's context", wholeNumber(32, 1e7))
    .option('--overlap <share>', 'share of a window that is context of the next', overlap, 0.5)
    .option('--samples <folder>', 'regurgitation in the samples of this run of understudy evaluate')
    .option(
      '--beginnings <n>',
      'else after the beginnings of so many training files',
      wholeNumber(1, 1e6),
      200,
    )
    .option('--seed <n>', 'the same seed draws the same files', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--out <folder>', 'where the results are kept', '.understudy/evaluation/quality')
    .option('--json', 'print the results as JSON')
    .action(run)
}

async function run(names: QualityPart[], options: Options): Promise<void> {
  if (options.server.length > 0 && options.model !== undefined)
    throw new UserError(
      'Either a model of this machine is measured or a server.',
      'Leave out --model or --server; a server’s model is chosen by --model-name.',
    )
  const chosen = names.length > 0 ? [...new Set(names)] : possibleParts(options)
  const results = await untilInterrupted((signal) => measure(chosen, options, signal))
  process.stdout.write(options.json ? `${JSON.stringify(results)}\n` : describeQuality(results))
}

async function measure(
  names: QualityPart[],
  options: Options,
  signal: AbortSignal,
): Promise<QualityResult[]> {
  const about = await provenance()
  await using stack = new AsyncDisposableStack()
  const source = await openSource(options, signal, stack)
  const progress = stack.adopt(createProgress(process.stderr), (shown) => shown.close())
  const results: QualityResult[] = []
  for (const part of names) {
    const result = await measureQuality(part, {
      ...options,
      ...about,
      source,
      signal,
      onProgress: (what, done, of) => progress.show(`${what}: ${done} of ${of}`),
    })
    await writeFileAtomically(resultPath(options.out, result), `${JSON.stringify(result, null, 2)}\n`)
    results.push(result)
  }
  return results
}

async function openSource(
  options: Options,
  signal: AbortSignal,
  stack: AsyncDisposableStack,
): Promise<Source> {
  if (options.server.length === 0) {
    const local = await openLocalServers(options.model ?? defaultModel, options.models, signal)
    stack.adopt(local, (opened) => opened.close())
    return local.source
  }
  const token = options.token ?? (process.env.UNDERSTUDY_TOKEN || undefined)
  return await openRemote({
    servers: options.server.map((baseUrl) => ({ baseUrl, ...(token === undefined ? {} : { token }) })),
    ...(options.modelName === undefined ? {} : { modelName: options.modelName }),
    signal,
  })
}

/** Names of models may hold slashes. */
function resultPath(folder: string, { model, part }: QualityResult): string {
  return join(folder, `${model.name.replace(/[^\w.-]+/g, '-')}-${part}.json`)
}

function parts(value: string, before: QualityPart[]): QualityPart[] {
  const part = qualityParts.find((one) => one === value)
  if (part === undefined) throw new InvalidArgumentError(`Known parts: ${qualityParts.join(', ')}.`)
  return [...before, part]
}

function overlap(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= 0.9) return value
  throw new InvalidArgumentError('It must be a share from 0 to 0.9.')
}
