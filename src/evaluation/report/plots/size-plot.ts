import * as Plot from '@observablehq/plot'
import type { PlotFigure } from '../blocks.ts'
import { percent, shorten, size } from '../format.ts'
import type { PublishedModel } from '../published.ts'
import type { Estimate } from '../result.ts'
import { drawPlot, fontSize, percentTick, shareCeiling, spreadLabels } from './frame.ts'

const height = 330
const margins = { marginTop: 14, marginBottom: 38, marginLeft: 44, marginRight: 126 }

/** A model measured here. */
export interface OwnPoint {
  label: string
  parameters: number
  passAt: Estimate
}

interface Marked {
  label: string
  parameters: number
  value: number
  isOwn: boolean
}

/**
 * pass@k by the number of parameters (logarithmic): what was measured here, Codex's curve, and others as published,
 * hollow. Names stand in the right margin, each joined to its point.
 */
export function sizePlot(
  k: number,
  own: readonly OwnPoint[],
  publishedModels: readonly PublishedModel[],
): PlotFigure {
  const others = publishedModels.flatMap(({ name, curve, parameters, percentAt }) =>
    parameters === undefined || percentAt[k] === undefined
      ? []
      : [{ label: name, curve, parameters, value: percentAt[k] / 100, isOwn: false }],
  )
  const curve = others.filter((point) => point.curve !== undefined)
  const peers = others.filter((point) => point.curve === undefined)
  const measured = own.map(({ label, parameters, passAt }) => ({ label, parameters, ...passAt, isOwn: true }))
  const sizes = [...others, ...measured].map(({ parameters }) => parameters)
  const domain: [number, number] = [Math.min(...sizes) / 1.6, Math.max(...sizes) * 1.6]
  const ceiling = shareCeiling([...others.map(({ value }) => value), ...measured.map(({ high }) => high)])
  const perPixel = ceiling / (height - margins.marginTop - margins.marginBottom)
  const named: Marked[] = [
    ...measured,
    ...peers,
    ...curve.slice(-1).map((last) => ({ ...last, label: last.curve ?? '' })),
  ]
  const places = spreadLabels(
    named.map(({ value }) => value),
    (fontSize + 2) * perPixel,
    [0, ceiling],
  )
  return {
    title: `HumanEval: pass@${k} by model size`,
    description: `Measured here: ${measured
      .map(({ label, parameters, value }) => `${label}, ${size(parameters)} parameters, ${percent(value)}`)
      .join(
        '; ',
      )}. Codex as published rises from ${percent(curve[0]?.value ?? Number.NaN)} at ${size(curve[0]?.parameters ?? 0)} to ${percent(curve.at(-1)?.value ?? Number.NaN)} at ${size(curve.at(-1)?.parameters ?? 0)}.`,
    draw: (document) =>
      drawPlot(document, {
        height,
        ...margins,
        x: {
          type: 'log',
          domain,
          label: 'parameters',
          labelArrow: 'none',
          labelAnchor: 'center',
          ticks: [1e6, 1e7, 1e8, 1e9, 1e10].filter((tick) => tick >= domain[0] && tick <= domain[1]),
          tickFormat: size,
          tickSize: 4,
        },
        y: { domain: [0, ceiling], tickFormat: percentTick, label: null, ticks: 6, tickSize: 0 },
        marks: [
          Plot.gridY({ ticks: 6, stroke: 'var(--line)', strokeOpacity: 1 }),
          Plot.link(named, {
            x1: 'parameters',
            y1: 'value',
            x2: () => domain[1],
            y2: (_: Marked, at: number) => places[at],
            stroke: ({ isOwn }: Marked) => (isOwn ? 'var(--series-1)' : 'var(--leader)'),
            strokeWidth: 0.8,
          }),
          Plot.line(curve, { x: 'parameters', y: 'value', stroke: 'var(--series-2)', strokeWidth: 2 }),
          Plot.dot(curve, { x: 'parameters', y: 'value', fill: 'var(--series-2)', r: 3 }),
          Plot.dot(peers, {
            x: 'parameters',
            y: 'value',
            stroke: 'var(--muted)',
            fill: 'var(--card)',
            strokeWidth: 1.5,
            symbol: 'diamond',
            r: 3.2,
          }),
          Plot.ruleX(measured, {
            x: 'parameters',
            y1: 'low',
            y2: 'high',
            stroke: 'var(--series-1)',
            strokeWidth: 2.5,
          }),
          Plot.dot(measured, {
            x: 'parameters',
            y: 'value',
            fill: 'var(--series-1)',
            r: 5,
            stroke: 'var(--card)',
          }),
          ...named.map(({ label, isOwn }, at) =>
            Plot.text([at], {
              x: () => domain[1],
              y: () => places[at],
              text: () => shorten(label, 19),
              textAnchor: 'start',
              dx: 4,
              fill: isOwn
                ? 'var(--series-1)'
                : label === curve.at(-1)?.curve
                  ? 'var(--series-2)'
                  : 'var(--soft)',
              fontWeight: isOwn ? 700 : 400,
            }),
          ),
        ],
      }),
  }
}
