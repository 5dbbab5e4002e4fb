import * as Plot from '@observablehq/plot'
import type { PlotFigure } from '../blocks.ts'
import { percent, plural, shorten } from '../format.ts'
import { drawPlot, percentTick } from './frame.ts'

export interface Segment {
  label: string
  color: string
  count: number
}

export interface OutcomeBar {
  label: string
  segments: Segment[]
}

const row = 36

const mostInPlot = 9

/**
 * A whole bar for each run, parted by how its samples ended; the run's name stands above it. Many bars are shared
 * out among plots that stand side by side.
 */
export function outcomePlots(bars: readonly OutcomeBar[]): PlotFigure[] {
  const parts = Math.ceil(bars.length / mostInPlot)
  const each = Math.ceil(bars.length / parts)
  return Array.from({ length: parts }, (_, at) => outcomePlot(bars.slice(at * each, (at + 1) * each), at))
}

function outcomePlot(bars: readonly OutcomeBar[], place: number): PlotFigure {
  const parts = bars.flatMap(({ segments }, at) => {
    const whole = segments.reduce((sum, { count }) => sum + count, 0)
    let from = 0
    return segments.map(({ color, count }) => {
      const part = { at, color, from: from / whole, to: (from + count) / whole }
      from += count
      return part
    })
  })
  return {
    title: place === 0 ? 'Samples by outcome' : 'Samples by outcome, continued',
    description: bars
      .map(({ label, segments }) => {
        const whole = segments.reduce((sum, { count }) => sum + count, 0)
        const shares = segments.map((segment) => `${segment.label} ${percent(segment.count / whole)}`)
        return `${label} (${plural(whole, 'sample')}): ${shares.join(', ')}`
      })
      .join('. '),
    draw: (document) =>
      drawPlot(document, {
        height: 40 + row * bars.length,
        marginTop: 6,
        marginBottom: 28,
        marginLeft: 12,
        marginRight: 22,
        x: { domain: [0, 1], tickFormat: percentTick, label: null, ticks: 5, tickSize: 4 },
        y: { domain: [0, bars.length], range: [6, 6 + row * bars.length], axis: null },
        marks: [
          Plot.rect(parts, {
            x1: 'from',
            x2: 'to',
            y1: ({ at }: { at: number }) => at + 0.5,
            y2: ({ at }: { at: number }) => at + 0.9,
            fill: 'color',
            stroke: 'var(--card)',
            strokeWidth: 0.5,
          }),
          Plot.text(bars, {
            x: () => 0,
            y: (_: OutcomeBar, at: number) => at + 0.26,
            text: ({ label }: OutcomeBar) => shorten(label, 50),
            textAnchor: 'start',
            fill: 'var(--text)',
          }),
        ],
      }),
  }
}
