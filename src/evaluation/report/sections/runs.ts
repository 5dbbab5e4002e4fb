import { type Cell, cell, noFigure } from '../blocks.ts'
import { count, day, seconds, shareCell } from '../format.ts'
import type { Estimate } from '../result.ts'
import { modelOf } from '../score-rows.ts'
import type { SectionMaker } from './input.ts'

/** Every run with every figure. */
export const runs: SectionMaker = ({ results, models, ks }) => {
  if (results.length === 0) return undefined
  const share = (estimate: Estimate | undefined) => (estimate ? shareCell(estimate) : noFigure)
  return {
    id: 'runs',
    title: 'All runs',
    blocks: [
      {
        kind: 'table',
        caption: 'Every run with every figure',
        columns: [
          { title: 'Benchmark' },
          ...(models.length > 1 ? [{ title: 'Model' }] : []),
          { title: 'Language' },
          ...[
            'T',
            'top-p',
            'n',
            'Seed',
            'Problems',
            'Samples',
            ...ks.map((k) => `pass@${k}`),
            'Exact match',
            'Distinct',
            'Tokens',
            'Sampling',
            'Judging',
          ].map((title) => ({ title, numeric: true })),
          { title: 'Date' },
        ],
        rows: results.map((run): Cell[] => [
          cell(run.title, run.benchmark),
          ...(models.length > 1 ? [cell(modelOf(run, models).label)] : []),
          cell(run.language),
          cell(String(run.sampling.temperature)),
          cell(String(run.sampling.topP)),
          cell(count(run.sampling.n)),
          cell(String(run.sampling.seed)),
          cell(count(run.problems)),
          cell(count(run.samples)),
          ...ks.map((k) => share(run.passAt[k])),
          share(run.exactMatch),
          share(run.distinct),
          cell(count(run.tokens)),
          cell(seconds(run.seconds.sampling)),
          cell(seconds(run.seconds.judging)),
          cell(day(run.date)),
        ]),
      },
    ],
  }
}
