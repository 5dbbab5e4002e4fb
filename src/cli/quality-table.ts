import type { QualityFigure, QualityResult } from '../evaluation/index.ts'

/** The results as tables of at most 80 columns. */
export function describeQuality(results: readonly QualityResult[]): string {
  return results.map(describePart).join('\n')
}

const recitalsShown = 5

function describePart({ title, unit, figures, recitals = [], settings, notes }: QualityResult): string {
  const lines = [title, ...figures.map((figure) => row(figure, unit === 'share'))]
  for (const { lexemes, documentCount, documents, name } of recitals.slice(0, recitalsShown)) {
    const [document] = documents
    const elsewhere = documentCount > 1 ? ` and ${documentCount - 1} more` : ''
    lines.push(cut(`  ${name}`))
    lines.push(cut(`    ${lexemes} lexemes of ${document?.package}, ${document?.license}${elsewhere}:`))
    lines.push(cut(`    ${document?.path}`))
  }
  for (const [name, value] of Object.entries(settings)) lines.push(cut(`  (${name}: ${value})`))
  return `${[...lines, ...notes.map((note) => cut(`  (${note})`))].join('\n')}\n`
}

function row({ name, value, low, high, n, of }: QualityFigure, isShare: boolean): string {
  const number = (figure: number) => (isShare ? (100 * figure).toFixed(1) : figure.toFixed(3))
  const middle = `${number(value)}${isShare ? ' %' : ''}`.padStart(9)
  return cut(`  ${name.padEnd(40)}${middle}  ${`${number(low)} … ${number(high)}`.padEnd(15)} ${n} ${of}`)
}

function cut(line: string): string {
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`
}
