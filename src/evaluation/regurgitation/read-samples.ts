import { statSync } from 'node:fs'
import { join } from 'node:path'
import { readJsonLines, UserError } from '../../lib/index.ts'
import { sample } from '../sampling/sample.ts'
import type { SampledText } from './measure.ts'

/** The samples of a run folder, or of a `samples.jsonl`. Throws a `UserError` that names the line that is none. */
export async function readSampledTexts(path: string): Promise<SampledText[]> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  const file = isFolder ? join(path, 'samples.jsonl') : path
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UserError(
      `There are no samples at ${path}.`,
      'Name the folder of a run of understudy evaluate.',
    )
  const texts: SampledText[] = []
  for await (const line of readJsonLines(file)) {
    const parsed = sample.safeParse(line)
    if (!parsed.success)
      throw new UserError(
        `Record ${texts.length + 1} of ${file} is not a sample.`,
        'Name the folder of a run of understudy evaluate.',
        { cause: parsed.error },
      )
    const { problem, index, completion } = parsed.data
    texts.push({ name: `${problem} #${index}`, text: completion })
  }
  return texts
}
