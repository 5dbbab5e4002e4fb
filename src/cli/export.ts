import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { readCorpusCard } from '../corpus/index.ts'
import { UserError } from '../lib/index.ts'
import {
  type CardTraining,
  type ModelManifest,
  modelTarget,
  packModel,
  type Quantization,
} from '../models/index.ts'
import { createTokenizer, readTokenizerFile } from '../tokenizer/index.ts'
import { exportWeights, readRunData, readRunEvents, type TrainerEvent } from '../training/index.ts'

export interface ExportOptions {
  run: string
  tokenizer: string
  corpus?: string
  out: string
  quantize: Quantization
  license: string
  replace?: boolean
}

/** `understudy export`: a training run becomes a model directory that the server can load. */
export function registerExport(program: Command): void {
  program
    .command('export')
    .description('turn the newest weights of a training run into a model folder')
    .requiredOption('--run <folder>', 'folder of the training run')
    .requiredOption('--tokenizer <file>', 'tokenizer.json that the shards were made with')
    .requiredOption('--out <folder>', 'folder to make, such as models/my-model')
    .option('--corpus <folder>', 'the corpus, whose data card goes into the model card')
    .addOption(
      new Option('--quantize <type>', 'how to store the weights')
        .choices(['F32', 'F16', 'Q8_0', 'Q4_0'])
        .default('Q8_0'),
    )
    .option('--license <spdx>', 'licence of the weights', 'Apache-2.0')
    .option('--replace', 'take the place of a model that is there')
    .option('--json', 'print the manifest as JSON')
    .action(async (options: ExportOptions & { json?: boolean }) => {
      const interrupted = new AbortController()
      process.once('SIGINT', () =>
        interrupted.abort(new UserError('The export was interrupted.', 'Nothing was changed.')),
      )
      const manifest = await exportModel(options, interrupted.signal)
      if (options.json) process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`)
      else process.stdout.write(describe(options.out, manifest))
    })
}

/**
 * Exports a run's newest weights, converts and checks them, and puts the model directory in place in one step.
 * Throws a `UserError` where run, tokenizer and corpus do not belong together.
 */
export async function exportModel(options: ExportOptions, signal?: AbortSignal): Promise<ModelManifest> {
  modelTarget(options.out, options.replace)
  const file = await readTokenizerFile(options.tokenizer)
  const tokenizer = createTokenizer(file).checksum
  const corpus = options.corpus === undefined ? undefined : readCorpusCard(options.corpus)
  const events = readRunEvents(options.run)
  const data = readRunData(options.run)
  if (data !== undefined && data.tokenizer !== tokenizer) {
    throw new UserError(
      `The run in ${options.run} was trained with another tokenizer than ${options.tokenizer}.`,
      'Give the tokenizer.json that its shards were made with.',
    )
  }
  if (corpus !== undefined && data?.corpus !== undefined && data.corpus !== corpus.checksum) {
    throw new UserError(
      `The run in ${options.run} was trained on another corpus than ${options.corpus}.`,
      'Give the corpus that its shards were made of.',
    )
  }
  const folder = mkdtempSync(join(tmpdir(), 'understudy-export-'))
  try {
    const weights = join(folder, 'weights.safetensors')
    await exportWeights(options.run, weights, signal)
    return await packModel({
      folder: options.out,
      weights,
      vocabulary: file,
      tokenizer,
      quantization: options.quantize,
      license: options.license,
      corpus,
      corpusChecksum: data?.corpus,
      training: trainingOf(events),
      bitsPerByte: lastMeasure(events)?.bitsPerByte,
      replace: options.replace,
      signal,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The last measure of all held-out rows, or else of a sample of them. */
function lastMeasure(events: TrainerEvent[]) {
  const measures = events.filter((event) => event.event === 'heldout')
  return measures.findLast(({ full }) => full) ?? measures.at(-1)
}

function trainingOf(events: TrainerEvent[]): CardTraining {
  const start = events.findLast((event) => event.event === 'start')
  return {
    steps: events.reduce((last, { step }) => Math.max(last, step), 0),
    losses: events.filter((event) => event.event === 'step').map(({ step, loss }) => ({ step, loss })),
    heldout: events
      .filter((event) => event.event === 'heldout')
      .flatMap(({ step, bitsPerByte, full }) =>
        bitsPerByte.all === undefined ? [] : [{ step, all: bitsPerByte.all, full }],
      ),
    ...(start ? { machine: `${start.device}, ${start.precision}, PyTorch ${start.torch}` } : {}),
  }
}

function describe(folder: string, { parameters, quantization, files, bitsPerByte }: ModelManifest): string {
  const bits = bitsPerByte.all === undefined ? '' : `, ${bitsPerByte.all.toFixed(3)} bits per byte`
  const size = (files['model.gguf'].bytes / 1e6).toFixed(1)
  return `${folder}: ${(parameters / 1e6).toFixed(1)} M weights as ${quantization}, ${size} MB${bits}\n`
}
