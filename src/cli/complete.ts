import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import type { Command } from 'commander'
import { type Outcome, type Quiet, type Situation, suggest } from '../completion/index.ts'
import { hasCode, UserError } from '../lib/index.ts'
import {
  createParser,
  languageById,
  languageOfPath,
  languages,
  loadWasmFromPackage,
} from '../syntax/index.ts'
import { openSource, type SourceOptions, sourceOptions } from './open-source.ts'

interface Options extends SourceOptions {
  language?: string
  ungated?: boolean
  singleLine?: boolean
  json?: boolean
}

/** `understudy complete`: what an editor would suggest at a place in a file. */
export function registerComplete(program: Command): void {
  sourceOptions(
    program
      .command('complete')
      .description('print what an editor would suggest at a place in a file')
      .argument('<place>', 'FILE[:LINE[:COLUMN]], or - for standard input, from 1; the end where left out')
      .option('--language <id>', 'language of the text (default: by the file’s name)')
      .option('--ungated', 'print a suggestion however unsure the model is')
      .option('--single-line', 'no more than the rest of the line'),
  )
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExits with 1 and says why on stderr where there is nothing to suggest.')
    .action(complete)
}

async function complete(place: string, options: Options): Promise<void> {
  const situation = await readSituation(place, options.language)
  const source = await openSource(options)
  const parser = createParser({ loadWasm: loadWasmFromPackage })
  let outcome: Outcome
  try {
    outcome = await suggest(situation, {
      model: options.ungated ? { ...source.model, threshold: Number.NEGATIVE_INFINITY } : source.model,
      complete: source.port(),
      parser,
      singleLine: options.singleLine ?? false,
    })
  } finally {
    parser.dispose()
    await source.dispose()
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ ...outcome, model: source.name })}\n`)
  else if (outcome.kind === 'suggestion') process.stdout.write(`${outcome.text}\n`)
  else process.stderr.write(`No suggestion: ${explain(outcome)}\n`)
  if (outcome.kind === 'quiet') process.exitCode = 1
}

const reasons: Record<Quiet['reason'], string> = {
  empty: 'there is nothing to go on, or nothing came.',
  'low-confidence': 'the model is not sure enough (--ungated prints it all the same).',
  'parse-error': 'what came would add a syntax error.',
  duplicate: 'what came stands there already.',
  repetition: 'what came repeats itself.',
  'mid-line': 'the cursor stands in the midst of a line.',
  cancelled: 'the request was cancelled.',
  unavailable: 'the model could not be asked.',
}

function explain({ reason, message }: Quiet): string {
  return message ?? reasons[reason]
}

/** The text that `place` names, and the cursor in it. */
async function readSituation(place: string, language: string | undefined): Promise<Situation> {
  const [, path = place, line, column] = /^(.+?)(?::(\d+))?(?::(\d+))?$/s.exec(place) ?? []
  const text = path === '-' ? await readAll(process.stdin) : await readText(path)
  const id = language ?? (path === '-' ? undefined : languageOfPath(path)?.id)
  if (id === undefined)
    throw new UserError(
      'The language cannot be told from the name.',
      'Give it with --language, such as --language python.',
    )
  if (!languageById(id))
    throw new UserError(
      `There is no language ${id}.`,
      `Known: ${languages.map((known) => known.id).join(', ')}.`,
    )
  return { text, offset: offsetOf(text, line, column), language: id, path: path === '-' ? '' : path }
}

async function readText(path: string): Promise<string> {
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

/** The offset of line and column, both from 1; without a column the line's end, without a line the text's. */
function offsetOf(text: string, line: string | undefined, column: string | undefined): number {
  if (line === undefined) return text.length
  const lines = text.split('\n')
  const content = lines[Number(line) - 1]
  if (content === undefined)
    throw new UserError(`There is no line ${line}.`, `The text has ${lines.length} lines, counted from 1.`)
  const start = lines.slice(0, Number(line) - 1).reduce((sum, { length }) => sum + length + 1, 0)
  const width = content.replace(/\r$/, '').length
  if (column === undefined) return start + width
  if (Number(column) < 1 || Number(column) > width + 1)
    throw new UserError(`Line ${line} has no column ${column}.`, `Its columns are 1 to ${width + 1}.`)
  return start + Number(column) - 1
}
