import type {
  ClassDeclaration,
  Expression,
  FunctionDeclaration,
  Parameter,
  Program,
  RecordDeclaration,
  Statement,
} from '../../language/program.ts'
import { knowledgeOf } from '../knowledge.ts'
import { bracketed, type Doc, group, hardline, indent, join, print } from '../print.ts'
import { type Style, Unsupported } from '../renderer.ts'
import { expressionsOfProgram, statementsOfProgram } from '../walk.ts'
import { annotation } from './annotations.ts'
import { reassignedIn } from './declared.ts'
import { documented, typedef } from './documentation.ts'
import { expression, fieldOf, methodName, operand } from './expressions.ts'
import { helperCode } from './helpers.ts'
import { guardedIn, signedIn } from './indexes.ts'
import { hasTextKeys } from './keys.ts'
import { mannerOf } from './manner.ts'
import { objectsOf } from './objects.ts'
import { namesOf, spell } from './spelling.ts'
import { block, braced, ended } from './statements.ts'
import type { Writing } from './writing.ts'
import { arrow } from './written.ts'

/** The whole file: records, helpers, classes and functions. */
export function programText(program: Program, style: Style, typed: boolean): string {
  refuseHiddenKeys(program)
  const writing: Writing = {
    typed,
    manner: mannerOf(style.variant),
    program,
    helpers: new Map(),
    taken: namesOf(program),
    renames: new Map(),
    knowledge: knowledgeOf({ body: [] }),
    catches: statementsOfProgram(program).some(({ kind }) => kind === 'try'),
    objects: new Set(),
    reassigned: new Set(),
    signed: new Set(),
    guarded: new Set(),
    hidden: new Set(),
  }
  const above = (name: string, of: Doc, signature?: FunctionDeclaration): Doc => {
    if (name !== program.entry || style.documentation === undefined) return of
    return [documented(style.documentation, signature, style, writing), hardline, of]
  }
  const showsRecords = style.types && style.documentation?.form === 'doc'
  const records = program.records.flatMap((of) => {
    if (typed) return [recordType(of, writing)]
    return showsRecords ? [typedef(of, writing)] : []
  })
  const classes = program.classes.map((of) =>
    above(of.name, [exported(of.name, writing), classOf(of, writing)]),
  )
  const functions = program.functions.map((of) =>
    above(of.name, [exported(of.name, writing), functionOf(of, writing)], of),
  )
  const helpers = [...writing.helpers.keys()].map((key) =>
    join(hardline, helperCode(key, writing).split('\n')),
  )
  const parts = [...records, ...helpers, ...classes, ...functions]
  const { width } = writing.manner
  return `${print(join([hardline, hardline], parts), { width, tab: '  ', tabWidth: 2 })}\n`
}

/** A caller would hand over, or get, sets and maps of objects, which JavaScript finds by identity alone. */
function refuseHiddenKeys(program: Program): void {
  const entry = program.functions.find(({ name }) => name === program.entry)
  if (entry === undefined) return
  for (const type of [entry.result, ...entry.parameters.map(({ type }) => type)])
    if (hasTextKeys(type)) throw new Unsupported('sets and maps of compound values at the border')
}

function exported(name: string, { program, manner }: Writing): string {
  return name === program.entry && manner.exported ? 'export ' : ''
}

/** What is known of one function while it is written. */
function within(body: readonly Statement[], writing: Writing): Writing {
  return {
    ...writing,
    knowledge: knowledgeOf({ body: [...body] }),
    objects:
      writing.manner.tables === 'object'
        ? objectsOf({ body: [...body] }, writing.manner.counts === 'object')
        : new Set(),
    reassigned: reassignedIn(body),
    signed: signedIn(body),
    guarded: guardedIn(body),
  }
}

function functionOf(of: FunctionDeclaration, outer: Writing): Doc {
  const { name, parameters, result, body } = of
  const writing = within(body, outer)
  const given = parameters.map((parameter) => parameterOf(parameter, writing))
  const type = writing.typed ? `: ${annotation(result, writing)}` : ''
  const spelled = spell(name, 'function')
  if (writing.manner.functions === 'declaration')
    return braced([`function ${spelled}`, bracketed('(', given, ')', ','), type], linesOf(body, writing))
  const [only] = body
  if (body.length === 1 && only!.kind === 'return' && only!.value !== undefined)
    return ended([`const ${spelled} = `, arrow(given, operand(only!.value, writing), type).doc], writing)
  const head = [`const ${spelled} = `, bracketed('(', given, ')', ','), type, ' =>']
  return [braced(head, linesOf(body, writing)), writing.manner.end]
}

