import { type Block, paragraph } from '../blocks.ts'
import { drawn, plural } from '../format.ts'
import { runName, type SectionMaker } from './input.ts'

const mostNamed = 40

/** What a reader must know of the figures: notes of the benchmarks and runs, and problems whose verdict is not firm. */
export const remarks: SectionMaker = (input) => {
  if (input.results.length === 0) return undefined
  const notes = new Set<string>()
  const flaky: string[] = []
  for (const run of input.results) {
    const name = runName(run, input)
    for (const note of run.notes) notes.add(`${name}: ${note}`)
    if (run.flaky.length > 0)
      flaky.push(`${name} (${drawn(run)}), ${plural(run.flaky.length, 'problem')}: ${named(run.flaky)}`)
  }
  const blocks: Block[] = [
    flaky.length === 0
      ? paragraph('No flaky problem was found.')
      : paragraph('Flaky problems, whose verdict changed when the same sample was judged again:'),
    ...(flaky.length === 0 ? [] : [{ kind: 'list' as const, items: flaky }]),
    ...(notes.size === 0 ? [] : [paragraph('Notes:'), { kind: 'list' as const, items: [...notes] }]),
  ]
  return { id: 'remarks', title: 'Flaky problems and notes', blocks }
}

function named(ids: string[]): string {
  const rest = ids.length - mostNamed
  return ids.slice(0, mostNamed).join(', ') + (rest > 0 ? ` and ${rest} more (all in report.json)` : '')
}
