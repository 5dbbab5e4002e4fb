import * as Plot from '@observablehq/plot'
import type { PlotFigure } from '../blocks.ts'
import { percent, shorten } from '../format.ts'
import type { Estimate } from '../result.ts'
import { drawPlot, percentTick, shareCeiling } from './frame.ts'

export interface Bar extends Estimate {
  label: string
  /** Whether it is what the others are compared with. */
  emphasis: boolean
}

/** A bar for each share, its interval as a line over its end. */
export function barPlot(title: string, bars: readonly Bar[]): PlotFigure {
  const ceiling = shareCeiling(bars.map(({ high }) => high))
  return {
    title,
    description: bars.map(({ label, value }) => `${label} ${percent(value)}`).join(', '),
    draw: (document) =>
      drawPlot(document, {
        height: 44 + 26 * bars.length,
        marginTop: 6,
        marginBottom: 32,
        marginLeft: 84,
        marginRight: 58,
        x: { domain: [0, ceiling], tickFormat: percentTick, label: null, ticks: 4, tickSize: 4 },
        y: {
          domain: bars.map((_, at) => at),
          padding: 0.3,
          tickFormat: (at: number) => shorten(bars[at]?.label ?? '', 12),
          tickSize: 0,
          label: null,
        },
        marks: [
          Plot.gridX({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.barX(bars, {
            y: (_: Bar, at: number) => at,
            x: 'value',
            fill: ({ emphasis }: Bar) => (emphasis ? 'var(--series-2)' : 'var(--series-1)'),
            fillOpacity: 0.75,
          }),
          Plot.ruleY(bars, {
            y: (_: Bar, at: number) => at,
            x1: 'low',
            x2: 'high',
            stroke: 'var(--text)',
            strokeWidth: 1.5,
          }),
          Plot.text(bars, {
            y: (_: Bar, at: number) => at,
            x: ({ value, high }: Bar) => Math.max(value, high),
            text: ({ value }: Bar) => percent(value),
            textAnchor: 'start',
            dx: 5,
            fill: 'var(--text)',
          }),
        ],
      }),
  }
}
