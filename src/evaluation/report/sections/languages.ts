import { type Block, type Cell, cell, noFigure, paragraph } from '../blocks.ts'
import { count, drawn, shareCell } from '../format.ts'
import { barPlot } from '../plots/bar-plot.ts'
import type { Estimate } from '../result.ts'
import type { ScoreRow } from '../score-rows.ts'
import type { ReportInput, SectionMaker } from './input.ts'

/** The same benchmark in other languages: each language beside Python. */
export const languages: SectionMaker = (input) => {
  const families = [...Map.groupBy(input.rows, familyOf).values()].filter(
    (rows) => new Set(rows.map(({ language }) => language)).size > 1,
  )
  if (families.length === 0) return undefined
  return {
    id: 'languages',
    title: 'Each language beside Python',
    blocks: [
      paragraph(
        'The ratio is the language’s figure divided by Python’s on the same benchmark. Its bounds divide the one interval’s low end by the other’s high end, and the other way round, so they are wider than a 95 % interval.',
      ),
      ...families.flatMap((rows) => familyBlocks(rows, input)),
    ],
  }
}

/** One model on one benchmark in several languages: `humaneval-x/cpp` and `humaneval-x/go`. */
function familyOf({ benchmark, model }: ScoreRow): string {
  return JSON.stringify([model.label, benchmark.replace(/[-/][^-/]+$/, '')])
}

function familyBlocks(unsorted: ScoreRow[], { ks: all, models }: ReportInput): Block[] {
  const ks = all.filter((k) => unsorted.some(({ best }) => best.has(k)))
  const python = unsorted.find(({ language }) => language === 'python')
  const rows = [...unsorted].sort((a, b) => Number(b === python) - Number(a === python))
  const head = rows[0] as ScoreRow
  const title = head.title.replace(/\s+\S+$/, '')
  const name = models.length > 1 ? `${title}, ${head.model.label}` : title
  const plots = ks.flatMap((k) => {
    const bars = rows.flatMap(({ language, best }) => {
      const top = best.get(k)
      return top === undefined ? [] : [{ label: language, ...top.passAt, emphasis: language === 'python' }]
    })
    return bars.length < 2 ? [] : [barPlot(`${name}: pass@${k}`, bars)]
  })
  return [
    { kind: 'figures', plots },
    {
      kind: 'table',
      caption: `${name}, by language`,
      columns: [
        { title: 'Language' },
        { title: 'Problems', numeric: true },
        ...ks.flatMap((k) => [
          { title: `pass@${k}`, numeric: true },
          { title: 'to Python', numeric: true },
        ]),
      ],
      rows: rows.map((row): Cell[] => [
        cell(row.language),
        cell(count(row.problems)),
        ...ks.flatMap((k) => {
          const top = row.best.get(k)
          if (top === undefined) return [noFigure, noFigure]
          return [shareCell(top.passAt, drawn(top.run)), ratioCell(top.passAt, python?.best.get(k)?.passAt)]
        }),
      ]),
    },
  ]
}

function ratioCell(one: Estimate, other: Estimate | undefined): Cell {
  if (other === undefined || !(other.value > 0)) return noFigure
  if (one === other) return cell('1')
  const high = other.low > 0 ? (one.high / other.low).toFixed(2) : '∞'
  return cell((one.value / other.value).toFixed(2), `${(one.low / other.high).toFixed(2)} to ${high}`)
}
