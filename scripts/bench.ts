/**
 * `npm run bench`: measures the figures of docs/experiments.md again and writes each to docs/results. Without
 * arguments it takes those that need only a checkout; `npm run bench -- NAME …` takes the named ones, and
 * `npm run bench -- --list` says what each needs.
 */
import { relative } from 'node:path'
import { messageOf, projectRoot, UserError } from '../src/lib/index.ts'
import { benchmarksFigures } from './bench/benchmarks.ts'
import { corpusFigures } from './bench/corpus.ts'
import { gateFigures } from './bench/gate.ts'
import { heldoutFigures } from './bench/heldout.ts'
import { humanevalFigures } from './bench/humaneval.ts'
import { installFigures } from './bench/install.ts'
import { latencyFigures } from './bench/latency.ts'
import { licenceFigures } from './bench/licences.ts'
import { overlapsFigures } from './bench/overlaps.ts'
import { qualityFigures } from './bench/quality.ts'
import { renderValues, writeResult } from './bench/result.ts'
import { sandboxFigures } from './bench/sandbox.ts'
import { speedFigures } from './bench/speed.ts'
import { trainingFigures } from './bench/training.ts'

const everywhere = [speedFigures, latencyFigures, installFigures]
const withTheCorpus = [corpusFigures, trainingFigures, heldoutFigures, gateFigures, qualityFigures]
const withToolchains = [overlapsFigures, sandboxFigures, humanevalFigures, benchmarksFigures]
const withLicensecheck = [licenceFigures]
const all = [...everywhere, ...withTheCorpus, ...withToolchains, ...withLicensecheck]

const names = process.argv.slice(2)
if (names.includes('--list')) {
  for (const benchmark of all)
    console.log(`${benchmark.name.padEnd(10)} ${benchmark.title}\n${' '.repeat(11)}${benchmark.cost}`)
  process.exit(0)
}
const unknown = names.filter((name) => !all.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}. Known: ${all.map(({ name }) => name).join(', ')}.`,
  )
  process.exit(1)
}

let failures = 0
for (const benchmark of names.length === 0 ? everywhere : all.filter(({ name }) => names.includes(name))) {
  console.log(`\n${benchmark.title}`)
  try {
    const values = await benchmark.measure()
    console.log(renderValues(values))
    console.log(`  → ${relative(projectRoot, await writeResult(benchmark, values))}`)
  } catch (error) {
    failures++
    console.error(`  not measured: ${messageOf(error)}${error instanceof UserError ? ` ${error.hint}` : ''}`)
  }
}
process.exit(failures === 0 ? 0 : 1)
