import * as Plot from '@observablehq/plot'
import type { PlotFigure } from '../blocks.ts'
import { percent } from '../format.ts'
import type { RunResult } from '../result.ts'
import { ksOf } from '../score-rows.ts'
import { drawPlot, fontSize, percentTick, shareCeiling, spreadLabels } from './frame.ts'

const height = 240
const margins = { marginTop: 14, marginBottom: 38, marginLeft: 48, marginRight: 74 }

/** pass@k by temperature: a line with its interval's band for each k, named at the line's end. */
export function temperaturePlot(title: string, runs: readonly RunResult[]): PlotFigure {
  const points = runs.flatMap(({ passAt, sampling }) =>
    Object.entries(passAt).map(([k, estimate]) => ({
      k: Number(k),
      temperature: sampling.temperature,
      ...estimate,
    })),
  )
  const ceiling = shareCeiling(points.map(({ high }) => high))
  const perPixel = ceiling / (height - margins.marginTop - margins.marginBottom)
  const lines = ksOf(runs).map((k, at) => ({
    k,
    color: `var(--series-${(at % 5) + 1})`,
    points: points.filter((point) => point.k === k),
  }))
  const ends = spreadLabels(
    lines.map((line) => line.points.at(-1)?.value ?? 0),
    (fontSize + 3) * perPixel,
    [0, ceiling],
  )
  return {
    title: `${title}: pass@k by temperature`,
    description: lines
      .map(
        (line) =>
          `pass@${line.k}: ${line.points.map((p) => `${percent(p.value)} at ${p.temperature}`).join(', ')}`,
      )
      .join('. '),
    draw: (document) =>
      drawPlot(document, {
        height,
        ...margins,
        x: {
          tickFormat: String,
          label: 'temperature',
          labelArrow: 'none',
          labelAnchor: 'center',
          ticks: temperatureTicks(runs),
          tickSize: 4,
          inset: 6,
        },
        y: { domain: [0, ceiling], tickFormat: percentTick, label: null, ticks: 5, tickSize: 0 },
        marks: [
          Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
          ...lines.flatMap(({ points, color }) => [
            Plot.areaY(points, { x: 'temperature', y1: 'low', y2: 'high', fill: color, fillOpacity: 0.16 }),
            Plot.line(points, { x: 'temperature', y: 'value', stroke: color, strokeWidth: 2 }),
            Plot.dot(points, { x: 'temperature', y: 'value', fill: color, r: 3.2 }),
          ]),
          ...lines.map(({ k, color, points }, at) =>
            Plot.text([points.at(-1)], {
              x: 'temperature',
              y: () => ends[at],
              text: () => `pass@${k}`,
              fill: color,
              fontWeight: 600,
              textAnchor: 'start',
              dx: 9,
            }),
          ),
        ],
      }),
  }
}

/** The temperatures themselves, as long as their names have room. */
function temperatureTicks(runs: readonly RunResult[]): number[] | number {
  return runs.length <= 6 ? runs.map(({ sampling }) => sampling.temperature) : 5
}
