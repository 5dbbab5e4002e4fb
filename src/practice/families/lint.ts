/** Finds what is wrong with families before exercises are made of them. Each check gives problems, none throws. */
import { randomFor } from '../../lib/index.ts'
import keywords from '../language/keywords.json' with { type: 'json' }
import { libraryNames } from '../language/library.ts'
import { choose, combinationsOf, fillAxes, identifiersOf } from './choose.ts'
import type { Family, Option } from './family.ts'
import { fillingsOf } from './fillings.ts'
import { lintDescriptions } from './lint-alike.ts'
import { faultOf, type Path, plain, type Report, reporter } from './lint-report.ts'
import type { Problem } from './load.ts'
import { countAlternatives, fill, holesOf, TemplateError, writeText } from './wording.ts'

/** How many texts of one template are tried at most. */
const triesPerTemplate = 12

/** What can be told without running anything: axes, names, holes, and what texts leave behind. */
export function lintFamily(family: Family): Problem[] {
  const { problems, report } = reporter(family)
  lintAxes(family, report)
  lintNames(family, report)
  lintCode(family, report)
  lintTexts(family, report)
  problems.push(...lintDescriptions(family))
  return problems
}

/** Names of families and stages that occur twice. */
export function lintUnique(entries: readonly { name: string; file: string; line: number }[]): Problem[] {
  const first = new Map<string, { file: string; line: number }>()
  return entries.flatMap(({ name, file, line }) => {
    const other = first.get(name)
    if (other === undefined) {
      first.set(name, { file, line })
      return []
    }
    return [
      { file, line, of: name, message: `the name is taken by ${other.file}:${other.line}: choose another` },
    ]
  })
}

function lintAxes(family: Family, report: Report): void {
  for (const [axis, options] of Object.entries(family.axes)) {
    if (axis in family.names) report(['axes', axis], 'is also a name: texts could not tell them apart')
    if (options.length === 1) report(['axes', axis], 'has one option: nothing varies')
    const use = JSON.stringify([family.code, family.native, family.requires, family.inputs, family.axes])
    const textUse = JSON.stringify([
      family.describe,
      family.returns,
      family.raises,
      family.steps,
      family.axes,
    ])
    const fields = new Set(options.flatMap((option) => Object.keys(option)))
    const used = [...fields].filter((field) => `${use}${textUse}`.includes(`${axis}.${field}`))
    options.forEach((option, index) => {
      const missing = used.filter((field) => !(field in option))
      if (missing.length > 0)
        report(['axes', axis, index], `lacks ${missing.join(', ')}, which other options have`)
    })
    if (!use.includes(`$${axis}`)) report(['axes', axis], `nothing in the code changes with $${axis}`)
    if (!textUse.includes(`{${axis}`) && !textUse.includes(`$${axis}`))
      report(['axes', axis], `no text says {${axis}}`)
  }
}

function lintNames(family: Family, report: Report): void {
  const code =
    family.code === undefined ? undefined : new Set(family.code.flatMap((text) => identifiersOf(text)))
  const inAxes = new Set(
    Object.values(family.axes).flatMap((options) =>
      options.flatMap((option) => identifiersOf(Object.values(option).join('\n'))),
    ),
  )
  for (const [name, spellings] of Object.entries(family.names)) {
    if (
      code !== undefined &&
      !code.has(name) &&
      !inAxes.has(name) &&
      !identifiersOf(family.scenario ?? '').includes(name)
    )
      report(['names', name], 'is no name in the code')
    for (const [index, spelling] of spellings.entries())
      for (const options of combinationsOf(family.axes)) {
        const spelled = attempt(
          () => fillAxes(spelling.name, options, 'name'),
          (message) => report(['names', name, index], message),
        )
        if (spelled === undefined) break
        if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(spelled))
          report(['names', name, index], `"${spelled}" is no identifier`)
        else if (reserved.has(spelled)) report(['names', name, index], `${spelled} is a word of Python`)
      }
  }
}

const reserved = new Set([...keywords, ...libraryNames])

function lintCode(family: Family, report: Report): void {
  family.code?.forEach((code, index) => {
    for (const options of combinationsOf(family.axes)) {
      const source = attempt(
        () => fillAxes(code, options),
        (message) => report(['code', index], message),
      )
      if (source === undefined) return
      const left = /\$[A-Za-z_]\w*/.exec(source.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, ''))
      if (left !== null) report(['code', index], `${left[0]} is no axis`)
    }
  })
}

function lintTexts(family: Family, report: Report): void {
  for (const { path, template } of templatesOf(family)) {
    for (const options of combinationsOf(family.axes).slice(0, 64))
      lintText(family, path, template, options, report)
  }
}

function templatesOf(family: Family): { path: Path; template: string }[] {
  return (['returns', 'describe', 'raises', 'steps'] as const).flatMap((field) =>
    (family[field] ?? []).map((template, index) => ({ path: [field, index], template })),
  )
}

function lintText(
  family: Family,
  path: Path,
  template: string,
  options: Record<string, Option>,
  report: Report,
): void {
  const random = randomFor('lint', family.family, ...path)
  const code = [...(family.code ?? []), family.scenario ?? '', ...Object.keys(family.inputs)].join('\n')
  const choice = { ...choose(family, random), options }
  const tries = Math.min(triesPerTemplate, countAlternatives(template) * 2)
  for (let attempts = 0; attempts < tries; attempts++) {
    const text = attempt(
      () => {
        const source = fillAxes(code, options)
        const known = fillingsOf(choice, source)
        const unknown = holesOf(template).find((hole) => !(hole in known))
        if (unknown !== undefined)
          throw new TemplateError(`{${unknown}} is no name, axis or field of an axis`)
        return writeText(fill(template, known, random), plain)
      },
      (message) => report(path, message),
    )
    if (text === undefined) return
    const fault = faultOf(text)
    if (fault !== undefined) report(path, `${fault} in "${text}"`)
  }
}

function attempt<T>(action: () => T, fail: (message: string) => void): T | undefined {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    fail(error.message)
    return undefined
  }
}
