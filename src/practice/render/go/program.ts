import { randomFor } from '../../../lib/index.ts'
import type { ClassDeclaration, Field, Program, Statement } from '../../language/program.ts'
import type { Style } from '../renderer.ts'
import type { Subject } from '../subjects.ts'
import { ends } from '../uses.ts'
import { expressionsIn } from '../walk.ts'
import { checkAliases } from './aliases.ts'
import { functionName, resultShape } from './calls.ts'
import { comment } from './documentation.ts'
import { expression } from './expressions.ts'
import { helperNames, helpersFor, importsFor, withoutTexts } from './helpers.ts'
import { exported, unexported } from './names.ts'
import { block } from './statements.ts'
import { type Survey, surveyOf } from './survey.ts'
import { atom, composite, type Go, print } from './syntax.ts'
import { goType, placeName, zeroOf } from './types.ts'
import { type Choices, captured, indented, type Module, newWriting } from './writing.ts'

function choicesOf(style: Style): Choices {
  const random = randomFor('go', style.variant)
  return {
    packageClause: random() < 0.25,
    nilSlices: random() < 0.5,
    makeMaps: random() < 0.5,
    rangeIndices: random() < 0.6,
    switches: random() < 0.7,
  }
}

/** A Go file, or what stands in one below its package clause. */
export function fileText(program: Program, style: Style): string {
  const survey = surveyOf(program)
  for (const subject of survey.subjects.values()) checkAliases(subject, survey)
  const taken = new Set(program.functions.map(({ name }) => functionName(name, survey)))
  const module: Module = { survey, choices: choicesOf(style), helpers: helperNames(taken) }
  const documentation = (name: string, lines: string): string => {
    if (!style.documentation || name !== program.entry) return lines
    const text = comment(name, style.documentation, module)
    return text === '' ? lines : `${text}\n${lines}`
  }
  const parts = [
    ...program.records.map(({ name, fields }) =>
      documentation(name, structText(name, fields, exported, survey)),
    ),
    ...program.classes.map((of) => classText(of, module, documentation)),
    ...program.functions.map((of) =>
      documentation(of.name, functionText(survey.subjects.get(of.name)!, module)),
    ),
  ]
  const structs = tupleStructs(parts.join('\n\n'), survey)
  let code = [...structs, ...parts].join('\n\n')
  const helped: string[] = []
  for (let found = helpersFor(code, module.helpers, true); found.length > helped.length; ) {
    helped.splice(0, helped.length, ...found)
    found = helpersFor([code, ...helped].join('\n'), module.helpers, true)
  }
  code = [code, ...helped].join('\n\n')
  const clause = module.choices.packageClause ? 'package main\n\n' : ''
  return `${clause}${importsFor(code)}${code}\n`
}

/** `type Name struct { … }`, the types of its fields in one column. */
function structText(
  name: string,
  fields: readonly Field[],
  spell: (name: string) => string,
  survey: Survey,
): string {
  return structOf(
    exported(name),
    fields.map((field) => [spell(field.name), goType(field.type, survey)]),
  )
}

function structOf(name: string, fields: readonly (readonly [string, string])[]): string {
  if (fields.length === 0) return `type ${name} struct{}`
  const isShort =
    fields.length <= 4 && fields.every(([field, type]) => field.length <= 2 && type === fields[0]![1])
  if (isShort && fields.length > 1)
    return `type ${name} struct {\n\t${fields.map(([field]) => field).join(', ')} ${fields[0]![1]}\n}`
  const width = Math.max(...fields.map(([field]) => field.length))
  return [
    `type ${name} struct {`,
    ...fields.map(([field, type]) => `\t${field.padEnd(width)} ${type}`),
    '}',
  ].join('\n')
}

/** Structs for the tuples that the code keeps. */
function tupleStructs(code: string, survey: Survey): string[] {
  const types = new Map<string, readonly (readonly [string, string])[]>()
  const visit = (of: { type: Parameters<typeof goType>[0] }): void => {
    const { type } = of
    if (type.kind === 'list' || type.kind === 'set' || type.kind === 'optional') visit({ type: type.of })
    if (type.kind === 'map') {
      visit({ type: type.key })
      visit({ type: type.value })
    }
    if (type.kind !== 'tuple') return
    for (const part of type.of) visit({ type: part })
    const name = survey.tuples.get(JSON.stringify(type)) ?? tupleNameOf(type, survey)
    if (name)
      types.set(
        name,
        type.of.map((part, at) => [placeName(at), goType(part, survey)] as const),
      )
  }
  for (const { fields } of [...survey.program.records, ...survey.program.classes]) fields.forEach(visit)
  for (const { declaration } of survey.subjects.values()) {
    declaration.parameters.forEach(visit)
    visit({ type: declaration.result })
    for (const of of expressionsIn(declaration.body)) visit(of)
  }
  const bare = withoutTexts(code)
  const isUsed = (name: string, texts: string) => new RegExp(`\\b${name}\\b`).test(texts)
  const found = [...types].filter(([name]) => isUsed(name, bare))
  // A struct may hold another that the code does not name.
  const texts = found.map(([name, fields]) => structOf(name, fields))
  for (const [name, fields] of types)
    if (!found.some(([one]) => one === name) && texts.some((text) => isUsed(name, text)))
      texts.push(structOf(name, fields))
  return texts
}

