import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { messageOf, projectRoot, UserError } from '../lib/index.ts'
import { findModels, type ModelEntry, type UsableModel, verifyModel } from '../models/index.ts'

interface Options {
  models: string
  json?: boolean
}

/** `understudy models`: what models there are, whether they are whole, and what each is. */
export function registerModels(program: Command): void {
  const models = program.command('models').description('list, verify and describe the models on this machine')
  const folder = ['--models <folder>', 'where the models are', join(projectRoot, 'models')] as const

  models
    .command('list')
    .description('list the models: folders with a manifest, and bare GGUF files')
    .option(...folder)
    .option('--json', 'print them as JSON')
    .action(list)

  models
    .command('verify')
    .description('check that models are whole, are what their manifests say, and can be loaded')
    .argument('[name]', 'a name from `models list`, or a path; all models when left out')
    .option(...folder)
    .option('--json', 'print the verdicts as JSON')
    .action(verify)

  models
    .command('show')
    .description('show what a model is and how it was made')
    .argument('<name>', 'a name from `models list`, or a path')
    .option(...folder)
    .option('--json', 'print it as JSON')
    .action(show)
}

async function list(options: Options): Promise<void> {
  const entries = await findModels(options.models)
  if (options.json) return printJson(entries.map(summaryOf))
  if (entries.length === 0) {
    process.stderr.write(
      `No models in ${options.models}: put a .gguf file there, or make one with understudy export.\n`,
    )
    return
  }
  const widest = Math.min(32, Math.max(4, ...entries.map(({ name }) => name.length)))
  print(
    `${'name'.padEnd(widest)}  ${'weights'.padStart(8)}  ${'type'.padEnd(6)}  ${'context'.padStart(7)}  infill  ${'size'.padStart(8)}`,
  )
  for (const entry of entries) {
    const name = entry.name.padEnd(widest)
    if (entry.kind === 'unusable') {
      print(`${name}  cannot be used: ${entry.problem}`)
      continue
    }
    const { parameters, quantization, contextLength, fileBytes } = entry.summary
    const infill = (entry.fim ? 'yes' : 'no').padEnd(6)
    print(
      `${name}  ${abbreviate(parameters).padStart(8)}  ${quantization.padEnd(6)}  ${String(contextLength).padStart(7)}  ${infill}  ${megabytes(fileBytes).padStart(8)}`,
    )
  }
}

async function verify(name: string | undefined, options: Options): Promise<void> {
  const entries =
    name === undefined ? await findModels(options.models) : [await findOne(name, options.models)]
  const verdicts = []
  for (const entry of entries) verdicts.push({ name: entry.name, path: entry.path, ...(await judge(entry)) })
  if (options.json) printJson(verdicts)
  else for (const { name, verdict, note } of verdicts) print(`${name}: ${verdict} (${note})`)
  if (verdicts.some(({ verdict }) => verdict === 'bad')) process.exitCode = 1
}

/** A bare file has nothing to be compared with, so only its structure can be vouched for. */
async function judge(entry: ModelEntry): Promise<{ verdict: 'good' | 'bad' | 'loadable'; note: string }> {
  if (entry.kind === 'unusable') return { verdict: 'bad', note: `${entry.problem} ${entry.hint}` }
  if (entry.manifest === undefined) return { verdict: 'loadable', note: 'no manifest to compare it with' }
  try {
    await verifyModel(dirname(entry.path))
    return { verdict: 'good', note: 'size, checksum and structure as its manifest says' }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { verdict: 'bad', note: `${messageOf(error)} ${error.hint}` }
  }
}

async function show(name: string, options: Options): Promise<void> {
  const entry = await findOne(name, options.models)
  if (entry.kind === 'unusable') throw new UserError(entry.problem, entry.hint)
  if (options.json) return printJson({ ...summaryOf(entry), manifest: entry.manifest })
  for (const [label, value] of factsOf(entry)) print(`${label.padEnd(16)}${value}`)
}

function factsOf({ name, path, summary, manifest, fim }: UsableModel): [string, string][] {
  const facts: [string, string][] = [
    ['name', name],
    ['file', path],
    ['architecture', `${summary.architecture}, ${summary.layers} layers, width ${summary.width}`],
    [
      'weights',
      `${abbreviate(summary.parameters)}, ${summary.quantization}, ${megabytes(summary.fileBytes)}`,
    ],
    ['context', `${summary.contextLength} tokens`],
    ['vocabulary', `${summary.vocabularySize} tokens`],
    ['infill', fim ? `${fim.family}, ${fim.order}` : 'no'],
    ['licence', plain(manifest?.license ?? summary.license ?? 'not stated in the file')],
  ]
  if (manifest === undefined) return facts
  const { training, bitsPerByte, gate } = manifest
  const minutes = Math.round(training.seconds / 60)
  facts.push(['trained', `${abbreviate(training.tokens)} tokens in ${minutes} min`])
  facts.push(['corpus', training.corpus || 'not recorded'])
  facts.push(['tokenizer', training.tokenizer])
  for (const [language, bits] of Object.entries(bitsPerByte))
    facts.push([`  ${language}`, `${bits.toFixed(3)} bits per byte`])
  facts.push(['gate', `mean log-probability over ${gate.meanLogprob}`])
  return facts
}

async function findOne(name: string, folder: string): Promise<ModelEntry> {
  const isPath = name.includes('/') || name.endsWith('.gguf')
  const entries = await findModels(folder, isPath ? [name] : [])
  const entry = isPath ? entries[0] : entries.find((candidate) => candidate.name === name)
  if (entry === undefined) {
    throw new UserError(
      `There is no model named ${name} in ${folder}.`,
      'See what there is: understudy models list',
    )
  }
  return entry
}

function summaryOf(entry: ModelEntry): object {
  if (entry.kind === 'unusable') return entry
  const { name, path, summary, fim } = entry
  return { kind: entry.kind, path, ...summary, name, infill: fim !== undefined }
}

/** Text out of a file, without what a terminal would obey. */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ')
}

function abbreviate(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} B`
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)} M`
  return count >= 1e3 ? `${(count / 1e3).toFixed(1)} k` : String(count)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}
