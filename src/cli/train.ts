import { type Command, InvalidArgumentError, Option } from 'commander'
import { readCorpus, readCorpusCard } from '../corpus/index.ts'
import { loadTokenizer } from '../tokenizer/index.ts'
import {
  createProgress,
  describeDuration,
  describeEvent,
  describeShards,
  type Packed,
  packTraining,
  parameterCount,
  readRecipe,
  readRunEvents,
  recipeOfRun,
  resumeBundle,
  type ShardIndex,
  type Stretch,
  type TrainerEvent,
  train,
  unpackResults,
  writeShards,
} from '../training/index.ts'
import { untilInterrupted } from './until-interrupted.ts'

interface LimitOptions {
  seconds?: number
  steps?: number
  decaySteps?: number
  threads?: number
  device?: 'auto' | 'cpu' | 'cuda'
}

const packHelp = `The folder holds parts of at most 40 MB and bundle.py. On the other machine,
which needs Python with PyTorch and nothing else:
  python3 bundle.py resume --seconds 1200
Then bring its folder "results" back:
  understudy train unpack results --run FOLDER`

/** `understudy train`: write token shards, train on them here or elsewhere, and see how far a run is. */
export function registerTrain(program: Command): void {
  const command = program
    .command('train')
    .description('turn a corpus into token shards and train a model on them')

  command
    .command('shards')
    .description('write a corpus as token shards')
    .argument('<corpus>', 'folder that `understudy corpus build` wrote')
    .requiredOption('--tokenizer <file>', 'tokenizer.json')
    .requiredOption('--recipe <file>', 'recipe, such as recipes/understudy-nano.json')
    .requiredOption('--out <folder>', 'folder to make')
    .option('--replace', 'take the place of shards that are there')
    .option('--json', 'print the result as JSON')
    .action(shards)

  withTraining(command.command('run'))
    .option('--seconds <n>', 'stop cleanly within this time', positive)
    .description('train, or go on where a run stopped')
    .requiredOption('--recipe <file>', 'recipe')
    .requiredOption('--data <folder>', 'token shards')
    .requiredOption('--out <folder>', 'folder of the run')
    .option('--json', "print the trainer's events as JSON lines")
    .action(run)

  command
    .command('pack')
    .description('bundle a run for a machine without network')
    .requiredOption('--data <folder>', 'token shards')
    .requiredOption('--out <folder>', 'folder to make')
    .option('--recipe <file>', 'recipe of a new run')
    .option('--run <folder>', 'run that is to go on')
    .option('--json', 'print the parts as JSON')
    .addHelpText('after', `\n${packHelp}`)
    .action(pack)

  withTraining(command.command('resume'))
    .description('train what a bundle holds within a time, and pack the results')
    .argument('<bundle>', 'folder that `train pack` wrote')
    .requiredOption('--seconds <n>', 'time for everything, packing included', positive)
    .option('--out <folder>', "folder for the results (default: results in the bundle's)")
    .option('--json', "print the trainer's events and the parts as JSON lines")
    .action(resume)

  command
    .command('unpack')
    .description('install the results of `train resume` in a run, which then goes on from them')
    .argument('<results>', 'folder of the results')
    .requiredOption('--run <folder>', 'folder of the run')
    .option('--json', 'print the stretch of training as JSON')
    .action(unpack)

  command
    .command('status')
    .description('say how far a run is')
    .argument('<run>', 'folder of the run')
    .option('--json', 'print it as JSON')
    .action(status)
}

function withTraining(command: Command): Command {
  return command
    .option('--steps <n>', "instead of the recipe's schedule.steps", wholeNumber)
    .option('--decay-steps <n>', "instead of the recipe's schedule.decaySteps", wholeNumber)
    .option('--threads <n>', 'CPU threads', wholeNumber)
    .addOption(new Option('--device <name>', 'where to compute').choices(['auto', 'cpu', 'cuda']))
}

async function shards(
  corpus: string,
  options: { tokenizer: string; recipe: string; out: string; replace?: boolean; json?: boolean },
): Promise<void> {
  const recipe = readRecipe(options.recipe)
  const tokenizer = await loadTokenizer(options.tokenizer)
  const { checksum } = readCorpusCard(corpus)
  const progress = createProgress(process.stderr)
  const began = performance.now()
  const index = await untilInterrupted((signal) =>
    writeShards({
      documents: () => readCorpus(corpus),
      corpus: checksum,
      tokenizer,
      recipe,
      out: options.out,
      replace: options.replace === true,
      signal,
      onProgress: (state) => progress.show(describeShards(state)),
    }),
  ).finally(progress.close)
  const result = {
    path: options.out,
    ...totals(index),
    seconds: Math.round((performance.now() - began) / 100) / 10,
  }
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else
    process.stdout.write(
      `${result.path}: ${result.tokens} tokens in ${result.rows} rows, ${(100 * result.utilisation).toFixed(1)} % full,\n` +
        `and ${result.heldoutDocuments} held-out files (${result.heldoutBytes} bytes) in ${result.languages} languages; ${result.seconds} s\n`,
    )
}

function totals(index: ShardIndex) {
  const sum = <T>(items: T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0)
  const tokens = sum(index.train, (shard) => shard.tokens)
  const rows = sum(index.train, (shard) => shard.rows)
  return {
    tokens,
    rows,
    utilisation: tokens / (rows * index.rowLength),
    heldoutDocuments: sum(index.heldout, (shard) => shard.documents),
    heldoutBytes: sum(index.heldout, (shard) => shard.bytes),
    languages: index.heldout.length,
  }
}

