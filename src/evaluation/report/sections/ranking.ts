import { type Cell, cell, paragraph } from '../blocks.ts'
import { count, drawn, percent, shareCell } from '../format.ts'
import { intervalPlot } from '../plots/interval-plot.ts'
import { runName, type SectionMaker } from './input.ts'

/** Whether the model's own confidence finds the right one among its samples. */
export const ranking: SectionMaker = (input) => {
  const runs = input.results.flatMap((run) =>
    run.ranked ? [{ name: runName(run, input), run, ranked: run.ranked }] : [],
  )
  if (runs.length === 0) return undefined
  return {
    id: 'ranking',
    title: 'Choosing one of n',
    blocks: [
      paragraph(
        'Of the n samples of a problem, the one with the highest mean log-probability, beside one taken at random: the share of problems that it solves.',
      ),
      {
        kind: 'figures',
        plots: [
          intervalPlot({
            title: 'The likeliest sample beside a random one',
            unit: 'percent',
            points: runs.flatMap(({ name, run, ranked }) => [
              { label: `${name}, T ${run.sampling.temperature}`, series: 0, ...ranked.byMeanLogprob },
              { label: `${name}, T ${run.sampling.temperature}`, series: 1, ...ranked.random },
            ]),
          }),
        ],
        legend: [
          { label: 'highest mean log-probability', color: 'var(--series-1)' },
          { label: 'at random', color: 'var(--series-2)' },
        ],
      },
      {
        kind: 'table',
        caption: 'The likeliest of n samples beside a random one',
        columns: [
          { title: 'Benchmark' },
          { title: 'Problems', numeric: true },
          { title: 'Highest mean log-probability', numeric: true },
          { title: 'At random', numeric: true },
          { title: 'Gain, points', numeric: true },
        ],
        rows: runs.map(({ name, run, ranked: { byMeanLogprob, random } }): Cell[] => [
          cell(name),
          cell(count(run.problems)),
          shareCell(byMeanLogprob, drawn(run)),
          shareCell(random, drawn(run)),
          cell(percent(byMeanLogprob.value - random.value).replace(' %', '')),
        ]),
      },
    ],
  }
}
