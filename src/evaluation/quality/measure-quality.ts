import { readCorpus } from '../../corpus/index.ts'
import { UserError } from '../../lib/index.ts'
import {
  continueBeginnings,
  drawBeginnings,
  measureRegurgitation,
  openLexemeIndex,
  readSampledTexts,
  recitedLexemes,
} from '../regurgitation/index.ts'
import type { Source } from '../sampling/subject.ts'
import { measureApiCalls, readApiCalls } from './api-calls.ts'
import { measureBits } from './bits-per-byte.ts'
import { measureFewShot, readInventedApis } from './few-shot.ts'
import type { QualityPart, QualityResult } from './result.ts'
import { openServedModel, type ServedModel } from './served-model.ts'
import { heldoutTexts, proseTexts } from './texts.ts'

export interface QualityOptions {
  source: Source
  /** Folder of a built corpus. */
  corpus?: string
  /** Folder of token shards, which say what was held out. */
  shards?: string
  /** Folder of prose. */
  prose?: string
  /** Bytes of text of each language, and of prose, in whole files; all where left out. */
  bytes?: number
  /** Tokens of a window at most; the model's context where left out. */
  context?: number
  /** Share of a window that is context of the next, 0 to below 1. */
  overlap: number
  /** Run folder whose samples are looked at for regurgitation, in place of beginnings of training files. */
  samples?: string
  /** Beginnings of training files to continue. */
  beginnings: number
  seed: number
  /** What the result names as where it was measured. */
  commit?: string
  machine?: string
  signal?: AbortSignal
  /** A line about what is being done, with how much of it is done. */
  onProgress?: (what: string, done: number, of: number) => void
}

type Measured = Pick<QualityResult, 'title' | 'unit' | 'figures' | 'settings' | 'notes'> &
  Pick<Partial<QualityResult>, 'recitals'>

/** Which parts have the data that they need. */
export function possibleParts({ corpus, shards, prose }: Partial<QualityOptions>): QualityPart[] {
  const bits = (corpus !== undefined && shards !== undefined) || prose !== undefined
  return [
    ...(bits ? (['bits'] as const) : []),
    'api-calls',
    'few-shot',
    ...(corpus === undefined ? [] : (['regurgitation'] as const)),
  ]
}

/** Measures one part. Throws a `UserError` where it lacks data, or where the server cannot do it. */
export async function measureQuality(part: QualityPart, options: QualityOptions): Promise<QualityResult> {
  const { source, seed, commit, machine, signal } = options
  const started = performance.now()
  const served = await openServedModel(source, signal)
  const measured = await parts[part](served, options)
  const { name, sha256 } = source.subject
  return {
    format: 'understudy-quality-1',
    part,
    model: { name, ...(sha256 === undefined ? {} : { sha256 }) },
    ...measured,
    seed,
    seconds: (performance.now() - started) / 1000,
    date: new Date().toISOString(),
    ...(commit === undefined ? {} : { commit }),
    ...(machine === undefined ? {} : { machine }),
  }
}

const parts: Record<QualityPart, (served: ServedModel, options: QualityOptions) => Promise<Measured>> = {
  bits: measureBitsPart,
  'api-calls': measureApiCallsPart,
  'few-shot': measureFewShotPart,
  regurgitation: measureRegurgitationPart,
}