async function run(
  options: LimitOptions & { recipe: string; data: string; out: string; json?: boolean },
): Promise<void> {
  const { recipe, data, out, json, ...limits } = options
  const show = eventPrinter(json === true)
  const stretch = await untilInterrupted((signal) =>
    train({ recipe, data, run: out, ...limits, signal, onEvent: show.event }),
  ).finally(show.close)
  if (!json) process.stdout.write(describeStretch(stretch, out))
}

async function pack(options: {
  data: string
  out: string
  recipe?: string
  run?: string
  json?: boolean
}): Promise<void> {
  process.stderr.write('Packing; compressing takes two or three seconds for a million tokens …\n')
  const packed = await untilInterrupted((signal) => packTraining({ ...options, signal }))
  if (options.json) process.stdout.write(`${JSON.stringify(packed)}\n`)
  else
    process.stdout.write(
      `${describeParts(packed)}\nOn the other machine, in that folder: python3 bundle.py resume --seconds 1200\n`,
    )
}

async function resume(
  bundle: string,
  options: LimitOptions & { seconds: number; out?: string; json?: boolean },
): Promise<void> {
  const { json, ...limits } = options
  const show = eventPrinter(json === true)
  const packed = await untilInterrupted((signal) =>
    resumeBundle({ bundle, ...limits, signal, onEvent: show.event }),
  ).finally(show.close)
  process.stdout.write(json ? `${JSON.stringify(packed)}\n` : `${describeParts(packed)}\n`)
}

function describeParts({ folder, parts }: Packed): string {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  return `${folder}: ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, ${(bytes / 1e6).toFixed(1)} MB`
}

async function unpack(results: string, options: { run: string; json?: boolean }): Promise<void> {
  const stretch = await untilInterrupted((signal) => unpackResults(results, options.run, signal))
  process.stdout.write(options.json ? `${JSON.stringify(stretch)}\n` : describeStretch(stretch, options.run))
}

/** Events as JSON lines on stdout, or as progress on stderr. */
function eventPrinter(json: boolean) {
  const progress = createProgress(process.stderr)
  let steps = 1
  return {
    event(event: TrainerEvent): void {
      if (event.event === 'start') steps = event.steps
      if (json) return void process.stdout.write(`${JSON.stringify(event)}\n`)
      const line = describeEvent(event, steps)
      if (line !== undefined) progress.show(line, event.event !== 'step')
    },
    close: progress.close,
  }
}

function describeStretch(stretch: Stretch, folder: string): string {
  const all = stretch.bitsPerByte?.all
  const measured = all === undefined ? '' : `, ${all.toFixed(3)} bits per byte held out`
  const rest = stretch.toStep < stretch.steps ? '; the same command goes on from here' : ''
  return `${folder}: step ${stretch.toStep} of ${stretch.steps}${measured}${rest}\n`
}

async function status(folder: string, options: { json?: boolean }): Promise<void> {
  const events = readRunEvents(folder)
  const last = <E extends TrainerEvent['event']>(name: E) =>
    events.findLast((event): event is Extract<TrainerEvent, { event: E }> => event.event === name)
  const [start, step, measured, full] = [
    last('start'),
    last('step'),
    last('heldout'),
    events.findLast((event) => event.event === 'heldout' && event.full),
  ]
  const heldout = full?.event === 'heldout' ? full : measured
  const recipe = readRecipe(recipeOfRun(folder))
  const stopped = events.at(-1)?.event === 'stopped' ? last('stopped') : undefined
  const summary = {
    recipe: recipe.name,
    parameters: parameterCount(recipe),
    step: Math.max(step?.step ?? 0, stopped?.step ?? 0),
    steps: recipe.schedule.steps,
    tokens: stopped?.tokens ?? step?.tokens ?? 0,
    loss: step?.loss,
    tokensPerSecond: step?.tokensPerSecond,
    secondsLeft: step?.secondsLeft,
    device: start?.device,
    bitsPerByte: heldout?.bitsPerByte,
    heldoutAtStep: heldout?.step,
    state: stopped?.reason ?? 'running or cut off',
  }
  if (options.json) return void process.stdout.write(`${JSON.stringify(summary)}\n`)
  const lines = [
    `${summary.recipe}: step ${summary.step} of ${summary.steps} (${summary.state})`,
    `${(summary.parameters / 1e6).toFixed(1)}M weights, ${(summary.tokens / 1e6).toFixed(2)}M tokens, on ${summary.device}`,
  ]
  if (step)
    lines.push(
      `loss ${step.loss.toFixed(3)}, ${Math.round(step.tokensPerSecond)} tokens/s, ${describeDuration(step.secondsLeft)} left`,
    )
  if (heldout) {
    lines.push(`Held-out bits per byte at step ${heldout.step}:`)
    for (const [language, bits] of Object.entries(heldout.bitsPerByte))
      lines.push(`  ${language.padEnd(14)}${bits.toFixed(3)}`)
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('It must be a whole number above 0.')
  return Number(value)
}

function positive(value: string): number {
  const number = Number(value)
  if (!(number > 0 && number < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError('It must be a number above 0.')
  return number
}
