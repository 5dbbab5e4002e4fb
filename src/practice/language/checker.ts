import { libraryNames } from './library.ts'
import { head, isLetter, isOpen, openType } from './open-types.ts'
import type { ClassDeclaration, Expression, Parameter, RecordDeclaration } from './program.ts'
import { readType } from './read-type.ts'
import { notYet, type Round } from './rounds.ts'
import { type Place, type Scope, visible } from './scope.ts'
import { type Node, refuse } from './surface.ts'
import type { Type } from './types.ts'

/** What a call of a function, a method or a constructor has to give. */
export interface Signature {
  parameters: Parameter[]
  result: Type
}

/** A class while it is checked: fields come from its constructor, one after another. */
export interface ClassTable {
  fields: Map<string, Type>
  constructor: Parameter[]
  methods: Map<string, Signature>
}

/** Everything that a program declares at its top. */
export interface Tables {
  records: Map<string, RecordDeclaration>
  classes: Map<string, ClassTable>
  functions: Map<string, Signature>
  /** Names that `from math import sqrt` brings: `sqrt` → `math.sqrt`. */
  imported: Map<string, string>
}

/** What checking carries along. */
export interface Checker {
  tables: Tables
  round: Round
  scope: Scope
  /** Class whose `self` is known here. */
  self: string | undefined
  /** Inside `__init__`, where fields get their types. */
  constructs: boolean
  /** Result of the function that is being checked; undefined where it gives nothing back. */
  result: Type | undefined
  /** The typed tree of an expression, of a type that `want` may help to find and that need not be `want`. */
  check(node: Node, want?: Type): Expression
  /** The same of a condition: a container's truth is a comparison of its length. */
  condition(node: Node): Expression
  /** What a loop goes through, and the type of its items. */
  iterable(node: Node): Iterable
  /** Does `inside` where `condition` came out as `truth`. */
  given<T>(condition: Expression, truth: boolean, inside: () => T): T
}

export interface Iterable {
  value: Expression
  item: Type
}

export function emptyTables(): Tables {
  return { records: new Map(), classes: new Map(), functions: new Map(), imported: new Map() }
}

export function tablesOf(program: {
  records: RecordDeclaration[]
  classes: ClassDeclaration[]
  functions: ({ name: string } & Signature)[]
}): Tables {
  return {
    records: new Map(program.records.map((record) => [record.name, record])),
    classes: new Map(program.classes.map((declared) => [declared.name, tableOf(declared)])),
    functions: new Map(program.functions.map((declared) => [declared.name, declared])),
    imported: new Map(),
  }
}

function tableOf(declared: ClassDeclaration): ClassTable {
  return {
    fields: new Map(declared.fields.map((field) => [field.name, field.type])),
    constructor: declared.constructor.parameters,
    methods: new Map(declared.methods.map((method) => [method.name, method])),
  }
}

/** An open type that can be widened, of something at this node. */
export function openAt(checker: Checker, node: Node, slot: string, letter?: true): Type {
  return openType(`${slot}@${node.start}`, checker.round, letter)
}

/** The place of a name that can be read here. */
export function placeOf(checker: Checker, node: Node): Place {
  const place = visible(checker.scope, node.text)
  if (place === undefined)
    return refuse(node, `there is no \`${node.text}\` here`, 'Assign it first, or mend its spelling.')
  if (!checker.scope.flow.assigned.has(place))
    return refuse(
      node,
      `\`${node.text}\` is not assigned on every path to here`,
      'Assign it before the branch or loop.',
    )
  return place
}

/** The type that an annotation names. */
export function readAnnotation(tables: Tables, node: Node): Type {
  const named = (name: string): Type | undefined =>
    tables.records.has(name) || tables.classes.has(name) ? { kind: 'record', name } : undefined
  return readType(node.text, named, (problem, instead) => refuse(node, problem, instead))
}

/** Refuses names that the library, the class or another declaration has. */
export function freeName(checker: Checker, node: Node): void {
  const { functions, records, classes, imported } = checker.tables
  const name = node.text
  if (libraryNames.has(name) || imported.has(name))
    refuse(node, `\`${name}\` is a name of the library`, 'Choose another name.')
  if (functions.has(name) || records.has(name) || classes.has(name) || name === 'self')
    refuse(node, `\`${name}\` is declared by the program`, 'Choose another name.')
}

/** A name that the source does not have. */
export function freshName(checker: Checker, node: Node, wanted: string): string {
  const taken = (name: string) =>
    new RegExp(`\\b${name}\\b`).test(node.source) || visible(checker.scope, name) !== undefined
  let name = wanted
  for (let count = 2; taken(name); count++) name = `${wanted}${count}`
  return name
}

/** Puts off what needs a type that nothing has said yet. A literal of one character is known well enough. */
export function known(type: Type, at: Node): Type {
  const found = head(type)
  if (isOpen(found) && !isLetter(found))
    notYet(
      at,
      'the type of this is not known yet',
      'Annotate it where it is assigned first: `name: list[int] = []`.',
    )
  return found
}
