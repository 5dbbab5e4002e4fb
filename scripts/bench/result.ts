import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { projectRoot, writeFileAtomically } from '../../src/lib/index.ts'

/** Figures by name; a nested record becomes a table of its own. */
export type Values = { [name: string]: number | string | Values }

/** One measurement: what to call it, what it costs, and how to take it. */
export interface Benchmark {
  /** File name in `docs/results`, without `.json`, and the word after `npm run bench --`. */
  name: string
  title: string
  /** What it needs, and about how long it takes on two cores. */
  cost: string
  measure(): Promise<Values>
}

/** Writes what was measured beside how: the command, the day, the commit and the machine. */
export async function writeResult(benchmark: Benchmark, values: Values): Promise<string> {
  const path = join(projectRoot, 'docs/results', `${benchmark.name}.json`)
  const result = {
    title: benchmark.title,
    command: `npm run bench -- ${benchmark.name}`,
    date: new Date().toISOString().slice(0, 10),
    commit:
      git('rev-parse', '--short', 'HEAD') +
      (git('status', '--porcelain', '--', 'src', 'trainer') === '' ? '' : ' with changes'),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`,
    values,
  }
  await writeFileAtomically(path, `${JSON.stringify(result, null, 2)}\n`)
  return path
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).trim()
}

/** The values as indented lines for a terminal of 80 columns. */
export function renderValues(values: Values, indent = '  '): string {
  const width = Math.max(...Object.keys(values).map((name) => name.length))
  return Object.entries(values)
    .map(([name, value]) =>
      typeof value === 'object'
        ? `${indent}${name}\n${renderValues(value, `${indent}  `)}`
        : `${indent}${name.padEnd(width)}  ${typeof value === 'number' ? formatNumber(value) : value}`,
    )
    .join('\n')
}

function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en').replaceAll(',', ' ')
  return Math.abs(value) >= 100
    ? value.toFixed(0)
    : Math.abs(value) >= 10
      ? value.toFixed(1)
      : value.toFixed(3)
}

/** The value below which the share `p` of the sorted samples lies (nearest rank). */
export function percentile(samples: number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN
}
