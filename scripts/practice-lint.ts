/**
 * `node scripts/practice-lint.ts [FILE …] [--show]`: what is wrong with families or stages, one line a problem; with
 * `--show` also how many combinations each family has, and two exercises of it. Without files: all of `practice`.
 */
import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { projectRoot, randomFor } from '../src/lib/index.ts'
import { combinationsOf } from '../src/practice/families/choose.ts'
import { loadCompose } from '../src/practice/families/compose-data.ts'
import { draftFamily } from '../src/practice/families/draft-family.ts'
import { makeExercise } from '../src/practice/families/exercise.ts'
import type { Family, Stage } from '../src/practice/families/family.ts'
import { lintFamily, lintUnique } from '../src/practice/families/lint.ts'
import { lintFrames, lintShapes } from '../src/practice/families/lint-alike.ts'
import { lintSolutions, thorough } from '../src/practice/families/lint-solutions.ts'
import { lintStage } from '../src/practice/families/lint-stage.ts'
import {
  describeProblem,
  familiesOf,
  type Problem,
  stagesOf,
  yamlFiles,
} from '../src/practice/families/load.ts'
import { loadPhrases } from '../src/practice/families/phrases.ts'
import { writeText } from '../src/practice/families/wording.ts'
import { openFrontEnd } from '../src/practice/language/front-end.ts'
import { python } from '../src/practice/render/python/index.ts'

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
  const source = readFileSync(file, 'utf8')
  const isStages = /(^|\/)stages\/[^/]*$/.test(name)
  const loaded = isStages ? stagesOf(source, name) : familiesOf(source, name)
  problems.push(...loaded.problems)
  for (const entry of loaded.entries) {
    if ('stage' in entry) stages.push(entry)
    else families.push(entry)
  }
}
const places = [
  ...families.map(({ family, place }) => ({ name: family, ...place })),
  ...stages.map(({ stage, place }) => ({ name: stage, ...place })),
]
problems.push(...lintUnique(places), ...lintFrames(families))

const frontEnd = await openFrontEnd()
const compose = loadCompose()
const shapes = new Map<Family, Map<string, number>>()
for (const family of families) {
  const found = lintFamily(family)
  if (found.length === 0) {
    const solutions = lintSolutions(family, frontEnd, thorough)
    found.push(...solutions.problems)
    shapes.set(family, solutions.shapes)
  }
  problems.push(...found)
}
for (const stage of stages) problems.push(...lintStage(stage, compose, frontEnd))
problems.push(...lintShapes(shapes))

for (const problem of problems) console.log(describeProblem(problem))
if (show) for (const family of families) showFamily(family)
console.log(`${families.length} families, ${stages.length} stages, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

function showFamily(family: Family): void {
  const combinations = combinationsOf(family.axes).length * (family.code?.length ?? 1)
  console.log(`\n${family.family}: ${combinations} combinations of options and solutions`)
  const library = { families, stages, ruleSets: [], phrases: loadPhrases(), compose, frontEnd }
  for (const sample of [1, 2]) {
    const random = randomFor('show', family.family, sample)
    const draft = draftFamily(family, random)
    const exercise = makeExercise(draft, library, `show/${sample}`, random)
    if (typeof exercise === 'string') {
      console.log(`  no exercise: ${exercise}`)
      continue
    }
    const text = draft.wording.describe?.(random) ?? []
    console.log(`\n# ${writeText(text, python)}`)
    console.log(python.render(exercise.program, { types: true, variant: 0 }).code)
  }
}
