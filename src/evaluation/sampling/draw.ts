import type { Problem } from '../problem.ts'
import { type Ask, createAsk, type Drawn } from './ask.ts'
import type { SampleCache } from './cache.ts'
import { explainFailure, isPassing } from './failure.ts'
import type { Sample, Sampling } from './sample.ts'
import { firstSeed } from './seed.ts'
import type { Source } from './subject.ts'

export interface DrawOptions {
  source: Source
  sampling: Sampling
  problems: readonly Problem[]
  /** Whether a sample is there already. */
  has(problem: string, index: number): boolean
  cache?: SampleCache
  /** Samples of each problem, from its first, whose log-probabilities are asked for. Default: all. */
  ranked?: number
  /** Seconds that one request may take. */
  timeout?: number
  /** Milliseconds to wait before each further try. */
  retryDelays?: readonly number[]
  signal?: AbortSignal
  onSamples(samples: Sample[], from: 'server' | 'cache'): void
  /** A server that others replace is given up. */
  onServerLost?(message: string): void
}

/** Samples of one problem with consecutive indices: one request. */
interface Piece {
  problem: Problem
  first: number
  count: number
}

interface Worker {
  url: string
  ask: Ask
  perRequest: number
  isLost: boolean
}

const patience = [500, 2_000, 8_000]

/**
 * Draws the samples that are missing, at all servers side by side. Samples are told as they come; which come does
 * not depend on the order, on the size of requests, or on what an earlier run left. A server that fails for good
 * leaves its work to the others.
 * @throws UserError when no server is left, or at a refusal; an abort throws the signal's reason.
 */
export async function drawSamples(options: DrawOptions): Promise<void> {
  const { source, sampling, problems, has, cache, timeout = 600, retryDelays = patience } = options
  const { ranked = sampling.n } = options
  const failed = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal
  const returned: Piece[] = []
  const workers = source.servers.map((server): Worker => {
    const ask = createAsk(server, { source, sampling, timeout, retryDelays })
    return { url: server.baseUrl, ask, perRequest: source.perRequest, isLost: false }
  })
  const pieces = piecesOf()

  function* piecesOf(): Generator<Piece> {
    for (const problem of problems) {
      const seed = firstSeed(sampling.seed, problem.id)
      const missing = Array.from({ length: sampling.n }, (_, index) => index).filter(
        (index) => !has(problem.id, index),
      )
      if (missing.length === 0) continue
      const kept = cache?.read(problem)
      const found: Sample[] = []
      const absent: number[] = []
      for (const index of missing) {
        const { logprobs = false, ...sample } = kept?.get(seed + index) ?? {}
        if ('seed' in sample && (logprobs || index >= ranked))
          found.push({ problem: problem.id, index, ...sample })
        else absent.push(index)
      }
      if (found.length > 0) options.onSamples(found, 'cache')
      const parts = [absent.filter((index) => index < ranked), absent.filter((index) => index >= ranked)]
      for (const part of parts) yield* runsOf(part, source.perRequest).map((run) => ({ problem, ...run }))
    }
  }

  function take(): Piece | undefined {
    const piece = returned.pop()
    if (piece !== undefined) return piece
    const next = pieces.next()
    return next.done ? undefined : next.value
  }

  function keep({ problem, first }: Piece, drawn: readonly Drawn[]): void {
    const seed = firstSeed(sampling.seed, problem.id) + first
    const samples = drawn.map((one, i): Sample => {
      return { problem: problem.id, index: first + i, seed: seed + i, ...one }
    })
    cache?.add(
      problem,
      samples.map(({ problem: _, index, ...rest }) => ({ ...rest, logprobs: index < ranked })),
    )
    options.onSamples(samples, 'server')
  }

  async function work(worker: Worker): Promise<void> {
    for (let piece = take(); piece !== undefined; piece = take()) {
      if (worker.isLost) return void returned.push(piece)
      const { problem, first, count } = piece
      const part = Math.min(count, worker.perRequest)
      try {
        const seed = firstSeed(sampling.seed, problem.id) + first
        const drawn = await worker.ask({ problem, seed, count: part, logprobs: first < ranked }, signal)
        keep(piece, drawn)
        // Some servers give one choice, whatever they are asked for.
        if (drawn.length < part) worker.perRequest = Math.max(1, drawn.length)
        if (drawn.length < count)
          returned.push({ problem, first: first + drawn.length, count: count - drawn.length })
      } catch (error) {
        signal.throwIfAborted()
        returned.push(piece)
        const reason = explainFailure(error, worker.url)
        worker.isLost = true
        if (!isPassing(error) || workers.every(({ isLost }) => isLost)) throw reason
        options.onServerLost?.(reason instanceof Error ? reason.message : String(reason))
      }
    }
  }

  do {
    const left = workers.filter(({ isLost }) => !isLost)
    await allOf(
      left.flatMap((worker) => Array.from({ length: source.inFlight }, () => work(worker))),
      (error) => failed.abort(error),
    )
  } while (returned.length > 0)
}

/** Waits for all; the first failure is told at once, and thrown at the end. */
async function allOf(works: Promise<void>[], onFailure: (error: unknown) => void): Promise<void> {
  let first: { error: unknown } | undefined
  await Promise.all(
    works.map((work) =>
      work.catch((error: unknown) => {
        first ??= { error }
        onFailure(error)
      }),
    ),
  )
  if (first) throw first.error
}

/** Consecutive indices, in runs of at most `longest`. */
function runsOf(indices: readonly number[], longest: number): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = []
  for (const index of indices) {
    const last = runs.at(-1)
    if (last && last.first + last.count === index && last.count < longest) last.count++
    else runs.push({ first: index, count: 1 })
  }
  return runs
}
