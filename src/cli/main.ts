#!/usr/bin/env node
/**
 * The command line. Each command is one file; this one only puts them together and decides how a failure is
 * told: a sentence, what to do, and an exit code other than 0. A stack trace is shown only on request.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { messageOf, projectRoot, UserError } from '../lib/index.ts'

/** In the order of use: first what most people want, then the path that makes a model. */
const commands: Record<string, () => Promise<(program: Command) => void>> = {
  serve: async () => (await import('./serve.ts')).registerServe,
  complete: async () => (await import('./complete.ts')).registerComplete,
  generate: async () => (await import('./generate.ts')).registerGenerate,
  run: async () => (await import('./run.ts')).registerRun,
  models: async () => (await import('./models.ts')).registerModels,
  corpus: async () => (await import('./corpus.ts')).registerCorpus,
  practice: async () => (await import('./practice.ts')).registerPractice,
  tokenizer: async () => (await import('./tokenizer.ts')).registerTokenizer,
  train: async () => (await import('./train.ts')).registerTrain,
  export: async () => (await import('./export.ts')).registerExport,
  evaluate: async () => (await import('./evaluate.ts')).registerEvaluate,
  report: async () => (await import('./report.ts')).registerReport,
  quality: async () => (await import('./quality.ts')).registerQuality,
  calibrate: async () => (await import('./calibrate.ts')).registerCalibrate,
}

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }

const program = new Command('understudy')
  .description('Code completion that you own: from licensed corpus to cursor.')
  .version(version)
  .showHelpAfterError('(understudy --help lists the commands)')

// A command is loaded when it is called, so that `models list` does not wait for the web server.
const called = process.argv[2] ?? ''
const names = Object.hasOwn(commands, called) ? [called] : Object.keys(commands)
for (const name of names) (await commands[name]?.())?.(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof UserError) {
    process.stderr.write(`understudy: ${error.message}\n  ${error.hint}\n`)
  } else {
    process.stderr.write(`understudy: something unforeseen went wrong: ${messageOf(error)}\n`)
    process.stderr.write('  UNDERSTUDY_DEBUG=1 before the command shows where.\n')
    if (process.env.UNDERSTUDY_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  }
  process.exitCode = 1
}