function tupleNameOf(type: Parameters<typeof goType>[0], survey: Survey): string | undefined {
  try {
    const name = goType(type, survey)
    return name.startsWith('[') ? undefined : name
  } catch {
    return undefined
  }
}

function functionText(subject: Subject, module: Module): string {
  const name = functionName(subject.declaration.name, module.survey)
  return signatureAndBody(`func ${name}`, subject, module)
}

function signatureAndBody(head: string, subject: Subject, module: Module): string {
  const { declaration } = subject
  const writing = newWriting(module, subject)
  const lines = block(declaration.body, writing)
  const shape = resultShape(subject, module.survey)
  if (shape.types.length > 0 && !ends(declaration.body)) lines.push('panic("unreachable")')
  if (shape.types.length === 0 && shape.error && !ends(declaration.body)) lines.push('return nil')
  return [
    `${head}(${parametersOf(subject, module)})${resultOf(subject, module)} {`,
    ...indented(trimmed(lines)),
    '}',
  ].join('\n')
}

/** A bare `return` at the end says nothing. */
function trimmed(lines: string[]): string[] {
  return lines.at(-1) === 'return' ? lines.slice(0, -1) : lines
}

/** `values []int, low, high int`. */
function parametersOf({ key, declaration }: Subject, { survey }: Module): string {
  const typed = declaration.parameters.map(({ name, type }) => {
    const spelled = goType(type, survey)
    return [unexported(name), survey.pointers.has(`${key}.${name}`) ? `*${spelled}` : spelled] as const
  })
  return typed.map(([name, type], at) => (typed[at + 1]?.[1] === type ? name : `${name} ${type}`)).join(', ')
}

function resultOf(subject: Subject, { survey }: Module): string {
  const shape = resultShape(subject, survey)
  const types = shape.types.map((type) => goType(type, survey))
  if (shape.flag) types.push('bool')
  if (shape.error) types.push('error')
  if (types.length === 0) return ''
  return types.length === 1 ? ` ${types[0]}` : ` (${types.join(', ')})`
}

function classText(
  of: ClassDeclaration,
  module: Module,
  documentation: (name: string, lines: string) => string,
): string {
  const { survey } = module
  const type = documentation(of.name, structText(of.name, of.fields, unexported, survey))
  const methods = of.methods.map((method) => {
    const subject = survey.subjects.get(`${of.name}.${method.name}`)!
    const { receiver } = newWriting(module, subject)
    return signatureAndBody(
      `func (${receiver} *${exported(of.name)}) ${exported(method.name)}`,
      subject,
      module,
    )
  })
  return [type, constructorText(of, module), ...methods].join('\n\n')
}

/** `NewCart`: a literal where every field is given a value of its own, else a sequence of assignments. */
function constructorText(of: ClassDeclaration, module: Module): string {
  const { survey } = module
  const subject = survey.subjects.get(of.name)!
  const writing = newWriting(module, subject)
  const name = exported(of.name)
  const head = `func New${name}(${parametersOf(subject, module)}) ${survey.fallible.has(of.name) ? `(*${name}, error)` : `*${name}`} {`
  const success = (value: string) => `return ${value}${survey.fallible.has(of.name) ? ', nil' : ''}`
  const { body } = of.constructor
  const plain = body.every(
    (statement) =>
      statement.kind === 'assign' &&
      statement.target.kind === 'field' &&
      statement.target.of.kind === 'self' &&
      ![...expressionsIn(statement.value)].some(({ kind }) => kind === 'self') &&
      statement.target.type.kind !== 'optional',
  )
  if (!plain) {
    const lines = block(body, writing)
    return [
      head,
      ...indented([`${writing.receiver} := &${name}{}`, ...lines, success(writing.receiver)]),
      '}',
    ].join('\n')
  }
  const { value: items, lines } = captured(writing, () =>
    (body as (Statement & { kind: 'assign' })[]).flatMap(({ target, value }) => {
      const field = unexported((target as { name: string }).name)
      const made = expression(value, writing)
      const isEmpty =
        (value.kind === 'list' && value.items.length === 0) ||
        print(made) === print(zeroOf(target.type, survey))
      return isEmpty || (value.kind === 'float' && value.value === 0)
        ? []
        : [{ key: atom(field), value: made }]
    }),
  )
  const literal: Go = composite(`&${name}`, items)
  const oneLine = success(print(literal))
  const wide = items.map(({ key, value }) => [print(key), print(value)] as const)
  const width = Math.max(0, ...wide.map(([key]) => key.length))
  const long =
    oneLine.length > 70
      ? [
          `return &${name}{`,
          ...wide.map(([key, value]) => `\t${`${key}:`.padEnd(width + 1)} ${value},`),
          `}${survey.fallible.has(of.name) ? ', nil' : ''}`,
        ]
      : [oneLine]
  return [head, ...indented([...lines, ...long]), '}'].join('\n')
}
