import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { missing } from '../../../test/requirements.ts'
import { randomFor, runProcess } from '../../lib/index.ts'
import { parseGenerator } from '../families/inputs.ts'
import { type FrontEnd, openFrontEnd, parseType } from './front-end.ts'
import { prepare } from './interpret.ts'
import { spellFloat } from './interpret-format.ts'
import { builtins, type FunctionDeclaration, type Program } from './program.ts'
import { listOf, mapOf, optionalOf, STRING, setOf, spellType, type Type, tupleOf } from './types.ts'
import type { Outcome, Value } from './value.ts'

const folder = join(import.meta.dirname, 'testing')
const drawn = 24

/** Programs with what their parameters are fed. */
interface Group {
  given: Record<string, string>
  expressions?: string
  program?: string
  near?: boolean
}

test.skipIf(missing('python'))('the interpreter does what CPython does', { timeout: 60_000 }, async () => {
  const frontEnd = await openFrontEnd()
  const groups = parse(readFileSync(join(folder, 'differential.yaml'), 'utf8')) as Group[]
  const suites = groups.map((group) => interpretGroup(group, frontEnd))
  frontEnd.dispose()
  const work = suites.map(({ source, calls }) => [source, calls.map(({ name, given }) => [name, given])])
  const { stdout, stderr } = await runProcess('/usr/bin/python3', [join(folder, 'differential.py')], {
    input: JSON.stringify(work),
  })
  expect(stderr).toBe('')
  const answers = JSON.parse(stdout) as Tagged[][]
  const wrong = suites.flatMap(({ near, calls }, index) =>
    calls.flatMap(({ said, given, ours }, call) => {
      const theirs = answers[index]![call]!
      const agrees = ours === undefined || agree(ours, theirs, near)
      return agrees
        ? []
        : [`${said} of ${JSON.stringify(given)}: ${JSON.stringify(ours)}, CPython ${JSON.stringify(theirs)}`]
    }),
  )
  expect(wrong.slice(0, 60), `${wrong.length} disagreements`).toEqual([])
  const tried = new Set(suites.flatMap(({ builtins }) => builtins))
  expect(builtins.filter((name) => !tried.has(name))).toEqual(['bool', 'tuple'])
  const all = suites.flatMap(({ calls }) => calls)
  expect(all.filter(({ ours }) => ours === undefined).length).toBeLessThan(all.length / 50)
})

/** A value as `differential.py` reads and writes it: its Python type, then its parts. */
type Tagged = [tag: string, ...parts: unknown[]]

interface Suite {
  source: string
  near: boolean
  builtins: string[]
  calls: { name: string; said: string; given: Tagged[]; ours: Tagged | undefined }[]
}

function interpretGroup(
  { given, expressions, program: text, near = false }: Group,
  frontEnd: FrontEnd,
): Suite {
  const parameters = Object.entries(given).map(([name, text]) => {
    const [type = '', ...generator] = text.split(' = ')
    return { name, spelled: type, type: parseType(type), generator: generator.join(' = ') }
  })
  const lines = expressions?.trim().split('\n') ?? []
  const variables = new Map(parameters.map(({ name, type }) => [name, type]))
  const signature = parameters.map(({ name, spelled }) => `${name}: ${spelled}`).join(', ')
  const functions = lines.map((line, index) => {
    const type = annotated(frontEnd.parseExpression(line, variables).type)
    return `def f${index}(${signature}) -> ${spellType(type)}:\n    return ${line}\n`
  })
  const source = text ?? functions.join('\n')
  const program = frontEnd.parseProgram(source)
  const generators = parameters.map(({ generator }) => parseGenerator(generator, program.records))
  for (const [index, { name, type }] of parameters.entries())
    expect(generators[index]!.fits(type), `what ${name} is fed`).toBe(true)
  const run = prepare(program)
  const random = randomFor('differential', source)
  const inputs = Array.from({ length: drawn }, () => generators.map((generator) => generator.draw(random)))
  const called = program.functions.filter(({ name }) => /^f[_0-9]/.test(name))
  const calls = called.flatMap((declared, index) =>
    inputs.map((values) => {
      const result = run(declared.name, values)
      return {
        name: declared.name,
        said: lines[index] ?? declared.name,
        given: values.map((value, place) => tag(value, parameters[place]!.type, program)),
        ours: 'outcome' in result ? tagOutcome(result.outcome, declared, program) : undefined,
      }
    }),
  )
  const used = JSON.stringify(program).matchAll(/"kind":"builtin","name":"([^"]+)"/g)
  return { source, near, builtins: [...used].map((match) => match[1]!), calls }
}

/** The type as an annotation may say it: there is no word for a character. */
function annotated(type: Type): Type {
  switch (type.kind) {
    case 'char':
      return STRING
    case 'list':
      return listOf(annotated(type.of))
    case 'set':
      return setOf(annotated(type.of))
    case 'optional':
      return optionalOf(annotated(type.of))
    case 'map':
      return mapOf(annotated(type.key), annotated(type.value))
    case 'tuple':
      return tupleOf(...type.of.map(annotated))
    default:
      return type
  }
}

function tagOutcome(outcome: Outcome, { result }: FunctionDeclaration, program: Program): Tagged {
  return 'raised' in outcome ? ['raised', outcome.raised] : tag(outcome.value, result, program)
}

function tag(value: Value, type: Type, program: Program): Tagged {
  const inner = (part: Value, of: Type) => tag(part, of, program)
  if (type.kind === 'optional') return value === null ? ['none'] : inner(value, type.of)
  if (value === null) return ['none']
  if (typeof value === 'boolean') return ['bool', value]
  if (typeof value === 'string') return ['str', value]
  if (typeof value === 'number') return type.kind === 'float' ? ['float', spellFloat(value)] : ['int', value]
  if ('days' in value) return ['days', value.days]
  if ('date' in value) return ['date', value.date]
  if ('list' in value && type.kind === 'list') return ['list', value.list.map((item) => inner(item, type.of))]
  if ('tuple' in value && type.kind === 'tuple')
    return ['tuple', value.tuple.map((item, index) => inner(item, type.of[index]!))]
  if ('set' in value && type.kind === 'set') {
    const items = value.set.map((item) => inner(item, type.of))
    return ['set', items.sort((a, b) => (asPythonSorts(a) < asPythonSorts(b) ? -1 : 1))]
  }
  if ('map' in value && type.kind === 'map')
    return ['dict', value.map.map(([key, item]) => [inner(key, type.key), inner(item, type.value)])]
  if ('record' in value) {
    const record = program.records.find(({ name }) => name === value.record)!
    return ['record', record.name, record.fields.map((field) => inner(value.fields[field.name]!, field.type))]
  }
  throw new Error(`${JSON.stringify(value)} is no ${spellType(type)}`)
}

/** As `json.dumps` writes it. */
function asPythonSorts(tagged: Tagged): string {
  return JSON.stringify(tagged).replaceAll('",', '", ')
}

/** The same tags and parts; where a float is expected, Python may have kept an int. */
function agree(ours: unknown, theirs: unknown, near: boolean): boolean {
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return Object.is(ours, theirs)
  if (ours[0] === 'float') {
    const [a, b] = [Number(String(ours[1]).replace('inf', 'Infinity')), theirs[1]]
    if (theirs[0] === 'int') return a === b
    return (
      theirs[0] === 'float' &&
      (ours[1] === b || (near && Math.abs(a - Number(b)) <= 1e-13 * Math.max(1, Math.abs(a))))
    )
  }
  return ours.length === theirs.length && ours.every((part, index) => agree(part, theirs[index], near))
}
