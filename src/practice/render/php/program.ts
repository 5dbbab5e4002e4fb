import type {
  ClassDeclaration,
  Expression,
  FunctionDeclaration,
  Parameter,
  Program,
  RecordDeclaration,
} from '../../language/program.ts'
import { knowledgeOf } from '../knowledge.ts'
import { freshName } from '../names.ts'
import { bracketed, type Doc, hardline, indent, join, print } from '../print.ts'
import type { Style } from '../renderer.ts'
import { sameLengthIn } from '../same-length.ts'
import {
  assignedIn,
  changedIn,
  expressionsIn,
  expressionsOfProgram,
  rootOf,
  statementsOfProgram,
} from '../walk.ts'
import { type Documented, docBlock, lineComment } from './documentation.ts'
import { expression } from './expressions.ts'
import { className, functionName, spell, variable } from './spelling.ts'
import { block } from './statements.ts'
import { declared } from './types.ts'
import { inside, type Writing, writingOf } from './writing.ts'

/** A file: its head, classes and functions, an empty line apart. */
export function fileText(program: Program, style: Style): string {
  const writing = writingOf(program, style)
  const fieldsOf = (record: string) =>
    program.records.find(({ name }) => name === record)?.fields.map(({ type }) => type) ?? []
  const define = (name: string, definition: Doc, signature?: Documented['signature']): Doc => {
    if (!style.documentation || name !== program.entry) return definition
    const of: Documented = {
      name,
      content: style.documentation.content,
      fieldsOf,
      ...(signature && { signature }),
    }
    return [style.documentation.form === 'doc' ? docBlock(of) : lineComment(of), hardline, definition]
  }
  const definitions = [
    ...program.records.map((record) => define(record.name, recordOf(record))),
    ...program.classes.map((of) => define(of.name, classOf(of, program, writing))),
    ...program.functions.map((of) =>
      define(of.name, functionOf('function ', functionName(of.name), of, writing), of),
    ),
  ]
  const body = print(join([hardline, hardline], definitions), { width: 110, tab: '    ', tabWidth: 4 })
  return `<?php\n\n${writing.strict ? 'declare(strict_types=1);\n\n' : ''}${body}\n`
}

function functionOf(
  keyword: string,
  name: string,
  { parameters, body, result }: FunctionDeclaration,
  writing: Writing,
  isConstructor = false,
): Doc {
  const own = inFunction(parameters, body, writing)
  const given = parameters.map((of) => parameter(of, own))
  const head = [
    `${keyword}${name}`,
    bracketed('(', given, ')', ','),
    isConstructor ? '' : `: ${declared(result)}`,
  ]
  const statements = block(body, own)
  const isEmpty = Array.isArray(statements) && statements.length === 0
  return [head, hardline, '{', isEmpty ? '' : indent(hardline, statements), hardline, '}']
}

/** What is to be known of a function while its body is written. */
function inFunction(
  parameters: readonly Parameter[],
  body: FunctionDeclaration['body'],
  writing: Writing,
): Writing {
  const taken = new Set([...parameters.map(({ name }) => name), ...assignedIn(body)])
  for (const part of expressionsIn(body)) {
    if (part.kind === 'name') taken.add(part.name)
    if (part.kind === 'lambda') for (const { name } of part.parameters) taken.add(name)
  }
  const changed = changedIn(body)
  const root = (of: Expression) => rootOf(of) ?? ''
  return {
    ...writing,
    knowledge: knowledgeOf({ body }),
    sameLength: sameLengthIn(body),
    fresh: (...wanted) => {
      const name = freshName(wanted, taken)
      taken.add(name)
      return name
    },
    isChanged: (target, value) => changed.has(root(target)) || changed.has(root(value)),
  }
}

/** An array that the function changes for its caller is a reference. */
function parameter({ name, type, default: value, changed }: Parameter, writing: Writing): Doc {
  const isReference = changed && ['list', 'map', 'set', 'tuple'].includes(type.kind)
  const typed = `${declared(type)} ${isReference ? '&' : ''}${variable(name)}`
  return value === undefined ? typed : [typed, ' = ', expression(value, inside(writing))]
}

function recordOf({ name, fields }: RecordDeclaration): Doc {
  const promoted = fields.map((field) => `public ${declared(field.type)} $${spell(field.name, 'field')},`)
  const init = ['public function __construct(', indent(hardline, join(hardline, promoted)), hardline, ') {}']
  return [`final class ${className(name)}`, hardline, '{', indent(hardline, init), hardline, '}']
}

function classOf(of: ClassDeclaration, program: Program, writing: Writing): Doc {
  const seen = fieldsSeen(of, program)
  const fields = of.fields.map(
    ({ name, type }) =>
      `${seen.has(name) ? 'public' : 'private'} ${declared(type)} $${spell(name, 'field')};`,
  )
  const init = { name: '__construct', ...of.constructor, result: { kind: 'none' } as const }
  const members = [
    ...(fields.length > 0 ? [join(hardline, fields)] : []),
    functionOf('public function ', '__construct', init, writing, true),
    ...of.methods.map((method) =>
      functionOf('public function ', spell(method.name, 'function'), method, writing),
    ),
  ]
  return [
    `class ${className(of.name)}`,
    hardline,
    '{',
    indent(hardline, join([hardline, hardline], members)),
    hardline,
    '}',
  ]
}

/** Fields that are read or assigned from without. */
function fieldsSeen({ name }: ClassDeclaration, program: Program): Set<string> {
  const targets = statementsOfProgram(program).flatMap((of) =>
    of.kind === 'assign' || of.kind === 'update' ? [of.target] : [],
  )
  return new Set(
    [...expressionsOfProgram(program), ...targets].flatMap((of) =>
      of.kind === 'field' && of.of.kind !== 'self' && of.of.type.kind === 'record' && of.of.type.name === name
        ? [of.name]
        : [],
    ),
  )
}