async function measureBitsPart(served: ServedModel, options: QualityOptions): Promise<Measured> {
  const {
    corpus,
    shards,
    prose,
    bytes = Number.POSITIVE_INFINITY,
    overlap,
    seed,
    signal,
    onProgress,
  } = options
  const context = Math.min(options.context ?? served.contextLength, served.contextLength)
  const code =
    corpus !== undefined && shards !== undefined ? await heldoutTexts({ corpus, shards, bytes }, signal) : []
  const texts = [...code, ...(prose === undefined ? [] : proseTexts({ folder: prose, bytes }))]
  if (texts.length === 0)
    throw new UserError(
      'Bits per byte need text that the model has not seen.',
      'Name a corpus and its shards with --corpus and --shards, or a folder of prose with --prose.',
    )
  const result = await measureBits(served, texts, {
    context,
    overlap,
    seed,
    ...(signal ? { signal } : {}),
    onProgress: (done, of) => onProgress?.('Bits per byte', done, of),
  })
  return {
    title: 'Bits per byte of held-out files and of prose',
    unit: 'bits per byte',
    figures: result.figures,
    settings: {
      'context, tokens': context,
      'overlap of windows': overlap,
      windows: result.windows,
      'tokens read': result.tokens,
      'bytes scored': result.bytes,
      ...(Number.isFinite(bytes) ? { 'bytes of each language at most': bytes } : {}),
    },
    notes: ['The first token of a text is not scored. Intervals: bootstrap over texts.'],
  }
}

async function measureApiCallsPart(served: ServedModel, options: QualityOptions): Promise<Measured> {
  const { signal, onProgress } = options
  const calls = readApiCalls()
  const measure = (around: boolean, what: string) =>
    measureApiCalls(served, calls, {
      around,
      ...(signal ? { signal } : {}),
      onProgress: (done, of) => onProgress?.(what, done, of),
    })
  const before = await measure(false, 'Masked calls')
  const around = served.infill ? await measure(true, 'Masked calls with the lines after') : []
  return {
    title: 'Masked API calls: the next name, exactly, at temperature 0',
    unit: 'share',
    figures: [
      ...before,
      ...around.map((figure) => ({ ...figure, name: `${figure.name}, with the lines after` })),
    ],
    settings: { set: 'benchmarks/api-calls' },
    notes: ['The prompt ends right before the name. Intervals: Wilson, over calls.'],
  }
}

async function measureFewShotPart(served: ServedModel, options: QualityOptions): Promise<Measured> {
  const { signal, onProgress } = options
  const figures = await measureFewShot(served, readInventedApis(), {
    ...(signal ? { signal } : {}),
    onProgress: (done, of) => onProgress?.('Invented APIs', done, of),
  })
  return {
    title: 'Invented APIs: the call, exactly, by examples in the prompt, at temperature 0',
    unit: 'share',
    figures,
    settings: { set: 'benchmarks/few-shot' },
    notes: ['White space does not count. Intervals: Wilson, over queries.'],
  }
}

/** Tokens after a beginning: enough for three times the lexemes that count. */
const continuedTokens = 256

async function measureRegurgitationPart(served: ServedModel, options: QualityOptions): Promise<Measured> {
  const { corpus, samples, beginnings, seed, signal, onProgress } = options
  if (corpus === undefined)
    throw new UserError(
      'Regurgitation needs the corpus that the model was trained on.',
      'Name it with --corpus.',
    )
  const index = await openLexemeIndex({
    corpus,
    minimum: recitedLexemes,
    ...(signal ? { signal } : {}),
    onProgress: (done) => onProgress?.('Reading the corpus', done, done),
  })
  const maxTokens = Math.min(continuedTokens, Math.floor(served.contextLength / 2))
  const texts =
    samples === undefined
      ? await continueBeginnings(
          served,
          await drawBeginnings(readCorpus(corpus), { n: beginnings, seed, lexemes: recitedLexemes }),
          {
            maxTokens,
            ...(signal ? { signal } : {}),
            onProgress: (done, of) => onProgress?.('Continuing beginnings', done, of),
          },
        )
      : await readSampledTexts(samples)
  const { figures, recitals } = measureRegurgitation(index, texts)
  return {
    title: 'Regurgitation: samples that recite the training corpus',
    unit: 'share',
    figures,
    recitals: recitals.slice(0, 20),
    settings: {
      'lexemes that count': recitedLexemes,
      'documents of the corpus': index.documents.length,
      ...(samples === undefined
        ? { prompts: 'beginnings of training files', 'tokens each, greedily': maxTokens }
        : { samples: 'of a run' }),
    },
    notes: ['The stretch lies in the sample, without its prompt. Intervals: Wilson, over samples.'],
  }
}
