import { join } from 'node:path'
import { writeFileAtomically } from '../../lib/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Benchmark, Problem } from '../problem.ts'
import type { RunResult } from '../report/result.ts'
import { openSampleCache } from '../sampling/cache.ts'
import { drawSamples } from '../sampling/draw.ts'
import type { Judgement, Sample, Sampling } from '../sampling/sample.ts'
import type { Source } from '../sampling/subject.ts'
import { type ScoredProblem, scoreRun } from '../scoring/score.ts'
import { findFlaky } from './flaky.ts'
import { createJudge, RefusedError, trimmed } from './judge.ts'
import { openRunFolder, type RunFolder } from './run-folder.ts'

export interface EvaluateOptions {
  benchmark: Benchmark
  source: Source
  sampling: Sampling
  /** Needed where the benchmark judges by running. */
  sandbox?: Sandbox
  /** Of this run alone. */
  folder: string
  /** Where samples are kept for other runs; absent: they are not. */
  cache?: string
  /** Samples of each problem to rank by mean log-probability, which makes them slower to draw. Default: all. */
  ranked?: number
  /** How many of the programs that passed are run once more. */
  again?: number
  /** Seconds that one request may take. */
  timeout?: number
  retryDelays?: readonly number[]
  /** Of this project's sources, for the record. */
  commit: string
  machine: string
  signal?: AbortSignal
  onProgress?(progress: EvaluationProgress): void
  onWarning?(message: string): void
}

export interface EvaluationProgress {
  /** Samples that the run has, of how many. */
  samples: number
  total: number
  judged: number
  passed: number
  /** Drawn since this command began; the rest was there before. */
  drawn: number
  /** Since this command began. */
  seconds: number
}

/** A score, or why there is none. */
export type Evaluation =
  | { kind: 'scored'; result: RunResult }
  | { kind: 'no-score'; benchmark: string; message: string }

