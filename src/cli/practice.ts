import { type Command, InvalidArgumentError, Option } from 'commander'
import { readBenchmarks } from '../corpus/index.ts'
import { type BuiltPractice, buildPractice, renderers } from '../practice/index.ts'
import { openSandbox, type SandboxLanguage } from '../sandbox/index.ts'
import { createProgress, describeDuration } from '../training/index.ts'
import { wholeNumber } from './options.ts'
import { untilInterrupted } from './until-interrupted.ts'

interface Options {
  out: string
  exercises: number
  seed: number
  languages: Languages
  bench?: string[]
  json?: boolean
}

type Languages = Partial<Record<SandboxLanguage, number>>

/** Two thirds Python, which the benchmarks of small models are in. */
const usualLanguages = 'python=6,javascript=2,typescript=2,go=1,ruby=1,php=1'

/** `understudy practice build`. */
export function registerPractice(program: Command): void {
  const practice = program
    .command('practice')
    .description('make exercises that teach the tasks, each verified by running it')

  practice
    .command('build')
    .description('draw exercises, verify them in the sandbox, and write them as a corpus')
    .requiredOption('--out <folder>', 'folder to make')
    .option('--exercises <n>', 'how many to draw', wholeNumber(1, 100_000_000), 1_000)
    .option('--seed <n>', 'the same seed gives the same corpus', wholeNumber(0, 2 ** 31 - 1), 1)
    .addOption(
      new Option('--languages <list>', 'languages, and how often each, relative to the others')
        .argParser(parseLanguages)
        .default(parseLanguages(usualLanguages), usualLanguages),
    )
    .option('--bench <folder...>', 'benchmark folders whose text is kept out')
    .option('--json', 'print the result as JSON')
    .action(build)
}

async function build({ out, exercises, seed, languages, bench, json }: Options): Promise<void> {
  if (!bench?.length) process.stderr.write('Without --bench the exercises are NOT DECONTAMINATED.\n')
  await using stack = new AsyncDisposableStack()
  const sandbox = stack.adopt(await openSandbox(), (opened) => opened.close())
  const progress = createProgress(process.stderr)
  const began = performance.now()
  const built = await untilInterrupted((signal) =>
    buildPractice({
      out,
      seed,
      exercises,
      languages,
      sandbox,
      benchmarks: bench?.length ? readBenchmarks(bench) : undefined,
      signal,
      onProgress(done, { samples }) {
        const left = ((performance.now() - began) / 1000 / done) * (exercises - done)
        progress.show(`${done}/${exercises} exercises, ${samples} samples, ${describeDuration(left)} left`)
      },
    }),
  ).finally(progress.close)
  process.stdout.write(json ? `${JSON.stringify(built)}\n` : describe(built))
}

/** At most 80 columns. */
function describe({ card, counts, tasks, repeated, contaminated, seconds }: BuiltPractice): string {
  const { documents, bytes } = card.totals
  const lines = [
    `${documents} documents, ${(bytes / 1e6).toFixed(1)} MB, of ${counts.exercises} exercises in ${describeDuration(seconds)}`,
    `(${(counts.exercises / seconds).toFixed(1)} exercises/s)`,
    `left out: ${repeated} repeated, ${contaminated} that share 13 words with a benchmark`,
    '',
    `${'language'.padEnd(12)}${'renderings'.padStart(12)}${'disagree'.padStart(10)}${'not run'.padStart(10)}`,
    ...Object.entries(counts.languages).map(
      ([language, { rendered, agreed, refused }]) =>
        `${language.padEnd(12)}${String(rendered).padStart(12)}${String(rendered - agreed - refused).padStart(10)}${String(refused).padStart(10)}`,
    ),
    '',
    Object.entries(tasks)
      .map(([task, count]) => `${task} ${count}`)
      .join(', '),
    `SHA-256 ${card.checksum}`,
  ]
  return `${lines.join('\n')}\n`
}

/** `python=6,go=1`; a language without a number is taken once. */
function parseLanguages(list: string): Languages {
  const languages: Languages = {}
  for (const part of list.split(',')) {
    const [name = '', share = '1'] = part.trim().split('=')
    const language = [...renderers.keys()].find((known) => known === name)
    if (language === undefined)
      throw new InvalidArgumentError(`"${name}" is none of ${[...renderers.keys()].join(', ')}.`)
    if (!(Number(share) > 0)) throw new InvalidArgumentError(`"${share}" is no share of ${name}.`)
    languages[language] = Number(share)
  }
  return languages
}
