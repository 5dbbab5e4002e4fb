/** Chooses what a family leaves open: an option of each axis, a spelling of each name, and a solution. */
import { type Random, shuffle } from '../../lib/index.ts'
import type { Axes, Family, Option, Spelling } from './family.ts'
import { TemplateError } from './wording.ts'

export interface Choice {
  options: Record<string, Option>
  /** By the names of the code. */
  spellings: Record<string, Spelling>
  /** Index of the solution. */
  solution: number
}

/** A choice, each option and solution as likely as the others. `given` is taken as it is. */
export function choose(
  family: Family,
  random: Random,
  given: Partial<Pick<Choice, 'options' | 'solution'>> = {},
): Choice {
  const drawn = Object.entries(family.axes).map(([axis, all]) => [axis, pick(all, random)] as const)
  const options = given.options ?? Object.fromEntries(drawn)
  const solution = given.solution ?? Math.floor(random() * (family.code?.length ?? 1))
  const source = family.code === undefined ? '' : fillAxes(family.code[solution] ?? '', options)
  return {
    options,
    solution,
    spellings: chooseSpellings(family.names, options, identifiersOf(source), random),
  }
}

/** One of the items. Throws for an empty list. */
export function pick<T>(items: readonly T[], random: Random): T {
  if (items.length === 0) throw new RangeError('nothing to choose from')
  return items[Math.floor(random() * items.length)] as T
}

/**
 * A spelling for each name, none twice and none that the code uses for something else. Where one name has the plural of
 * another's spelling (readings and reading), they go together.
 */
export function chooseSpellings(
  names: Readonly<Record<string, Spelling[]>>,
  options: Readonly<Record<string, Option>>,
  inCode: readonly string[],
  random: Random,
): Record<string, Spelling> {
  const taken = new Set(inCode.filter((name) => !(name in names)))
  const chosen: Record<string, Spelling> = {}
  const spelled = new Set<string>()
  const all = Object.entries(names).map(([name, spellings]) => ({
    name,
    spellings: shuffle(
      spellings.map((spelling) => ({ ...spelling, name: fillAxes(spelling.name, options, 'name') })),
      random,
    ),
  }))
  const everySpelling = new Set(all.flatMap(({ spellings }) => spellings.map((spelling) => spelling.name)))
  const pluralsFirst = [...all].sort((a, b) => pluralsIn(b.spellings) - pluralsIn(a.spellings))
  for (const { name, spellings } of pluralsFirst) {
    const free = spellings.filter((spelling) => !taken.has(spelling.name))
    const fitting = free.find((spelling) => spelled.has(pluralOf(spelling.name))) ??
      free.find((spelling) => !everySpelling.has(pluralOf(spelling.name))) ??
      free[0] ?? { name: unused(name, taken), words: undefined }
    taken.add(fitting.name)
    spelled.add(fitting.name)
    chosen[name] = fitting
  }
  return chosen
}

function pluralsIn(spellings: readonly Spelling[]): number {
  return spellings.some((spelling) => spelling.name.length > 2 && spelling.name.endsWith('s')) ? 1 : 0
}

/** `entry` → entries, `box` → boxes, `word` → words. */
export function pluralOf(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`
  return /(s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`
}

function unused(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`
  return free
}

/**
 * Puts options in the places of `$axis` and `$axis.field`. `field` is what `$axis` alone stands for. Lines of an option
 * beyond its first are indented as the line it stands on. Throws {@link TemplateError}.
 */
export function fillAxes(
  template: string,
  options: Readonly<Record<string, Option>>,
  field: 'code' | 'name' = 'code',
): string {
  let filled = template
  for (let depth = 0; depth < 4; depth++) filled = fillOnce(filled, options, field)
  return filled
}

function fillOnce(template: string, options: Readonly<Record<string, Option>>, field: string): string {
  // The longest first, so that `$test` is not taken for `$te`.
  const axes = Object.keys(options).sort((a, b) => b.length - a.length)
  if (axes.length === 0 || !template.includes('$')) return template
  const pattern = new RegExp(`\\$(${axes.join('|')})(?:\\.([A-Za-z]\\w*))?`, 'g')
  return template.replace(pattern, (hole, axis: string, after: string | undefined, offset: number) => {
    const option = options[axis] as Option
    // `$text.upper()` calls a method on what the option says, where no field has that name.
    const isField = after !== undefined && after in option
    const text = isField ? option[after] : option[field]
    if (text === undefined)
      throw new TemplateError(`${hole}: an option of the axis ${axis} has no "${field}"`)
    const indent = /^[ \t]*/.exec(template.slice(template.lastIndexOf('\n', offset) + 1))?.[0] ?? ''
    const filled = text.trimEnd().replaceAll('\n', `\n${indent}`)
    return isField || after === undefined ? filled : `${filled}.${after}`
  })
}

/** All combinations of options, in order. */
export function combinationsOf(axes: Axes): Record<string, Option>[] {
  return Object.entries(axes).reduce<Record<string, Option>[]>(
    (combinations, [axis, options]) =>
      combinations.flatMap((combination) => options.map((option) => ({ ...combination, [axis]: option }))),
    [{}],
  )
}

/** The identifiers of a source text, outside strings and comments, each once. */
export function identifiersOf(source: string): string[] {
  const bare = source.replace(/("""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#.*)/g, (text) =>
    text.startsWith('#') ? '' : [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => ` ${match[1]} `).join(''),
  )
  return [...new Set(bare.match(/[A-Za-z_]\w*/g) ?? [])]
}
