import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import type { Command } from 'commander'
import { hasCode, UserError } from '../lib/index.ts'
import {
  defaultLimits,
  openSandbox,
  type SandboxLanguage,
  sandboxLanguages,
  type Verdict,
} from '../sandbox/index.ts'
import { languageOfPath } from '../syntax/index.ts'
import { realNumber } from './options.ts'
import { untilInterrupted } from './until-interrupted.ts'

interface Options {
  language?: string
  tests?: boolean
  stdin?: string
  seconds: number
  json?: boolean
}

/** `understudy run`: runs a program that nobody has looked at in the sandbox, and says what became of it. */
export function registerRun(program: Command): void {
  program
    .command('run')
    .description('run a program in the sandbox, and say whether it came to its end')
    .argument('<file>', 'the program, or - for standard input')
    .option('--language <id>', `${sandboxLanguages.join(', ')} (default: by the file’s name)`)
    .option('--tests', 'run its unit tests instead of the program')
    .option('--stdin <file>', 'what the program reads on its standard input (default: nothing)')
    .option(
      '--seconds <n>',
      'wall time of the run, without compilation',
      realNumber(0.1, 3_600),
      defaultLimits.milliseconds / 1_000,
    )
    .option('--json', 'print the verdict as JSON')
    .addHelpText(
      'after',
      '\nExits with 0 only where the program passed; the verdict is the last line on stderr.',
    )
    .action(run)
}

async function run(file: string, options: Options): Promise<void> {
  const language = languageFor(file, options.language)
  const source = await readProgram(file)
  const stdin = options.stdin === undefined ? undefined : await readProgram(options.stdin)
  const sandbox = await openSandbox({ slots: 1, limits: { milliseconds: options.seconds * 1_000 } })
  let verdict: Verdict
  try {
    verdict = await untilInterrupted((signal) =>
      sandbox.run(
        {
          language,
          source,
          entry: options.tests ? 'tests' : 'main',
          ...(stdin === undefined ? {} : { cases: [{ stdin }] }),
        },
        signal,
      ),
    )
  } finally {
    await sandbox.close()
  }
  if (options.json) {
    process.stdout.write(`${JSON.stringify(verdict)}\n`)
  } else {
    if (verdict.outcome !== 'refused') {
      process.stdout.write(verdict.stdout)
      process.stderr.write(verdict.stderr)
    }
    process.stderr.write(`${sentence(verdict)}\n`)
  }
  if (verdict.outcome !== 'passed') process.exitCode = 1
}

function sentence(verdict: Verdict): string {
  if (verdict.outcome === 'refused') return `refused: ${verdict.message}`
  const seconds = `${(verdict.milliseconds / 1_000).toFixed(2)} s`
  if (verdict.outcome === 'failed')
    return `failed after ${seconds}${verdict.stage === 'compile' ? ', at compilation' : ''}: ${verdict.reason}`
  if (verdict.outcome === 'timed-out')
    return `timed out after ${seconds}${verdict.stage === 'compile' ? ', at compilation' : ''}`
  return `${verdict.outcome === 'passed' ? 'passed' : 'out of memory'} after ${seconds}`
}

/** Languages that the editor's side calls otherwise. */
const otherNames = new Map<string, SandboxLanguage>([['shell', 'bash']])

function languageFor(file: string, named: string | undefined): SandboxLanguage {
  const id = named ?? languageOfPath(file)?.id
  const language = id && (otherNames.get(id) ?? sandboxLanguages.find((known) => known === id))
  if (language) return language
  throw new UserError(
    id === undefined
      ? 'The language cannot be told from the file’s name.'
      : `The sandbox has no language ${id}.`,
    `Give one with --language: ${sandboxLanguages.join(', ')}.`,
  )
}

async function readProgram(path: string): Promise<string> {
  if (path === '-') return readAll(process.stdin)
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT'))
      throw new UserError(`There is no file ${path}.`, 'Check the path.', { cause: error })
    if (hasCode(error, 'EISDIR'))
      throw new UserError(`${path} is a folder.`, 'Name a file in it.', { cause: error })
    if (hasCode(error, 'EACCES'))
      throw new UserError(`${path} cannot be read.`, 'Change its permissions.', { cause: error })
    throw error
  }
}
