import { type Cell, cell, noFigure, paragraph } from '../blocks.ts'
import { count, drawn, shareCell } from '../format.ts'
import { runName, type SectionMaker } from './input.ts'

/** Completions that equal the reference, where the reference is what was taken out. */
export const exactMatch: SectionMaker = (input) => {
  const runs = input.results.filter(
    ({ benchmark, judge, exactMatch }) =>
      exactMatch !== undefined && (benchmark.startsWith('infilling/') || judge === 'match'),
  )
  if (runs.length === 0) return undefined
  return {
    id: 'exact-match',
    title: 'Infilling: exact match',
    blocks: [
      paragraph(
        'The share of samples that equal what was taken out, white space at the ends aside, beside the share that pass when run. A right completion may be written otherwise, so exact match is the lower of the two.',
      ),
      {
        kind: 'table',
        caption: 'Exact match, and passing, of one sample',
        columns: [
          { title: 'Benchmark' },
          { title: 'Problems', numeric: true },
          { title: 'Exact match', numeric: true },
          { title: 'pass@1', numeric: true },
        ],
        rows: runs.map((run): Cell[] => [
          cell(runName(run, input)),
          cell(count(run.problems)),
          run.exactMatch ? shareCell(run.exactMatch, drawn(run)) : noFigure,
          run.passAt[1] ? shareCell(run.passAt[1], drawn(run)) : noFigure,
        ]),
      },
    ],
  }
}
