import { newChecker } from './check-expressions.ts'
import { block } from './check-statements.ts'
import { type Checker, emptyTables, type Signature, type Tables } from './checker.ts'
import { markMutable } from './mutability.ts'
import { closeTree, offsetOf } from './open-types.ts'
import { usedTooEarly } from './order.ts'
import { placeNames } from './placement.ts'
import type {
  ClassDeclaration,
  FunctionDeclaration,
  Program,
  RecordDeclaration,
  Statement,
} from './program.ts'
import { findDeclarations, isText, methodsOf, readFields, readSignature } from './read-declarations.ts'
import { inRounds, type Round } from './rounds.ts'
import { newScope, type Place } from './scope.ts'
import { madeNode, type Node, need, refuse } from './surface.ts'
import type { Type } from './types.ts'

/** The tree with all types closed; refuses what no use has said the type of. */
export function closed<T>(module: Node, round: Round, tree: T): T {
  if (round.putOff.length > 0) return tree
  return closeTree(tree, (open) => {
    const start = offsetOf(open) ?? 0
    const text = /^.[^\n,)]*/.exec(module.source.slice(start))?.[0] ?? ''
    return refuse(
      { ...madeNode(module, 'place', text), start },
      'nothing says the type of this',
      'Annotate it: `name: list[int] = []`, `name: int | None = None`.',
    )
  })
}

/** The typed tree of a whole source text. */
export function checkProgram(module: Node, entry: string | undefined): Program {
  const program = inRounds(module, (round) => closed(module, round, checkOnce(module, entry, round)))
  markMutable(program)
  return program
}

function checkOnce(module: Node, entry: string | undefined, round: Round): Program {
  const tables = emptyTables()
  const declared = findDeclarations(module, tables)
  const checker = newChecker(tables, newScope([]), round)
  for (const { name } of declared.records) tables.records.set(name, { name, fields: [] })
  for (const { name } of declared.classes)
    tables.classes.set(name, { fields: new Map(), constructor: [], methods: new Map() })
  const records = declared.records.map(({ name, node }): RecordDeclaration => {
    const record = { name, fields: readFields(tables, node) }
    tables.records.set(name, record)
    return record
  })
  for (const { name } of declared.functions)
    tables.functions.set(name, { parameters: [], result: { kind: 'none' } })
  for (const { name, node } of declared.functions)
    tables.functions.set(name, readSignature(checker, node, false))
  for (const { name, node, isData } of declared.classes) readClass(checker, name, node, isData)
  const constructors = declared.classes.map(({ name, node, isData }) =>
    checkConstructor(checker, name, node, isData),
  )
  const classes = declared.classes.map(({ name, node }, index) =>
    checkClass(checker, name, node, constructors[index]!),
  )
  const functions = declared.functions.map(({ name, node }) =>
    checkFunction(checker, node, tables.functions.get(name)!, name),
  )
  const early = usedTooEarly(functions)
  if (early !== undefined) {
    const { node } = declared.functions.find(({ name }) => name === early.used)!
    refuse(
      need(node, 'name'),
      `\`${early.user}\` uses this and stands above it`,
      'Put helpers above what uses them.',
    )
  }
  return { records, classes, functions, entry: entryOf(module, entry, tables) }
}

function entryOf(module: Node, entry: string | undefined, tables: Tables): string {
  const last = [...tables.functions.keys()].at(-1) ?? [...tables.classes.keys()].at(-1)
  const found = entry ?? last
  if (found === undefined) return refuse(module, 'there is no function', 'Define one.')
  if (!tables.functions.has(found) && !tables.classes.has(found))
    return refuse(
      madeNode(module, 'entry', found),
      'the entry is not defined',
      'Name one of the functions or classes.',
    )
  return found
}

function readClass(checker: Checker, name: string, node: Node, isData: boolean): void {
  const table = checker.tables.classes.get(name)!
  const superclass = node.children.find((child) => child.field === 'superclasses')
  if (superclass !== undefined) refuse(superclass, 'a class inherits from nothing', 'Leave the brackets out.')
  for (const child of need(node, 'body').children)
    if (child.type !== 'function_definition' && child.type !== 'pass_statement' && !isText(child) && !isData)
      refuse(
        child,
        'a class has `__init__` and methods',
        'Set fields in `__init__`: `self.items: list[int] = []`.',
      )
  if (isData) {
    table.constructor = readFields(checker.tables, node)
    for (const field of table.constructor) table.fields.set(field.name, field.type)
  }
  for (const method of methodsOf(node)) {
    const methodName = need(method, 'name')
    if (methodName.text === '__init__') {
      if (isData) refuse(methodName, 'a dataclass has no `__init__`', 'Leave `@dataclass` out.')
      table.constructor = readSignature(checker, method, true).parameters
    } else if (methodName.text.startsWith('__')) {
      refuse(methodName, 'a class has no such method here', 'Give it a name of its own.')
    } else {
      if (table.methods.has(methodName.text) || table.fields.has(methodName.text))
        refuse(methodName, `\`${methodName.text}\` is declared twice`, 'Choose another name.')
      table.methods.set(methodName.text, readSignature(checker, method, true))
    }
  }
}

function checkConstructor(checker: Checker, name: string, node: Node, isData: boolean): Statement[] {
  const table = checker.tables.classes.get(name)!
  const self: Type = { kind: 'record', name }
  if (isData)
    return table.constructor.map(({ name: field, type }) => ({
      kind: 'assign',
      target: { kind: 'field', of: { kind: 'self', type: self }, name: field, type },
      value: { kind: 'name', name: field, type },
    }))
  const init = methodsOf(node).find((method) => need(method, 'name').text === '__init__')
  if (init === undefined) return []
  checker.constructs = true
  const { body } = checkBody(checker, init, { parameters: table.constructor, result: { kind: 'none' } }, name)
  checker.constructs = false
  return body
}

function checkClass(checker: Checker, name: string, node: Node, body: Statement[]): ClassDeclaration {
  const table = checker.tables.classes.get(name)!
  const methods = methodsOf(node)
    .filter((method) => need(method, 'name').text !== '__init__')
    .map((method) => {
      const methodName = need(method, 'name').text
      return checkFunction(checker, method, table.methods.get(methodName)!, methodName, name)
    })
  const fields = [...table.fields].map(([field, type]) => ({ name: field, type }))
  return { name, fields, constructor: { parameters: table.constructor, body }, methods }
}

function checkFunction(
  checker: Checker,
  node: Node,
  signature: Signature,
  name: string,
  self?: string,
): FunctionDeclaration {
  const { body, ended } = checkBody(checker, node, signature, self)
  if (signature.result.kind !== 'none' && !ended)
    refuse(need(node, 'name'), 'not every path gives a value back', 'End each with `return …` or `raise`.')
  return { name, parameters: signature.parameters, result: signature.result, body }
}

function checkBody(checker: Checker, node: Node, { parameters, result }: Signature, self?: string) {
  const whole = need(node, 'body')
  const [first, ...rest] = whole.children
  if (first === undefined)
    return refuse(need(node, 'name'), 'a body is missing', 'Write `pass`, or statements.')
  const body = { ...whole, children: isText(first) ? rest : whole.children }
  const places = parameters.map(({ name, type }): Place => ({ name, type, role: 'parameter' }))
  checker.scope = newScope(places)
  checker.self = self
  checker.result = result.kind === 'none' ? undefined : result
  const statements = block(checker, body, placeNames(body, [...places.map(({ name }) => name), 'self']))
  return { body: statements, ended: checker.scope.flow.ended }
}
