import { type QualityPart, type QualityResult, qualityParts } from '../../quality/result.ts'
import type { Block, Section } from '../blocks.ts'
import { type Cell, cell, noFigure, paragraph } from '../blocks.ts'
import { count, day, seconds, shareCell, shorten } from '../format.ts'
import { intervalPlot } from '../plots/interval-plot.ts'
import type { Estimate } from '../result.ts'
import { modelOf } from '../score-rows.ts'
import type { ReportInput } from './input.ts'

/** Quality without running code: a section for each part that was measured. */
export function quality(input: ReportInput): Section[] {
  return qualityParts.flatMap((part) => {
    const results = input.quality.filter((result) => result.part === part)
    return results.length === 0 ? [] : [sectionOf(part, results, input)]
  })
}

function sectionOf(part: QualityPart, results: QualityResult[], { models }: ReportInput): Section {
  const title = (results[0] as QualityResult).title
  const labels = results.map((result) => modelOf(result, models).label)
  const isBits = (results[0] as QualityResult).unit === 'bits per byte'
  const series = [...new Set(labels)]
  const figures: Block = {
    kind: 'figures',
    plots: [
      intervalPlot({
        title,
        unit: isBits ? 'bits per byte' : 'percent',
        points: results.flatMap((result, at) =>
          result.figures.map(({ name, value, low, high }) => ({
            label: name,
            series: series.indexOf(labels[at] ?? ''),
            value,
            low,
            high,
          })),
        ),
      }),
    ],
    ...(series.length > 1
      ? { legend: series.map((label, at) => ({ label, color: `var(--series-${(at % 5) + 1})` })) }
      : {}),
  }
  return {
    id: `quality-${part}`,
    title,
    blocks: [
      paragraph(isBits ? 'Lower is better.' : 'A share of what was tried; below it the 95 % interval.'),
      figures,
      {
        kind: 'table',
        caption: title,
        columns: [
          { title: 'Of' },
          ...(models.length > 1 ? [{ title: 'Model' }] : []),
          { title: isBits ? 'Bits per byte' : 'Share', numeric: true },
          { title: 'n', numeric: true },
          { title: 'Seed', numeric: true },
        ],
        rows: results.flatMap((result, at) =>
          result.figures.map((figure): Cell[] => [
            cell(figure.name),
            ...(models.length > 1 ? [cell(labels[at] ?? '')] : []),
            isBits ? bitsCell(figure) : shareCell(figure),
            cell(count(figure.n), figure.of),
            cell(String(result.seed)),
          ]),
        ),
      },
      ...recitals(results),
      {
        kind: 'list',
        items: [...new Set(results.flatMap((result, at) => remarks(result, labels[at] ?? '')))],
      },
    ],
  }
}

function bitsCell({ value, low, high }: Estimate): Cell {
  if (!Number.isFinite(value)) return noFigure
  return cell(value.toFixed(3), `${low.toFixed(3)} to ${high.toFixed(3)}`)
}

function remarks({ settings, notes, seconds: took, date }: QualityResult, label: string): string[] {
  const how = Object.entries(settings).map(([name, value]) => `${name}: ${value}`)
  return [`${[label, day(date), seconds(took), ...how].join('; ')}.`, ...notes]
}

const mostRecitals = 20

/** What samples recite, with its place and licence. */
function recitals(results: QualityResult[]): Block[] {
  const all = results.flatMap((result) => result.recitals ?? []).sort((a, b) => b.lexemes - a.lexemes)
  if (all.length === 0) return []
  const rest = all.length - mostRecitals
  return [
    {
      kind: 'table',
      caption: `What was recited, longest first${rest > 0 ? ` (${count(rest)} more in report.json)` : ''}`,
      columns: [
        { title: 'Sample' },
        { title: 'Lexemes', numeric: true },
        { title: 'Documents', numeric: true },
        { title: 'From' },
        { title: 'Licence' },
        { title: 'Begins' },
      ],
      rows: all
        .slice(0, mostRecitals)
        .map(({ name, lexemes, documentCount, documents: [source], excerpt }): Cell[] => [
          cell(name),
          cell(count(lexemes)),
          cell(count(documentCount)),
          source ? cell(`${source.package} ${source.version}`, source.path) : noFigure,
          source ? cell(source.license) : noFigure,
          cell(shorten(excerpt, 90)),
        ]),
    },
  ]
}
