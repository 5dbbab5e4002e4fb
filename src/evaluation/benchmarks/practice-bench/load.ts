/**
 * Our own evaluation set, practice-bench: problems over tasks and languages, written for this project and never
 * trained on. The data lies in `benchmarks/practice-bench`, one file a task; its README says what the fields mean.
 */
import { join } from 'node:path'
import { projectRoot } from '../../../lib/index.ts'
import type { Benchmark, Problem } from '../../problem.ts'
import { bytesOf } from '../data-file.ts'
import { parseRecords } from '../records.ts'
import { stopsOf, trimmed } from './cut.ts'
import { programOf } from './program.ts'
import { type PracticePrompts, plainPrompts } from './prompts.ts'
import { type PracticeRecord, type PracticeTask, practiceRecord } from './schema.ts'

export const practiceBenchFolder = join(projectRoot, 'benchmarks/practice-bench')

/** In the order of reports. */
export const practiceTasks: PracticeTask[] = [
  'generate',
  'infill',
  'fix',
  'translate',
  'edit',
  'test',
  'shell',
]

/** Longer than any reference by half, counted in tokens of three characters. */
const maxTokens: Record<PracticeTask, number> = {
  generate: 320,
  infill: 128,
  fix: 320,
  translate: 384,
  edit: 384,
  test: 320,
  shell: 96,
}

export interface PracticeBenchOptions {
  /** Default: the plain shapes, for a base model. */
  prompts?: PracticePrompts
  signal?: AbortSignal
}

/** Every record of the folder. A file that is absent and a line that is broken are a `UserError` that names it. */
export async function readPracticeRecords(
  folder = practiceBenchFolder,
  signal?: AbortSignal,
): Promise<PracticeRecord[]> {
  const records: PracticeRecord[] = []
  for (const task of practiceTasks) {
    const path = join(folder, `${task}.jsonl`)
    const bytes = await bytesOf(path, signal)
    const lines = await parseRecords(bytes, path, practiceRecord, 'Restore the file from the repository.')
    records.push(...lines.map(({ record }) => record))
  }
  return records
}

/** One benchmark for each task and language, such as `practice-bench/generate-python`. */
export async function loadPracticeBench(
  folder = practiceBenchFolder,
  { prompts = plainPrompts, signal }: PracticeBenchOptions = {},
): Promise<Benchmark[]> {
  const records = await readPracticeRecords(folder, signal)
  const byName = Map.groupBy(records, ({ id }) => id.slice(0, id.indexOf('/')))
  return [...byName].map(([name, records]) => ({
    name: `practice-bench/${name}`,
    title: `Practice bench, ${name.replaceAll('-', ' ')}`,
    judge: 'run',
    licence: 'Apache-2.0',
    url: 'benchmarks/practice-bench/README.md',
    problems: records.map((record) => problemOf(record, prompts)),
    notes: [],
  }))
}

function problemOf(record: PracticeRecord, prompts: PracticePrompts): Problem {
  // The record's task picks the function that takes it, which the types of a union cannot say.
  const prompt = prompts[record.task] as (record: PracticeRecord) => Problem['prompt']
  return {
    id: record.id,
    language: record.language,
    prompt: prompt(record),
    stops: stopsOf(record),
    maxTokens: maxTokens[record.task],
    trim: (completion) => trimmed(record, completion),
    program: (answer) => programOf(record, answer),
    reference: record.solution,
  }
}