/**
 * Measures one model on one benchmark with one way of sampling, and writes `result.json` into the run's folder.
 * Samples are judged while others are drawn. A language that cannot be run here is no failure of the model: then
 * there is no score, and nothing is sampled. An abort throws the signal's reason; what was drawn and judged stays.
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { benchmark, sandbox } = options
  const noScore = (message: string): Evaluation => ({ kind: 'no-score', benchmark: benchmark.name, message })
  if (benchmark.problems.length === 0) return noScore('There are no problems.')
  if (benchmark.judge === 'run') {
    if (!sandbox) throw new Error(`${benchmark.name} is judged by running, which needs a sandbox.`)
    for (const language of new Set(benchmark.problems.map(({ language }) => language))) {
      const toolchain = await sandbox.toolchain(language)
      if (!toolchain.present) return noScore(toolchain.message)
    }
  }
  const { source, sampling, commit, machine } = options
  const run = await openRunFolder(options.folder, {
    benchmark,
    subject: source.subject,
    sampling,
    commit,
    machine,
  })
  try {
    return { kind: 'scored', result: await fill(run, options) }
  } catch (error) {
    if (error instanceof RefusedError) return noScore(error.message)
    throw error
  } finally {
    run.close()
  }
}

/** Draws and judges what the folder lacks, then scores. */
async function fill(run: RunFolder, options: EvaluateOptions): Promise<RunResult> {
  const { benchmark, source, sampling, onProgress } = options
  const sandbox = benchmark.judge === 'run' ? options.sandbox : undefined
  const problems = new Map(benchmark.problems.map((problem) => [problem.id, problem]))
  const samples = byPlace(run.samples.records)
  const judgements = byPlace(run.judgements.records)
  const failed = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal
  const began = performance.now()
  const total = problems.size * sampling.n
  let drawn = 0
  let passed = run.judgements.records.filter(isPass).length
  const tell = () =>
    onProgress?.({
      samples: samples.size,
      total,
      judged: judgements.size,
      passed,
      drawn,
      seconds: (performance.now() - began) / 1000,
    })

  const judge = createJudge({
    ...(sandbox ? { sandbox } : {}),
    signal,
    onJudgement(judgement) {
      run.judgements.append([judgement])
      judgements.set(placeOf(judgement), judgement)
      if (isPass(judgement)) passed++
      tell()
    },
    onFailure: (error) => failed.abort(error),
  })
  for (const [place, sample] of samples) if (!judgements.has(place)) judge.add(problemOf(sample), sample)

  function problemOf({ problem }: Sample): Problem {
    return problems.get(problem) as Problem
  }

  try {
    await drawSamples({
      source,
      sampling,
      problems: benchmark.problems,
      has: (problem, index) => samples.has(placeOf({ problem, index })),
      ...(options.cache === undefined
        ? {}
        : { cache: openSampleCache(options.cache, source.subject.identity, sampling) }),
      ...(options.ranked === undefined ? {} : { ranked: options.ranked }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      ...(options.retryDelays ? { retryDelays: options.retryDelays } : {}),
      signal,
      onSamples(added, from) {
        run.samples.append(added)
        if (from === 'server') drawn += added.length
        for (const sample of added) {
          samples.set(placeOf(sample), sample)
          judge.add(problemOf(sample), sample)
        }
        tell()
      },
      ...(options.onWarning ? { onServerLost: options.onWarning } : {}),
    })
  } finally {
    if (drawn > 0) await run.addSamplingSeconds((performance.now() - began) / 1000)
    // What is being judged is judged to its end, so that nothing runs on; a failure was told already.
    if (signal.aborted) await judge.finish().catch(() => {})
  }
  await judge.finish()

  const flaky = sandbox
    ? await findFlaky({ run, problems, samples, judgements, sandbox, count: options.again ?? 0, signal })
    : []
  const result = summarize(run, benchmark, samples, judgements, flaky)
  await writeFileAtomically(join(options.folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`)
  return result
}

function summarize(
  run: RunFolder,
  benchmark: Benchmark,
  samples: Map<string, Sample>,
  judgements: Map<string, Judgement>,
  flaky: string[],
): RunResult {
  const { subject, sampling, created, commit, machine, samplingSeconds } = run.record
  const languages = [...new Set(benchmark.problems.map(({ language }) => language))]
  const scored = benchmark.problems.map((problem): ScoredProblem => {
    const places = Array.from({ length: sampling.n }, (_, index) => placeOf({ problem: problem.id, index }))
    return {
      id: problem.id,
      reference: problem.reference,
      samples: places.map((place) => {
        const { completion, tokens, meanLogprob } = samples.get(place)!
        return {
          outcome: judgements.get(place)!.outcome,
          completion: trimmed(problem, completion),
          // Nothing was said with confidence where nothing was said.
          meanLogprob: tokens === 0 ? Number.NEGATIVE_INFINITY : meanLogprob,
        }
      }),
    }
  })
  const { passAt, exactMatch, ranked, distinct, outcomes } = scoreRun(scored, sampling.seed)
  const all = [...samples.values()]
  const judging = [...judgements.values()].reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000
  const { name, sha256, parameters } = subject
  return {
    format: 'understudy-evaluation-1',
    benchmark: benchmark.name,
    title: benchmark.title,
    language: languages.length === 1 ? languages[0]! : 'several',
    judge: benchmark.judge,
    model: {
      name,
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(parameters === undefined ? {} : { parameters }),
    },
    sampling,
    problems: benchmark.problems.length,
    samples: all.length,
    passAt,
    ...(exactMatch ? { exactMatch } : {}),
    ...(ranked ? { ranked } : {}),
    distinct,
    outcomes,
    flaky,
    tokens: all.reduce((sum, { tokens }) => sum + tokens, 0),
    seconds: { sampling: Math.round(samplingSeconds * 10) / 10, judging: Math.round(judging * 10) / 10 },
    notes: [...benchmark.notes, ...notesOn(all)],
    date: created,
    commit,
    machine,
  }
}

function notesOn(samples: readonly Sample[]): string[] {
  const empty = samples.filter(({ tokens, finish }) => tokens === 0 && finish === 'length')
  const cut = samples.filter(({ tokens, finish }) => tokens > 0 && finish === 'length')
  const prompts = new Set(empty.map(({ problem }) => problem)).size
  return [
    ...(prompts > 0
      ? [
          `${prompts} ${prompts === 1 ? 'prompt fills' : 'prompts fill'} the model's window and got no answer.`,
        ]
      : []),
    ...(cut.length > 0
      ? [`${cut.length} of ${samples.length} samples ended at the token limit or the window.`]
      : []),
  ]
}

/** The first record of each place; a killed run may have written one twice. */
function byPlace<T extends { problem: string; index: number }>(records: readonly T[]): Map<string, T> {
  return new Map(records.toReversed().map((record) => [placeOf(record), record]))
}

function placeOf({ problem, index }: { problem: string; index: number }): string {
  return `${index} ${problem}`
}

function isPass({ outcome }: Judgement): boolean {
  return outcome === 'passed' || outcome === 'matched'
}
