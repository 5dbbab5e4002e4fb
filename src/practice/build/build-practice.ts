/**
 * Practice as a corpus: samples of a seed until there are enough tokens, verified, decontaminated, without repeats, in the
 * folder format of the corpus stage, so that a tokenizer and a model are trained on it as on any other. The same files,
 * seed and options give the same bytes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Benchmarks, type CorpusCard, type Document, eachGram, writeCorpus } from '../../corpus/index.ts'
import { projectRoot, sha256, UserError } from '../../lib/index.ts'
import type { Sandbox, SandboxLanguage } from '../../sandbox/index.ts'
import { openLibrary } from '../families/library.ts'
import { loadInstructions } from '../tasks/instructions.ts'
import type { TaskName } from '../tasks/sample.ts'
import { addCounts, type Counts, noCounts } from './counts.ts'
import { type DrawnSamples, drawSamples } from './draw-samples.ts'
import extensions from './extensions.json' with { type: 'json' }

export interface BuildPracticeOptions {
  out: string
  seed: number
  /** Exercises to draw. */
  exercises: number
  /** Languages to write in, and how often, relative to each other. */
  languages: Readonly<Partial<Record<SandboxLanguage, number>>>
  sandbox: Sandbox
  /** Text that must not be in it. */
  benchmarks?: Benchmarks | undefined
  signal?: AbortSignal
  onProgress?(done: number, counts: Counts): void
}

export interface BuiltPractice {
  card: CorpusCard & { checksum: string }
  counts: Counts
  tasks: Partial<Record<TaskName, number>>
  /** Samples left out: repeats, and those that share 13 words with a benchmark. */
  repeated: number
  contaminated: number
  seconds: number
}

/** Exercises that are drawn and verified together; two such lots are under way, one drawing and one in the sandbox. */
const lotSize = 200
const lotsAtATime = 2

export async function buildPractice(options: BuildPracticeOptions): Promise<BuiltPractice> {
  const { seed, exercises, languages, sandbox, benchmarks, signal } = options
  const began = performance.now()
  if (existsSync(options.out))
    throw new UserError(`${options.out} is already there.`, 'Choose another folder, or remove it.')
  const library = await openLibrary()
  const drawing = { library, instructions: loadInstructions(), sandbox, languages, ...(signal && { signal }) }
  const lots = Array.from({ length: Math.ceil(exercises / lotSize) }, (_, lot) => ({
    from: lot * lotSize,
    to: Math.min(exercises, (lot + 1) * lotSize),
    seed,
  }))
  const counts = noCounts()
  const drawn: DrawnSamples[] = []
  const queue = [...lots.entries()]
  async function work(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, lot] = next
      drawn[index] = await drawSamples(lot, drawing)
      addCounts(counts, drawn[index].counts)
      options.onProgress?.(counts.exercises, counts)
    }
  }
  await Promise.all(Array.from({ length: lotsAtATime }, work))
  signal?.throwIfAborted()

  const checksum = sha256(JSON.stringify([sourcesOf(), seed, exercises, languages]))
  const { documents, rejected, tasks } = toDocuments(drawn, checksum, benchmarks)
  const card = await writeCorpus(options.out, {
    name: `practice-${seed}`,
    description: `Exercises of practice/, ${exercises} drawn from seed ${seed}, each verified by running it.`,
    checksum,
    documents,
    rejected,
    benchmarks,
  })
  return {
    card,
    counts,
    tasks,
    repeated: rejected.filter(({ reason }) => reason === 'repeated').length,
    contaminated: rejected.filter(({ reason }) => reason !== 'repeated').length,
    seconds: (performance.now() - began) / 1000,
  }
}

function toDocuments(drawn: readonly DrawnSamples[], checksum: string, benchmarks: Benchmarks | undefined) {
  const documents: Document[] = []
  const rejected: { id: string; reason: string }[] = []
  const tasks: BuiltPractice['tasks'] = {}
  const seen = new Set<string>()
  for (const { samples } of drawn)
    for (const { task, language, prompt, completion, exercise } of samples) {
      const text = `${prompt}${completion}`
      const id = `${task} ${language} ${exercise}`
      const key = sha256(text)
      if (seen.has(key)) rejected.push({ id, reason: 'repeated' })
      else if (benchmarks && sharesGram(text, benchmarks))
        rejected.push({ id, reason: 'shares 13 words with a benchmark' })
      else {
        seen.add(key)
        tasks[task] = (tasks[task] ?? 0) + 1
        documents.push({
          text,
          path: pathOf(task, language, exercise),
          language: language === 'bash' ? 'shell' : language,
          package: 'practice',
          version: checksum.slice(0, 12),
          license: 'Apache-2.0',
          sha256: key,
          source: { kind: 'folder', checksum },
          ...(prompt === '' ? {} : { promptLength: prompt.length }),
        })
      }
    }
  return { documents, rejected, tasks }
}

/** A whole file is called as such a file would be, a request and its answer as a note. */
function pathOf(task: TaskName, language: SandboxLanguage, exercise: string): string {
  const name = exercise.replaceAll(/[^\w.-]+/g, '-')
  return `${task}/${name}.${task === 'write' ? extensions[language] : 'md'}`
}

function sharesGram(text: string, { grams }: Benchmarks): boolean {
  let found = false
  eachGram(text, (gram) => {
    found ||= grams.find(gram) >= 0
  })
  return found
}

/** Checksum over everything that decides what a seed gives: the families and this stage's own code. */
function sourcesOf(): string {
  const folders = [join(projectRoot, 'practice'), join(import.meta.dirname, '..')]
  return sha256(
    folders
      .flatMap((folder) =>
        (readdirSync(folder, { recursive: true }) as string[])
          .filter(
            (path) => /\.(?:ts|json|yaml|py)$/.test(path) && !/\.test\.ts$|(?:^|\/)testing\//.test(path),
          )
          .sort()
          .map((path) => `${path} ${sha256(readFileSync(join(folder, path)))}`),
      )
      .join('\n'),
  )
}
