import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import {
  buildCorpus,
  type CorpusReport,
  formatManifest,
  formatReport,
  loadManifest,
  parseManifest,
  pinManifest,
  readCorpusCard,
} from '../corpus/index.ts'
import { projectRoot, UserError, writeFileAtomically } from '../lib/index.ts'

/** `understudy corpus build | report | pin`. */
export function registerCorpus(program: Command): void {
  const corpus = program.command('corpus').description('gather a licensed corpus of source code')

  corpus
    .command('build')
    .description('build a corpus from a manifest; a run that was cut short goes on where it stopped')
    .argument('[manifest]', 'the manifest', join(projectRoot, 'corpora', 'v1.json'))
    .requiredOption('--out <folder>', 'where the corpus is written')
    .option('--bench <folder...>', 'benchmark folders whose text is kept out of the corpus')
    .option('--json', 'print the data card and the report as JSON')
    .action(async (manifestPath: string, options: { out: string; bench?: string[]; json?: boolean }) => {
      const manifest = loadManifest(manifestPath)
      if (!options.bench?.length) process.stderr.write('Without --bench the corpus is NOT DECONTAMINATED.\n')
      const built = await buildCorpus({
        manifest,
        out: options.out,
        ...(options.bench && { bench: options.bench }),
        onProgress: (line) => process.stderr.write(`${line}\n`),
        signal: interruptSignal(),
      })
      if (options.json)
        process.stdout.write(`${JSON.stringify({ card: built.card, report: built.report }, null, 2)}\n`)
      else process.stdout.write(`${formatReport(built.card, built.report)}SHA-256 ${built.card.checksum}\n`)
    })

  corpus
    .command('report')
    .description('show what is in a corpus, and what was dropped and why')
    .argument('<folder>', 'a corpus folder')
    .option('--json', 'print the data card and the report as JSON')
    .action((folder: string, options: { json?: boolean }) => {
      const card = readCorpusCard(folder)
      const report = readReport(folder)
      if (options.json) process.stdout.write(`${JSON.stringify({ card, report }, null, 2)}\n`)
      else process.stdout.write(`${formatReport(card, report)}SHA-256 ${card.checksum}\n`)
    })

  corpus
    .command('pin')
    .description('write versions and checksums into a manifest for the packages that have none')
    .argument('<manifest>', 'the manifest to rewrite')
    .option('--update', 'pin every package anew, to its newest version')
    .action(async (path: string, options: { update?: boolean }) => {
      loadManifest(path)
      const { manifest, failed } = await pinManifest({
        // Read anew, with local paths as they are written there.
        manifest: parseManifest(readFileSync(path, 'utf8'), path),
        ...(options.update && { update: true }),
        onProgress: (line) => process.stderr.write(`${line}\n`),
        signal: interruptSignal(),
      })
      await writeFileAtomically(path, formatManifest(manifest))
      const count = manifest.packages.length
      process.stdout.write(`${count - failed.length} of ${count} packages are pinned in ${path}.\n`)
      if (failed.length > 0)
        throw new UserError(
          `${failed.map(({ name }) => name).join(', ')} could not be pinned.`,
          'Remove or replace these packages, or try again later.',
        )
    })
}

function readReport(folder: string): CorpusReport {
  try {
    return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as CorpusReport
  } catch (error) {
    throw new UserError(
      `${join(folder, 'report.json')} is missing or damaged.`,
      'Build the corpus again into an empty folder.',
      { cause: error },
    )
  }
}

/** Aborts at the first Ctrl-C, so that temporary folders are removed; a second one ends the process at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () =>
    controller.abort(new UserError('Stopped.', 'Run the same command again to go on.')),
  )
  return controller.signal
}
