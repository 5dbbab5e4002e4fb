import { paragraph } from '../blocks.ts'
import { temperaturePlot } from '../plots/temperature-plot.ts'
import { rowName, type SectionMaker } from './input.ts'

/** How pass@k goes with the temperature; only for what was run at two temperatures or more. */
export const temperature: SectionMaker = (input) => {
  const rows = input.rows.filter(({ runs }) => runs.length > 1)
  if (rows.length === 0) return undefined
  return {
    id: 'temperature',
    title: 'By temperature',
    blocks: [
      paragraph(
        'Bands are 95 % intervals. Low temperatures suit few samples, high ones many. The figures, with n and seed, are in the table of all runs.',
      ),
      { kind: 'figures', plots: rows.map((row) => temperaturePlot(rowName(row, input), row.runs)) },
    ],
  }
}