function linesOf(body: readonly Statement[], writing: Writing): Doc[] {
  return body.length === 0 ? [] : [block(body, writing)]
}

function parameterOf({ name, type, default: value }: Parameter, writing: Writing): Doc {
  const spelled = spell(name, 'variable')
  if (value === undefined) return writing.typed ? `${spelled}: ${annotation(type, writing)}` : spelled
  const isTyped = writing.typed && (value.kind === 'none' || value.kind === 'convert' || type.kind === 'list')
  return [spelled, isTyped ? `: ${annotation(type, writing)}` : '', ' = ', expression(value, writing)]
}

function recordType({ name, fields }: RecordDeclaration, writing: Writing): Doc {
  const { end, records } = writing.manner
  const lines = fields.map(
    (field) => `${spell(field.name, 'field')}: ${annotation(field.type, writing)}${end}`,
  )
  if (records === 'interface') return braced(`interface ${spell(name, 'type')}`, lines)
  return [braced(`type ${spell(name, 'type')} =`, lines), end]
}

function classOf(of: ClassDeclaration, outer: Writing): Doc {
  const inner = { ...outer, hidden: hiddenMembers(of, outer) }
  const { constructor: made, methods } = of
  const initial = initialValues(of)
  const writing = within(made.body, inner)
  const fields = of.fields.flatMap(({ name, type }): Doc[] => {
    const value = initial?.get(name)
    const isHidden = writing.hidden.has(name)
    if (value === undefined && !writing.typed && !isHidden) return []
    const secret = writing.typed && !isHidden && name.startsWith('_') ? 'private ' : ''
    const isPlain = value !== undefined && ['int', 'float', 'bool', 'string'].includes(value.kind)
    const typed = writing.typed && !isPlain ? `: ${annotation(type, writing)}` : ''
    const start = value === undefined ? '' : [' = ', expression(value, writing)]
    return [ended([secret, fieldOf(name, writing), typed, start], writing)]
  })
  const members: Doc[] = fields.length > 0 ? [join(hardline, fields)] : []
  if (initial === undefined) {
    const given = made.parameters.map((parameter) => parameterOf(parameter, writing))
    members.push(braced(['constructor', bracketed('(', given, ')', ',')], linesOf(made.body, writing)))
  }
  for (const method of methods) members.push(methodOf(method, inner))
  return [
    `class ${spell(of.name, 'type')} {`,
    indent(hardline, join([hardline, hardline], members)),
    hardline,
    '}',
  ]
}

function methodOf({ name, parameters, result, body }: FunctionDeclaration, outer: Writing): Doc {
  const writing = within(body, outer)
  const given = parameters.map((parameter) => parameterOf(parameter, writing))
  const type = writing.typed ? `: ${annotation(result, writing)}` : ''
  return group(
    braced([methodName(name, writing), bracketed('(', given, ')', ','), type], linesOf(body, writing)),
  )
}

/** The fields' values where the constructor needs no parameters for them. */
function initialValues({ fields, constructor: made }: ClassDeclaration): Map<string, Expression> | undefined {
  if (made.parameters.length > 0) return undefined
  const values = new Map<string, Expression>()
  for (const statement of made.body) {
    if (
      statement.kind !== 'assign' ||
      statement.target.kind !== 'field' ||
      statement.target.of.kind !== 'self'
    )
      return undefined
    if (values.has(statement.target.name)) return undefined
    values.set(statement.target.name, statement.value)
  }
  return values.size === fields.length ? values : undefined
}

/** Fields and methods whose names say that they are private, and that no other code uses. */
function hiddenMembers({ fields, methods }: ClassDeclaration, { program, manner }: Writing): Set<string> {
  if (!manner.hidesFields) return new Set()
  const seen = new Set<string>()
  for (const of of expressionsOfProgram(program))
    if ((of.kind === 'field' || of.kind === 'method') && of.of.kind !== 'self') seen.add(of.name)
  return new Set(
    [...fields, ...methods].map(({ name }) => name).filter((name) => name.startsWith('_') && !seen.has(name)),
  )
}
