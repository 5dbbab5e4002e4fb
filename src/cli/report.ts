import { join } from 'node:path'
import type { Command } from 'commander'
import { readResults, writeReport } from '../evaluation/index.ts'

/** `understudy report`: results of evaluations as tables and plots. */
export function registerReport(program: Command): void {
  program
    .command('report')
    .description('make a report of evaluations: Markdown, JSON and one HTML page with plots')
    .argument('<folder...>', 'folders with results, searched with all folders within')
    .requiredOption('--out <folder>', 'where report.md, report.json and report.html go')
    .action(report)
}

async function report(folders: string[], { out }: { out: string }): Promise<void> {
  const { results, quality, unfinished } = readResults(folders)
  for (const folder of unfinished)
    process.stderr.write(
      `Left out ${folder}: its run is not finished. The command that began it goes on with it.\n`,
    )
  await writeReport(results, quality, out)
  process.stdout.write(
    `A report of ${number(results, 'run')} and ${number(quality, 'measure')} of quality: ${join(out, 'report.html')}\n`,
  )
}

function number({ length }: unknown[], noun: string): string {
  return `${length} ${noun}${length === 1 ? '' : 's'}`
}
