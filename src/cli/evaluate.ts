import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  type Benchmark,
  benchmarkNames,
  type Evaluation,
  evaluate,
  loadBenchmark,
  openRemote,
  type Sampling,
  type Source,
} from '../evaluation/index.ts'
import { cacheFolder, UserError } from '../lib/index.ts'
import { openSandbox, type Sandbox } from '../sandbox/index.ts'
import { createProgress } from '../training/index.ts'
import { describeProgress, describeResults } from './evaluate-table.ts'
import { openLocalServers } from './local-servers.ts'
import { defaultModel, defaultModelsFolder } from './open-library.ts'
import { collect, realNumber, wholeNumber } from './options.ts'
import { provenance } from './provenance.ts'
import { untilInterrupted } from './until-interrupted.ts'

interface Options extends Partial<Preset> {
  model?: string
  models: string
  server: string[]
  token?: string
  modelName?: string
  preset?: keyof typeof presets
  seed: number
  data?: string
  out: string
  cache: boolean
  ranked: number
  again: number
  timeout: number
  perRequest?: number
  json?: boolean
  list?: boolean
}

interface Preset {
  n: number
  temperature: number[]
  topP: number
  /** Problems of each benchmark, from its beginning. */
  limit?: number
}

/** `paper` is how Codex was measured (arXiv 2107.03374): T 0.2 is best for pass@1 and 0.8 for pass@100. */
const presets = {
  quick: { n: 5, temperature: [0.2], topP: 0.95, limit: 20 },
  usual: { n: 20, temperature: [0.2], topP: 0.95 },
  paper: { n: 200, temperature: [0.2, 0.8], topP: 0.95 },
} satisfies Record<string, Preset>

const goOn = 'The same command goes on where it stopped.'

