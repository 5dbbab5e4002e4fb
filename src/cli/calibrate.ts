import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import {
  type CalibrationPair,
  type CalibrationSample,
  calibrateGate,
  calibrationPair,
  calibrationSamples,
  measureGate,
} from '../completion/index.ts'
import { type Document, readCorpus } from '../corpus/index.ts'
import { UserError } from '../lib/index.ts'
import { type GateThreshold, readManifest, setGate } from '../models/index.ts'
import { createParser, loadWasmFromPackage } from '../syntax/index.ts'
import { createProgress, isHeldout, readShardIndex } from '../training/index.ts'
import { defaultModelsFolder } from './open-library.ts'
import { openSource, type Source } from './open-source.ts'

/** Cursors from one file: more would tell of the file, not of the model. */
const perDocument = 12

interface CalibrateOptions {
  corpus: string
  shards: string
  precision: number
  cursors: number
}

/** `understudy calibrate`: how sure must a model be before what it says deserves showing? */
export function registerCalibrate(program: Command): void {
  program
    .command('calibrate')
    .description('find the confidence that a suggestion needs, on held-out files, and keep it')
    .argument('<model>', 'model folder, such as models/understudy-nano')
    .requiredOption('--corpus <folder>', 'the corpus it was trained on')
    .requiredOption('--shards <folder>', 'the token shards, which say what was held out')
    .option('--precision <share>', 'how many of the shown suggestions should be right', share, 0.35)
    .option('--cursors <n>', 'held-out cursors to try', Number, 2400)
    .action(calibrate)
}

async function calibrate(folder: string, options: CalibrateOptions): Promise<void> {
  // Before the minutes of asking: is this a model folder at all?
  await readManifest(folder)
  const { choose, check } = await heldoutCursors(options)
  const source = await openSource({ model: join(folder, 'model.gguf'), models: defaultModelsFolder })
  try {
    const pairs = await askAt(choose, source)
    const chosen = calibrateGate(pairs, { precision: options.precision, asked: choose.length })
    if (chosen === undefined)
      throw new UserError(
        `Only ${pairs.length} of ${choose.length} cursors got an answer, too few to calibrate by.`,
        'Raise --cursors.',
      )
    const gate = measureGate(await askAt(check, source), chosen.meanLogprob, check.length)
    await setGate(folder, gate)
    process.stdout.write(describe(chosen, gate, check.length))
  } finally {
    await source.dispose()
  }
}

/**
 * Cursors in the files that the training has not seen, as the shards' index tells them: one half of the files to
 * choose a threshold by, the other to check it.
 */
export async function heldoutCursors({
  corpus,
  shards,
  cursors,
}: Pick<CalibrateOptions, 'corpus' | 'shards' | 'cursors'>): Promise<
  Record<'choose' | 'check', CalibrationSample[]>
> {
  const { heldoutShares, seed } = readShardIndex(shards)
  const documents: Document[] = []
  for await (const document of readCorpus(corpus))
    if (isHeldout(document, heldoutShares, seed)) documents.push(document)
  const half = (first: number) => {
    const samples = calibrationSamples(
      documents.filter((_, i) => i % 2 === first),
      { perDocument },
    )
    return spread(samples, Math.ceil(cursors / 2))
  }
  return { choose: half(0), check: half(1) }
}

/** At most `count` of them, evenly from all. */
function spread<T>(items: T[], count: number): T[] {
  if (items.length <= count) return items
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)] as T)
}

/** Asks the model at each cursor, with the gate open; cursors where there is nothing to show give no pair. */
export async function askAt(samples: CalibrationSample[], source: Source): Promise<CalibrationPair[]> {
  const progress = createProgress(process.stderr)
  const ports = { complete: source.port(), parser: createParser({ loadWasm: loadWasmFromPackage }) }
  const pairs: CalibrationPair[] = []
  for (const [done, sample] of samples.entries()) {
    progress.show(
      `Cursor ${done + 1} of ${samples.length}: ${pairs.filter(({ right }) => right).length} right so far`,
    )
    const pair = await calibrationPair(sample, source.model, ports)
    if (pair !== undefined) pairs.push(pair)
  }
  progress.close()
  return pairs
}

function describe(chosen: GateThreshold, checked: GateThreshold, cursors: number): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`
  return (
    `Shown from a mean log-probability of ${chosen.meanLogprob.toFixed(3)} on, chosen for ${percent(chosen.precision)} right.\n` +
    `At ${cursors} cursors in other held-out files, ${percent(checked.shownShare)} are shown, and ${percent(checked.precision)} of those are right.\n`
  )
}

function share(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 1))
    throw new InvalidArgumentError('It is a share between 0 and 1, such as 0.5.')
  return value
}
