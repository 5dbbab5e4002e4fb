import { type Cell, cell, noFigure, paragraph } from '../blocks.ts'
import { count, drawn, shareCell } from '../format.ts'
import type { SectionMaker } from './input.ts'

/** The summary: pass@k of each benchmark at the temperature that is best for that k. */
export const scores: SectionMaker = ({ results, models, rows, ks }) => ({
  id: 'scores',
  title: 'Scores',
  blocks:
    results.length === 0
      ? [paragraph('No benchmark was run.')]
      : [
          paragraph(
            'The share of problems that at least one of k samples solves (pass@k, unbiased from n samples). Below each figure: its 95 % interval, and how it was drawn. Where a benchmark was run at several temperatures, each k has the temperature that was best for it, as in the Codex paper; chosen on the same problems, it flatters a little.',
          ),
          {
            kind: 'table',
            caption: 'Each benchmark at its best temperature',
            columns: [
              { title: 'Benchmark' },
              ...(models.length > 1 ? [{ title: 'Model' }] : []),
              ...ks.map((k) => ({ title: `pass@${k}`, numeric: true })),
              { title: 'Problems', numeric: true },
            ],
            rows: rows.map(({ title, benchmark, model, judge, problems, best }): Cell[] => [
              cell(title, judge === 'run' ? benchmark : `${benchmark}: passes when equal to the reference`),
              ...(models.length > 1 ? [cell(model.label)] : []),
              ...ks.map((k) => {
                const top = best.get(k)
                return top === undefined ? noFigure : shareCell(top.passAt, drawn(top.run))
              }),
              cell(count(problems)),
            ]),
          },
        ],
})