/** `understudy evaluate`: sample, run what was sampled, and say how often it passes. */
export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('measure a model on benchmarks, by running what it writes in a sandbox')
    .argument('[benchmarks...]', 'which (--list shows them; default: humaneval)')
    .option('--model <path-or-name>', `model to measure (default: ${defaultModel})`)
    .option('--models <folder>', 'where the models are', defaultModelsFolder)
    .addOption(
      new Option('--server <url>', 'measure a running server (repeatable: several of one model)')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--token <token>', "the servers' token, also by UNDERSTUDY_TOKEN")
    .option('--model-name <name>', "the servers' name of the model (default: their first)")
    .addOption(
      new Option('--preset <name>', 'n, temperature and problems in one word')
        .choices(Object.keys(presets))
        .default('usual'),
    )
    .option('--n <n>', 'samples for each problem', wholeNumber(1, 100_000))
    .option('--temperature <t...>', '0 is greedy, one sample; several are measured in turn', temperatures)
    .option('--top-p <p>', 'sample from the likeliest tokens with this share', share)
    .option('--limit <n>', 'only the first problems of each benchmark', wholeNumber(1, 1_000_000))
    .option('--seed <n>', 'the same seed draws the same samples', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--data <folder>', 'folder with the benchmarks (default: fetched from their official places)')
    .option('--out <folder>', 'where runs are kept', '.understudy/evaluation')
    .option('--no-cache', 'draw anew what other runs have drawn already')
    .option(
      '--ranked <n>',
      'samples of a problem to rank by log-probability, which costs time',
      wholeNumber(0, 1e5),
      40,
    )
    .option('--again <n>', 'programs that passed to run once more, for flaky tests', wholeNumber(0, 1e6), 100)
    .option('--per-request <n>', 'samples in one request', wholeNumber(1, 128))
    .option('--timeout <seconds>', 'how long one request may take', wholeNumber(1, 86_400), 600)
    .option('--json', 'print the results as JSON')
    .option('--list', 'list the benchmarks')
    .action(run)
}

async function run(names: string[], options: Options): Promise<void> {
  if (options.list) return list(options.json === true)
  if (options.server.length > 0 && options.model !== undefined)
    throw new UserError(
      'Either a model of this machine is measured or a server.',
      'Leave out --model or --server; a server’s model is chosen by --model-name.',
    )
  const evaluations = await untilInterrupted(
    (signal) => measure(names.length > 0 ? [...new Set(names)] : ['humaneval'], options, signal),
    goOn,
  )
  const results = evaluations.flatMap((one) => (one.kind === 'scored' ? [one.result] : []))
  if (options.json) process.stdout.write(`${JSON.stringify(results)}\n`)
  else if (results.length > 0) process.stdout.write(describeResults(results))
  for (const one of evaluations) if (one.kind === 'no-score') tellNoScore(one)
  if (results.length > 0)
    process.stderr.write(
      `The runs are in ${options.out}; a page of them: understudy report ${options.out} --out FOLDER\n`,
    )
  if (results.length < evaluations.length) process.exitCode = 1
}

function list(json: boolean): void {
  const names = benchmarkNames()
  process.stdout.write(json ? `${JSON.stringify(names)}\n` : `${names.join('\n')}\n`)
}

/** Loud, since a benchmark that is left out must not be taken for one that was failed. */
function tellNoScore({ benchmark, message }: { benchmark: string; message: string }): void {
  process.stderr.write(`NO SCORE for ${benchmark}: ${message}\n`)
}

async function measure(names: string[], options: Options, signal: AbortSignal): Promise<Evaluation[]> {
  const preset: Preset = { ...presets[options.preset ?? 'usual'] }
  const { n = preset.n, temperature = preset.temperature, topP = preset.topP } = options
  const limit = options.limit ?? preset.limit
  const benchmarks: Benchmark[] = []
  for (const name of names) {
    const benchmark = await loadBenchmark(name, { ...(options.data ? { data: options.data } : {}), signal })
    benchmarks.push(limit === undefined ? benchmark : firstOf(benchmark, limit))
  }
  const about = await provenance()
  const evaluations: Evaluation[] = []
  await using stack = new AsyncDisposableStack()
  const source = await openSource(options, signal, stack)
  let sandbox: Sandbox | undefined
  for (const benchmark of benchmarks) {
    if (benchmark.judge === 'run' && !sandbox) {
      sandbox = await openSandbox()
      stack.adopt(sandbox, (opened) => opened.close())
    }
    for (const t of temperature) {
      const sampling: Sampling = { n: t === 0 ? 1 : n, temperature: t, topP, seed: options.seed }
      evaluations.push(await measureOne({ benchmark, source, sampling, sandbox, about, options, signal }))
    }
  }
  return evaluations
}

async function openSource(
  options: Options,
  signal: AbortSignal,
  stack: AsyncDisposableStack,
): Promise<Source> {
  const { perRequest } = options
  if (options.server.length > 0) {
    const token = options.token ?? (process.env.UNDERSTUDY_TOKEN || undefined)
    return await openRemote({
      servers: options.server.map((baseUrl) => ({ baseUrl, ...(token === undefined ? {} : { token }) })),
      ...(options.modelName === undefined ? {} : { modelName: options.modelName }),
      ...(perRequest === undefined ? {} : { perRequest }),
      signal,
    })
  }
  const local = await openLocalServers(options.model ?? defaultModel, options.models, signal)
  stack.adopt(local, (opened) => opened.close())
  return { ...local.source, ...(perRequest === undefined ? {} : { perRequest }) }
}

async function measureOne(one: {
  benchmark: Benchmark
  source: Source
  sampling: Sampling
  sandbox: Sandbox | undefined
  about: { commit: string; machine: string }
  options: Options
  signal: AbortSignal
}): Promise<Evaluation> {
  const { benchmark, source, sampling, sandbox, about, options, signal } = one
  const progress = createProgress(process.stderr)
  try {
    return await evaluate({
      benchmark,
      source,
      sampling,
      ...(sandbox ? { sandbox } : {}),
      folder: runFolder(options.out, one),
      ...(options.cache ? { cache: cacheFolder('samples') } : {}),
      ranked: options.ranked,
      again: options.again,
      timeout: options.timeout,
      ...about,
      signal,
      onProgress: (state) => progress.show(describeProgress(benchmark.name, sampling.temperature, state)),
      onWarning: (message) => progress.show(message, true),
    })
  } finally {
    progress.close()
  }
}

/** Each way of measuring has a folder of its own, so that the same command finds what it began. */
function runFolder(
  out: string,
  { source, benchmark, sampling }: { source: Source; benchmark: Benchmark; sampling: Sampling },
): string {
  const { n, temperature, topP, seed } = sampling
  const { name, identity } = source.subject
  return join(
    out,
    `${name.replaceAll(/[^\w.-]+/g, '-')}-${identity.slice(0, 8)}`,
    benchmark.name.replaceAll('/', '-'),
    `t${temperature}-p${topP}-n${n}-seed${seed}-of${benchmark.problems.length}`,
  )
}

function firstOf(benchmark: Benchmark, limit: number): Benchmark {
  const { problems, notes } = benchmark
  if (problems.length <= limit) return benchmark
  return {
    ...benchmark,
    problems: problems.slice(0, limit),
    notes: [...notes, `Only the first ${limit} of ${problems.length} problems.`],
  }
}

const parseTemperature = realNumber(0, 2)

function temperatures(value: string, before: number[] | undefined): number[] {
  return [...new Set([...(before ?? []), parseTemperature(value)])]
}

function share(value: string): number {
  const number = Number(value)
  if (number > 0 && number <= 1) return number
  throw new InvalidArgumentError('It must be a number above 0 and at most 1.')
}
