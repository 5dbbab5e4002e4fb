import * as Plot from '@observablehq/plot'
import type { PlotFigure } from '../blocks.ts'
import { percent, shorten } from '../format.ts'
import type { Estimate } from '../result.ts'
import { drawPlot, percentTick, shareCeiling } from './frame.ts'

export interface IntervalPoint extends Estimate {
  label: string
  /** From 0: whose colour it has. Points of one label stand in one row. */
  series: number
}

export interface IntervalPlotOptions {
  title: string
  unit: 'percent' | 'bits per byte'
  points: readonly IntervalPoint[]
}

/** A row for each label, with a dot and its interval for each series; the labels stand above their rows. */
export function intervalPlot({ title, unit, points: all }: IntervalPlotOptions): PlotFigure {
  const points = all.filter(({ value }) => Number.isFinite(value))
  const labels = [...new Set(points.map(({ label }) => label))]
  const count = 1 + Math.max(0, ...points.map(({ series }) => series))
  const isPercent = unit === 'percent'
  const say = (value: number) => (isPercent ? percent(value) : value.toFixed(3))
  const ceiling = isPercent
    ? shareCeiling(points.map(({ high }) => high))
    : Math.max(0.1, ...points.map(({ high }) => high)) * 1.05
  /** Below its row's label, the series below one another. */
  const place = ({ label, series }: IntervalPoint) =>
    labels.indexOf(label) + 0.5 + (0.4 * (series + 0.5)) / count
  const row = 22 + 9 * count
  const color = ({ series }: IntervalPoint) => `var(--series-${(series % 5) + 1})`
  return {
    title,
    description: points.map(({ label, value }) => `${label} ${say(value)}`).join(', '),
    draw: (document) =>
      drawPlot(document, {
        height: 44 + row * labels.length,
        marginTop: 6,
        marginBottom: 38,
        marginLeft: 12,
        marginRight: 22,
        x: {
          domain: [0, ceiling],
          tickFormat: isPercent ? percentTick : '',
          label: isPercent ? null : unit,
          labelArrow: 'none',
          labelAnchor: 'center',
          ticks: 5,
          tickSize: 4,
        },
        y: { domain: [0, labels.length], range: [6, 6 + row * labels.length], axis: null },
        marks: [
          Plot.gridX({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.text(labels, {
            x: () => 0,
            y: (_: string, at: number) => at + 0.25,
            text: (label: string) => shorten(label, 48),
            textAnchor: 'start',
            dx: 2,
            fill: 'var(--text)',
            stroke: 'var(--card)',
            strokeWidth: 4,
          }),
          Plot.ruleY(points, { x1: 'low', x2: 'high', y: place, stroke: color, strokeWidth: 2 }),
          Plot.dot(points, { x: 'value', y: place, fill: color, r: 3.6 }),
        ],
      }),
  }
}
