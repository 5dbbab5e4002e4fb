import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { hasCode, sha256, UserError, writeFileAtomically } from '../../lib/index.ts'
import type { Benchmark } from '../problem.ts'
import { type LineFile, openLineFile } from '../sampling/line-file.ts'
import {
  type Judgement,
  judgement,
  type Sample,
  type Sampling,
  sample,
  sampling,
} from '../sampling/sample.ts'
import { type Subject, subject } from '../sampling/subject.ts'
import { trimmed } from './judge.ts'

/** What a run is, as it lies in `run.json`; and where and when it was begun. */
const runRecord = z.object({
  format: z.literal('understudy-run-1'),
  benchmark: z.string(),
  problems: z.int(),
  /** Of prompts, stops and limits. */
  checksum: z.string(),
  /** Of the programs that judge the references: changes when the way of judging does. */
  judging: z.string(),
  subject,
  sampling,
  created: z.string(),
  commit: z.string(),
  machine: z.string(),
  /** Wall time of sampling so far. */
  samplingSeconds: z.number(),
})
export type RunRecord = z.infer<typeof runRecord>

export interface RunFolder {
  readonly record: RunRecord
  readonly samples: LineFile<Sample>
  readonly judgements: LineFile<Judgement>
  /** Second judgements, for what is flaky. */
  readonly again: LineFile<Judgement>
  addSamplingSeconds(seconds: number): Promise<void>
  close(): void
}

export interface RunIdentity {
  benchmark: Benchmark
  subject: Subject
  sampling: Sampling
  commit: string
  machine: string
}

/**
 * Opens the folder of a run, or begins one. A process that was killed at any moment left whole lines and perhaps
 * half of one, so the same run goes on where it was. Judgements made by other programs than today's are dropped.
 * @throws UserError where the folder holds another run.
 */
export async function openRunFolder(folder: string, identity: RunIdentity): Promise<RunFolder> {
  const { benchmark } = identity
  const path = join(folder, 'run.json')
  const fresh: RunRecord = {
    format: 'understudy-run-1',
    benchmark: benchmark.name,
    problems: benchmark.problems.length,
    checksum: checksumOf(benchmark),
    judging: judgingOf(benchmark),
    subject: identity.subject,
    sampling: identity.sampling,
    created: new Date().toISOString(),
    commit: identity.commit,
    machine: identity.machine,
    samplingSeconds: 0,
  }
  const before = readRecord(path)
  if (before && differs(before, fresh))
    throw new UserError(
      `${folder} holds another run of ${before.benchmark}: its model, data or sampling is not this one's.`,
      'Choose another --out, or delete that folder.',
    )
  const names = { samples: 'samples.jsonl', judgements: 'judgements.jsonl', again: 'again.jsonl' }
  if (before && before.judging !== fresh.judging)
    for (const name of [names.judgements, names.again]) rmSync(join(folder, name), { force: true })
  const record = { ...fresh, ...before, judging: fresh.judging }
  const write = () => writeFileAtomically(path, `${JSON.stringify(record, null, 2)}\n`)
  await write()
  const samples = openLineFile(join(folder, names.samples), sample)
  const judgements = openLineFile(join(folder, names.judgements), judgement)
  const again = openLineFile(join(folder, names.again), judgement)
  return {
    record,
    samples,
    judgements,
    again,
    async addSamplingSeconds(seconds) {
      record.samplingSeconds += seconds
      await write()
    },
    close() {
      for (const file of [samples, judgements, again]) file.close()
    },
  }
}

function readRecord(path: string): RunRecord | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
  try {
    return runRecord.parse(JSON.parse(text))
  } catch (cause) {
    throw new UserError(
      `${path} is not the record of a run.`,
      'Choose another --out, or delete its folder.',
      {
        cause,
      },
    )
  }
}

function differs(before: RunRecord, now: RunRecord): boolean {
  const of = ({ benchmark, checksum, subject, sampling }: RunRecord) =>
    JSON.stringify([benchmark, checksum, subject.identity, sampling])
  return of(before) !== of(now)
}

function checksumOf({ problems }: Benchmark): string {
  return sha256(
    JSON.stringify(problems.map(({ id, prompt, stops, maxTokens }) => [id, prompt, stops, maxTokens])),
  )
}

function judgingOf({ judge, problems }: Benchmark): string {
  const programs = problems.map((problem) => {
    const completion = trimmed(problem, problem.reference ?? '')
    return judge === 'run' ? problem.program?.(completion) : completion
  })
  return sha256(JSON.stringify([judge, programs]))
}
