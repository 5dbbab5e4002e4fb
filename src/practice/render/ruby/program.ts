import type {
  ClassDeclaration,
  FunctionDeclaration,
  Parameter,
  Program,
  RecordDeclaration,
  Statement,
} from '../../language/program.ts'
import { knowledgeOf } from '../knowledge.ts'
import { type Doc, hardline, indent, join, print } from '../print.ts'
import { type Style, Unsupported } from '../renderer.ts'
import { sameLengthIn } from '../same-length.ts'
import { expressionsOfProgram, statementsOfProgram } from '../walk.ts'
import { comment, type Documented } from './documentation.ts'
import { expression } from './expressions.ts'
import { spell, spellFunction } from './spelling.ts'
import { block } from './statements.ts'
import { type Writing, writingOf } from './writing.ts'

/** A file: what it requires, structs, classes and methods, a blank line apart. */
export function fileText(program: Program, style: Style): string {
  const writing = writingOf(program, style)
  const define = (name: string, definition: Doc, signature?: Documented['signature']): Doc => {
    if (!style.documentation || name !== program.entry) return definition
    const { form, content } = style.documentation
    return [comment({ name, content, ...(signature && { signature }) }, form, writing), hardline, definition]
  }
  const definitions = [
    ...program.records.map((record) => define(record.name, struct(record))),
    ...program.classes.map((of) => define(of.name, classOf(of, program, writing))),
    ...program.functions.map((of) => define(of.name, method(spellFunction(of.name), of, writing), of)),
  ]
  const body = print(join([hardline, hardline], definitions), { width: 100, tab: '  ', tabWidth: 2 })
  if (/\bDate\b/.test(body)) writing.requires.add('date')
  const requires = [...writing.requires].toSorted().map((name) => `require '${name}'`)
  const head = [
    ...(writing.frozen ? ['# frozen_string_literal: true', ''] : []),
    ...(requires.length > 0 ? [...requires, ''] : []),
  ]
  return [...head, `${body}\n`].join('\n')
}

function struct({ name, fields }: RecordDeclaration): Doc {
  if (fields.length === 0) throw new Unsupported('a record without fields')
  return `${spell(name, 'type')} = Struct.new(${fields.map((field) => `:${spell(field.name, 'field')}`).join(', ')})`
}

function method(name: string, { parameters, body, result }: FunctionDeclaration, writing: Writing): Doc {
  const inner: Writing = { ...writing, knowledge: knowledgeOf({ body }), sameLength: sameLengthIn(body) }
  const given = parameters.map((of) => parameter(of, inner))
  const statements: readonly Statement[] =
    result.kind === 'none' || always(body)
      ? body
      : [...body, { kind: 'return', value: { kind: 'none', type: result } }]
  const head = [`def ${name}`, given.length > 0 ? ['(', join(', ', given), ')'] : '']
  const isEmpty = statements.length === 0
  return [
    head,
    isEmpty ? '' : indent(hardline, block(statements, inner, result.kind !== 'none')),
    hardline,
    'end',
  ]
}

/** Whether a body ends in `return` or `raise` on every way. */
function always(body: readonly Statement[]): boolean {
  const last = body.at(-1)
  switch (last?.kind) {
    case 'return':
    case 'raise':
      return true
    case 'if':
      return (
        last.otherwise.length > 0 &&
        [...last.branches.map((branch) => branch.body), last.otherwise].every(always)
      )
    case 'try':
      return always(last.body) && always(last.handler)
    case 'while':
      return last.condition.kind === 'bool' && last.condition.value
    default:
      return false
  }
}

function parameter({ name, default: value }: Parameter, writing: Writing): Doc {
  const spelled = spell(name, 'variable')
  return value === undefined ? spelled : [`${spelled} = `, expression(value, writing)]
}

function classOf(of: ClassDeclaration, program: Program, writing: Writing): Doc {
  const { readers, accessors } = accessed(of, program)
  const members: Doc[] = []
  const attributes = [
    ...(readers.length > 0 ? [`attr_reader ${readers.join(', ')}`] : []),
    ...(accessors.length > 0 ? [`attr_accessor ${accessors.join(', ')}`] : []),
  ]
  if (attributes.length > 0) members.push(join(hardline, attributes))
  const init = { name: 'initialize', ...of.constructor, result: { kind: 'none' } as const }
  members.push(method('initialize', init, writing))
  for (const one of of.methods) members.push(method(spell(one.name, 'function'), one, writing))
  return [
    `class ${spell(of.name, 'type')}`,
    indent(hardline, join([hardline, hardline], members)),
    hardline,
    'end',
  ]
}

/** Fields that are read from without, and those that are assigned too, as symbols. */
function accessed(
  { name, fields }: ClassDeclaration,
  program: Program,
): { readers: string[]; accessors: string[] } {
  const isOf = (of: { of: { type: { kind: string; name?: string }; kind: string } }) =>
    of.of.kind !== 'self' && of.of.type.kind === 'record' && of.of.type.name === name
  const read = new Set(
    expressionsOfProgram(program).flatMap((of) => (of.kind === 'field' && isOf(of) ? [of.name] : [])),
  )
  const written = new Set(
    statementsOfProgram(program).flatMap((of) =>
      (of.kind === 'assign' || of.kind === 'update') && of.target.kind === 'field' && isOf(of.target)
        ? [of.target.name]
        : [],
    ),
  )
  const symbols = (test: (field: string) => boolean) =>
    fields.filter((field) => test(field.name)).map((field) => `:${spell(field.name, 'field')}`)
  return {
    readers: symbols((field) => read.has(field) && !written.has(field)),
    accessors: symbols((field) => written.has(field)),
  }
}
