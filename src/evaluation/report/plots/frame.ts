import * as Plot from '@observablehq/plot'

/** All plots are drawn this wide and scale with their column: it is what a telephone shows without shrinking text. */
export const plotWidth = 350
export const fontSize = 12

/** Draws with what all plots share; the style's variables colour them. */
export function drawPlot(document: Document, options: Plot.PlotOptions): SVGSVGElement {
  const drawing = Plot.plot({
    document,
    width: plotWidth,
    // Colours are named as they are, mostly by variables of the page's style.
    color: { type: 'identity' },
    ...options,
    style: { fontSize: `${fontSize}px` },
  })
  for (const style of drawing.querySelectorAll('style')) style.remove()
  drawing.removeAttribute('class')
  return drawing as unknown as SVGSVGElement
}

/** The upper end of a scale of shares: a little above the highest, and never nothing. */
export function shareCeiling(highs: readonly number[]): number {
  const highest = Math.max(0, ...highs.filter(Number.isFinite))
  return highest === 0 ? 0.01 : Math.min(1, highest * 1.08)
}

/** A scale's ticks as percent, without needless zeros. */
export function percentTick(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`
}

/**
 * Moves labels apart that would overlap: gives each, in the order of `positions`, a place at least `gap` from the
 * next and within the bounds, as near to its own as the others let it. Where they do not fit, they share the room
 * evenly.
 */
export function spreadLabels(
  positions: readonly number[],
  gap: number,
  [least, most]: [number, number],
): number[] {
  const room = Math.min(gap, (most - least) / Math.max(1, positions.length - 1))
  const order = positions.map((_, at) => at).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0))
  const placed: number[] = []
  for (const [rank, at] of order.entries())
    placed.push(Math.max(positions[at] ?? 0, least, (placed[rank - 1] ?? -Infinity) + room))
  for (let rank = placed.length - 1; rank >= 0; rank--)
    placed[rank] = Math.min(placed[rank] ?? 0, most - room * (placed.length - 1 - rank))
  const result: number[] = []
  for (const [rank, at] of order.entries()) result[at] = placed[rank] ?? 0
  return result
}
