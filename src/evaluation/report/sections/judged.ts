import { type Cell, cell, noFigure } from '../blocks.ts'
import { count, day, size } from '../format.ts'
import { modelOf } from '../score-rows.ts'
import type { SectionMaker } from './input.ts'

/** What was judged: which models, when, where and with which code. */
export const judged: SectionMaker = ({ results, quality, models }) => ({
  id: 'judged',
  title: 'What was judged',
  blocks: [
    {
      kind: 'table',
      caption: 'Models',
      columns: [
        { title: 'Model' },
        { title: 'Parameters', numeric: true },
        { title: 'SHA-256 of its file' },
        { title: 'Dates' },
        { title: 'Runs', numeric: true },
      ],
      rows: models.map((model): Cell[] => {
        const own = [...results, ...quality].filter((result) => modelOf(result, models) === model)
        return [
          cell(model.name),
          model.parameters === undefined
            ? noFigure
            : cell(size(model.parameters), `${count(model.parameters)} exactly`),
          model.sha256 === undefined ? noFigure : cell(model.sha256),
          cell(span(own.map(({ date }) => date))),
          cell(count(own.length)),
        ]
      }),
    },
    ...(results.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            caption: 'Machines and code of the benchmark runs',
            columns: [
              { title: 'Machine' },
              { title: 'Commit' },
              { title: 'Dates' },
              { title: 'Runs', numeric: true },
            ],
            rows: [
              ...Map.groupBy(results, ({ machine, commit }) => JSON.stringify([machine, commit])).values(),
            ].map((same) => [
              cell(same[0]?.machine ?? ''),
              cell(same[0]?.commit ?? ''),
              cell(span(same.map(({ date }) => date))),
              cell(count(same.length)),
            ]),
          },
        ]),
  ],
})

/** From the first day to the last. */
function span(dates: string[]): string {
  const days = dates.map(day).sort()
  const [first = '', last = ''] = [days[0], days.at(-1)]
  return first === last ? first : `${first} to ${last}`
}
