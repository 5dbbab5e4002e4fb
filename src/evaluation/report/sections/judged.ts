import { type Cell, cell, noFigure, type Table } from '../blocks.ts'
import { count, day, size } from '../format.ts'
import { modelOf } from '../score-rows.ts'
import type { ReportInput, SectionMaker } from './input.ts'

/** What was judged: which models, when, where and with which code. */
export const judged: SectionMaker = (input) => ({
  id: 'judged',
  title: 'What was judged',
  blocks: [modelTable(input), machineTable(input)],
})

function modelTable({ results, quality, models }: ReportInput): Table {
  return {
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
        cell(span(own)),
        cell(count(own.length)),
      ]
    }),
  }
}

function machineTable({ results, quality }: ReportInput): Table {
  const groups = Map.groupBy([...results, ...quality], ({ machine, commit }) =>
    JSON.stringify([machine, commit]),
  )
  return {
    kind: 'table',
    caption: 'Machines and code',
    columns: [
      { title: 'Machine' },
      { title: 'Commit' },
      { title: 'Dates' },
      { title: 'Runs', numeric: true },
    ],
    rows: [...groups.values()].map((same) => [
      cell(same[0]?.machine ?? '–'),
      cell(same[0]?.commit ?? '–'),
      cell(span(same)),
      cell(count(same.length)),
    ]),
  }
}

/** From the first day to the last. */
function span(dated: readonly { date: string }[]): string {
  const days = dated.map(({ date }) => day(date)).sort()
  const [first = '', last = ''] = [days[0], days.at(-1)]
  return first === last ? first : `${first} to ${last}`
}
