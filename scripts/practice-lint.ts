/**
 * `node scripts/practice-lint.ts [FILE …] [--show]`: what is wrong with families or stages, one line a problem; with
 * `--show` also how many combinations each family has, and two exercises of it. Without files: all of `practice`.
 */
import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { projectRoot, randomFor } from '../src/lib/index.ts'
import { choose, combinationsOf, fillAxes } from '../src/practice/families/choose.ts'
import type { Family, Stage } from '../src/practice/families/family.ts'
import { fillingsOf } from '../src/practice/families/fillings.ts'
import { lintFamily, lintUnique } from '../src/practice/families/lint.ts'
import {
  describeProblem,
  familiesOf,
  type Problem,
  stagesOf,
  yamlFiles,
} from '../src/practice/families/load.ts'
import { fill, writeText } from '../src/practice/families/wording.ts'
import { runSolutions } from './practice-lint-run.ts'

const args = process.argv.slice(2)
const show = args.includes('--show')
const folders = ['families', 'stages'].map((name) => join(projectRoot, 'practice', name))
const named = args.filter((arg) => !arg.startsWith('--')).map((path) => resolve(path))
const files = named.length > 0 ? named : folders.flatMap(yamlFiles)

const problems: Problem[] = []
const families: Family[] = []
const stages: Stage[] = []
for (const file of files) {
  const name = relative(projectRoot, file)
  const isStages = /(^|\/)stages\/[^/]*$/.test(name)
  const source = readFileSync(file, 'utf8')
  const loaded = isStages ? stagesOf(source, name) : familiesOf(source, name)
  problems.push(...loaded.problems)
  for (const entry of loaded.entries) {
    if ('stage' in entry) stages.push(entry)
    else {
      families.push(entry)
      problems.push(...lintFamily(entry))
    }
  }
}
problems.push(
  ...lintUnique([
    ...families.map(({ family, place }) => ({ name: family, ...place })),
    ...stages.map(({ stage, place }) => ({ name: stage, ...place })),
  ]),
)
if (problems.length === 0) problems.push(...(await runSolutions(families)))

for (const problem of problems) console.log(describeProblem(problem))
if (show) for (const family of families) showFamily(family)
console.log(`${families.length} families, ${stages.length} stages, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

function showFamily(family: Family): void {
  const combinations = combinationsOf(family.axes).length * (family.code?.length ?? 1)
  console.log(`\n${family.family}: ${combinations} combinations of options and solutions`)
  for (const sample of [1, 2]) {
    const random = randomFor('show', family.family, sample)
    const choice = choose(family, random)
    const source = fillAxes(family.code?.[choice.solution] ?? '', choice.options)
    const template = family.describe[Math.floor(random() * family.describe.length)] ?? ''
    const fillings = fillingsOf(choice, [source, family.scenario ?? ''].join('\n'))
    const text = fill(template, fillings, random)
    const spelled = source.replace(/[A-Za-z_]\w*/g, (name) => choice.spellings[name]?.name ?? name)
    console.log(`\n# ${writeText(text, { spell: (name) => name, literal: String })}\n${spelled}`)
  }
}
