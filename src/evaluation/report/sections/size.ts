import { type Block, type Cell, cell, noFigure, notice, paragraph } from '../blocks.ts'
import { count, drawn, shareCell, size } from '../format.ts'
import { type OwnPoint, sizePlot } from '../plots/size-plot.ts'
import { published, publishedNotice } from '../published.ts'
import type { ScoreRow } from '../score-rows.ts'
import type { SectionMaker } from './input.ts'

/** pass@k on HumanEval by model size, beside Codex's curve and small peers as they were published. */
export const bySize: SectionMaker = ({ rows, ks, models }) => {
  const own = rows.filter(({ benchmark }) => benchmark === published.benchmark)
  if (own.length === 0) return undefined
  const whole = own.filter(({ problems }) => problems === published.problems)
  const shownKs = ks.filter((k) => published.models.some(({ percentAt }) => percentAt[k] !== undefined))
  const plots = shownKs.flatMap((k) => {
    const points = whole.flatMap((row) => pointOf(row, k))
    return points.length === 0 ? [] : [sizePlot(k, points, published.models)]
  })
  const blocks: Block[] = [
    notice(publishedNotice),
    ...own.filter((row) => !whole.includes(row)).map(partNotice),
    ...(plots.length === 0
      ? []
      : [
          {
            kind: 'figures' as const,
            plots,
            legend: [
              { label: 'measured here, with 95 % interval', color: 'var(--series-1)' },
              { label: 'Codex, published', color: 'var(--series-2)' },
              { label: 'others, published', color: 'var(--muted)', hollow: true },
            ],
          },
        ]),
  ]
  if (plots.length === 0)
    blocks.push(
      paragraph(
        'There is no plot: it needs a model whose number of parameters is known, judged on all 164 problems.',
      ),
    )
  blocks.push({
    kind: 'table',
    caption: 'HumanEval, measured here and as published',
    columns: [
      { title: 'Model' },
      { title: 'Parameters', numeric: true },
      ...shownKs.map((k) => ({ title: `pass@${k}`, numeric: true })),
      { title: 'Where from' },
    ],
    rows: [
      ...whole.map((row): Cell[] => [
        cell(row.model.label),
        row.model.parameters === undefined ? noFigure : cell(size(row.model.parameters)),
        ...shownKs.map((k) => {
          const top = row.best.get(k)
          return top === undefined ? noFigure : shareCell(top.passAt, drawn(top.run))
        }),
        cell(`measured here, ${count(row.problems)} problems`),
      ]),
      ...published.models.map(({ name, parameters, percentAt, source }): Cell[] => [
        cell(name),
        parameters === undefined ? cell('not published') : cell(size(parameters)),
        ...shownKs.map((k) => (percentAt[k] === undefined ? noFigure : cell(`${percentAt[k].toFixed(2)} %`))),
        cell((published.sources[source]?.id ?? '').replace(' ', '\u00a0')),
      ]),
    ],
  })
  blocks.push(paragraph('Sources of what was published:'), {
    kind: 'list',
    items: Object.values(published.sources).map(({ title, id }) => `${title} (${id})`),
  })
  return { id: 'size', title: models.length > 1 ? 'By model size, beside Codex' : 'Beside Codex', blocks }
}

function pointOf({ model, best }: ScoreRow, k: number): OwnPoint[] {
  const top = best.get(k)
  return top === undefined || model.parameters === undefined
    ? []
    : [{ label: model.label, parameters: model.parameters, passAt: top.passAt }]
}

function partNotice({ model, problems }: ScoreRow): Block {
  return notice(
    `A run of ${model.label} on ${problems} of the ${published.problems} problems is left out here: published figures are of all of them.`,
  )
}
