/** Runs the solutions of a family in the interpreter: they have to agree, and to tell inputs apart. */
import { randomFor } from '../../lib/index.ts'
import type { FrontEnd } from '../language/front-end.ts'
import { sameOutcome } from '../language/same-value.ts'
import { shapeOf } from '../language/shape.ts'
import type { Example, Outcome } from '../language/value.ts'
import { type Assembled, assemble, type Fault, runMany } from './assemble.ts'
import { degenerate } from './cases.ts'
import { choose, combinationsOf } from './choose.ts'
import { draftFamily } from './draft-family.ts'
import type { Family, Option } from './family.ts'
import { type Path, type Report, reporter } from './lint-report.ts'
import type { Problem } from './load.ts'
import { TemplateError } from './wording.ts'

export interface Thoroughness {
  /** At most so many combinations of options, at equal distances among all. */
  combinations: number
  inputs: number
}

export const quick: Thoroughness = { combinations: 3, inputs: 40 }
export const thorough: Thoroughness = { combinations: 60, inputs: 80 }

/** Also gives the shapes of the solutions, with the index of the solution. */
export function lintSolutions(
  family: Family,
  frontEnd: FrontEnd,
  { combinations, inputs }: Thoroughness,
): { problems: Problem[]; shapes: Map<string, number> } {
  const { problems, report } = reporter(family)
  const shapes = new Map<string, number>()
  const all = combinationsOf(family.axes)
  const step = Math.max(1, all.length / combinations)
  for (let at = 0; at < all.length && problems.length === 0; at += step) {
    const options = all[Math.floor(at)] as Record<string, Option>
    lintCombination(family, options, frontEnd, inputs, shapes, report)
  }
  return { problems, shapes }
}

function lintCombination(
  family: Family,
  options: Record<string, Option>,
  frontEnd: FrontEnd,
  inputs: number,
  shapes: Map<string, number>,
  report: Report,
): void {
  const where = nameOf(options)
  const cases: Example[][] = []
  const own = new Map<string, number>()
  for (const solution of (family.code ?? []).keys()) {
    const path = ['code', solution]
    const assembled = assembledOf(family, options, solution, frontEnd)
    if ('part' in assembled) {
      report(pathOf(assembled, solution), `${assembled.message}${where}`)
      return
    }
    const twin = own.get(shapeOf(assembled.program))
    if (twin !== undefined) report(path, `is the same program as code[${twin}]${where}`)
    own.set(shapeOf(assembled.program), solution)
    shapes.set(shapeOf(assembled.program), solution)
    const ran = runMany(assembled, inputs, randomFor('lint', family.family))
    if ('stopped' in ran) {
      report(path, `${ran.stopped}, for ${show(ran.args)}${where}`)
      return
    }
    cases.push(ran)
    const different = differs(cases[0] as Example[], ran, assembled)
    if (different !== undefined) {
      report(path, `${different}${where}`)
      return
    }
  }
  const fault = cases[0] === undefined ? undefined : degenerate(cases[0])
  if (fault !== undefined) report(['inputs'], `${fault}${where}`)
}

/** With the spellings that are drawn for it, so that those are tried too. */
function assembledOf(
  family: Family,
  options: Record<string, Option>,
  solution: number,
  frontEnd: FrontEnd,
): Assembled | Fault {
  const random = randomFor('lint', family.family, solution, nameOf(options))
  try {
    return assemble(draftFamily(family, random, choose(family, random, { options, solution })), frontEnd)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return { part: 'code', message: error.message }
  }
}

function pathOf({ part }: Fault, solution: number): Path {
  return part === 'code' ? ['code', solution] : [part]
}

function differs(
  expected: readonly Example[],
  actual: readonly Example[],
  { called }: Assembled,
): string | undefined {
  const at = actual.findIndex(({ outcome }, index) => {
    const other = expected[index]?.outcome
    return other === undefined || !sameOutcome(outcome, other, called.result)
  })
  if (at < 0) return undefined
  const example = actual[at] as Example
  return `gives ${showOutcome(example.outcome)} where code[0] gives ${showOutcome(expected[at]?.outcome)}, for ${show(example.arguments)}`
}

function showOutcome(outcome: Outcome | undefined): string {
  if (outcome === undefined) return 'nothing'
  return 'raised' in outcome ? outcome.raised : show(outcome.value)
}

/** Tags of lists and the like are left out. */
function show(value: unknown): string {
  return JSON.stringify(value).replace(/\{"(?:list|tuple|set|map)":(\[(?:[^[\]{}]|\[[^[\]]*\])*\])\}/g, '$1')
}

function nameOf(options: Readonly<Record<string, Option>>): string {
  const chosen = Object.entries(options).map(
    ([axis, option]) => `${axis}: ${option.name ?? option.say ?? option.code}`,
  )
  return chosen.length === 0 ? '' : ` (${chosen.join(', ')})`
}
