import { type Cell, cell, paragraph } from '../blocks.ts'
import { count, drawn, percent } from '../format.ts'
import { outcomePlots, type Segment } from '../plots/outcome-plot.ts'
import { rowName, runName, type SectionMaker } from './input.ts'

/** In the order of the bars, with their colours; what is not listed comes last. */
const known = new Map([
  ['passed', { label: 'passed', color: 'var(--good)' }],
  ['matched', { label: 'equal to the reference', color: 'var(--good)' }],
  ['failed', { label: 'failed', color: 'var(--outcome-failed)' }],
  ['different', { label: 'different from the reference', color: 'var(--outcome-failed)' }],
  ['timed-out', { label: 'timed out', color: 'var(--series-2)' }],
  ['out-of-memory', { label: 'out of memory', color: 'var(--series-3)' }],
  ['refused', { label: 'refused: not run at all', color: 'var(--series-4)' }],
])

/** How the samples ended. */
export const outcomes: SectionMaker = (input) => {
  if (input.results.length === 0) return undefined
  const seen = new Set(input.results.flatMap((run) => Object.keys(run.outcomes)))
  const names = [...known.keys(), ...seen].filter(
    (name, at, all) => seen.has(name) && all.indexOf(name) === at,
  )
  const looks = (name: string) => known.get(name) ?? { label: name, color: 'var(--series-5)' }
  const shown = input.rows.flatMap((row) => {
    const run = row.best.get(1)?.run ?? row.runs[0]
    return run === undefined ? [] : [{ label: `${rowName(row, input)}, T ${run.sampling.temperature}`, run }]
  })
  return {
    id: 'outcomes',
    title: 'How the samples ended',
    blocks: [
      paragraph(
        'Of each benchmark, the run with the best pass@1; the table has them all. A sample that was refused was not run, for want of a toolchain or a sandbox: it says nothing of the model.',
      ),
      {
        kind: 'figures',
        plots: outcomePlots(
          shown.map(({ label, run }) => ({
            label,
            segments: names.flatMap((name): Segment[] => {
              const number = run.outcomes[name] ?? 0
              return number === 0 ? [] : [{ ...looks(name), count: number }]
            }),
          })),
        ),
        legend: names
          .map(looks)
          .filter(({ label }, at, all) => all.findIndex((other) => other.label === label) === at),
      },
      {
        kind: 'table',
        caption: 'Samples by outcome',
        columns: [
          { title: 'Benchmark' },
          { title: 'Sampling' },
          { title: 'Samples', numeric: true },
          ...names.map((name) => ({ title: looks(name).label, numeric: true })),
        ],
        rows: input.results.map((run): Cell[] => [
          cell(runName(run, input)),
          cell(drawn(run)),
          cell(count(run.samples)),
          ...names.map((name) => {
            const number = run.outcomes[name] ?? 0
            return cell(count(number), percent(number / run.samples))
          }),
        ]),
      },
    ],
  }
}
