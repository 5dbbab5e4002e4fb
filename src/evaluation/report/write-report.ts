import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { UserError, writeFileAtomically } from '../../lib/index.ts'
import type { QualityResult } from '../quality/result.ts'
import { renderMarkdown } from './markdown.ts'
import { published, publishedNotice } from './published.ts'
import type { RunResult } from './result.ts'
import { reportInput } from './sections/input.ts'
import { sections } from './sections/sections.ts'

/**
 * Writes `report.md`, `report.json` and `report.html` into `folder`, each in one step. The same results give the same
 * bytes. Throws `UserError` where there is nothing to report, and where the folder cannot be written.
 */
export async function writeReport(
  results: readonly RunResult[],
  quality: readonly QualityResult[],
  folder: string,
): Promise<void> {
  if (results.length + quality.length === 0)
    throw new UserError('There are no results to report.', 'Run understudy evaluate first.')
  makeFolder(folder)
  const input = reportInput(results, quality)
  const parts = sections(input)
  const title = `Evaluation of ${input.models.map(({ label }) => label).join(', ')}`
  const data = { format: 'understudy-report-1', results, quality, published, publishedNotice }
  // The page's libraries take a while to load: only who writes a report waits for them.
  const { renderPage } = await import('./page.ts')
  await writeFileAtomically(join(folder, 'report.md'), renderMarkdown(title, parts))
  await writeFileAtomically(join(folder, 'report.json'), `${JSON.stringify(data, null, 2)}\n`)
  await writeFileAtomically(join(folder, 'report.html'), renderPage(title, parts))
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new UserError(`The folder ${folder} cannot be made.`, 'Choose another folder for the report.', {
      cause: error,
    })
  }
}
