import { type Checker, readAnnotation, type Signature, type Tables } from './checker.ts'
import { coerce } from './coerce.ts'
import { libraryNames } from './library.ts'
import type { Expression, Parameter } from './program.ts'
import { type Node, need, part, refuse } from './surface.ts'

/** The declarations of a source text, sorted by what they are, before anything is checked. */
export interface Declarations {
  records: { name: string; node: Node }[]
  classes: { name: string; node: Node; isData: boolean }[]
  functions: { name: string; node: Node }[]
}

/** Finds what stands at the top. Imports of the library are taken in; anything else is refused. */
export function findDeclarations(module: Node, tables: Tables): Declarations {
  const found: Declarations = { records: [], classes: [], functions: [] }
  const names = new Set<string>()
  for (const node of module.children) {
    const decorator = node.children.find((child) => child.type === 'decorator')
    const inner = part(node, 'definition') ?? node
    if (decorator !== undefined && (decorator.text !== '@dataclass' || inner.type !== 'class_definition'))
      refuse(
        decorator,
        'the only decorator is @dataclass',
        'Leave it out, or write `@dataclass` above a class.',
      )
    if (inner.type === 'class_definition' || inner.type === 'function_definition') {
      const name = need(inner, 'name')
      newName(name, names)
      const entry = { name: name.text, node: inner }
      if (inner.type === 'function_definition') found.functions.push(entry)
      else if (decorator !== undefined && methodsOf(inner).length === 0) found.records.push(entry)
      else found.classes.push({ ...entry, isData: decorator !== undefined })
    } else if (inner.type === 'import_statement' || inner.type === 'import_from_statement')
      takeImport(inner, tables)
    else if (!isText(inner))
      refuse(inner, 'only functions and classes stand at the top', 'Put it into the function that uses it.')
  }
  return found
}

function newName(node: Node, names: Set<string>): void {
  if (names.has(node.text)) refuse(node, `\`${node.text}\` is declared twice`, 'Choose another name.')
  if (libraryNames.has(node.text))
    refuse(node, `\`${node.text}\` is a name of the library`, 'Choose another name.')
  names.add(node.text)
}

/** A text by itself: a documentation string, which the tree leaves out. */
export function isText(node: Node): boolean {
  return node.type === 'expression_statement' && node.children[0]?.type === 'string'
}

export function methodsOf(declared: Node): Node[] {
  return need(declared, 'body').children.filter((child) => child.type === 'function_definition')
}

const importable: Record<string, string[]> = {
  datetime: ['date', 'timedelta'],
  dataclasses: ['dataclass'],
  __future__: ['annotations'],
}

function takeImport(node: Node, tables: Tables): void {
  if (node.type === 'import_statement') {
    if (node.text !== 'import math')
      refuse(node, 'this is not imported', 'Use what the library of the language has.')
    return
  }
  const module = need(node, 'module_name').text
  for (const name of node.children.filter((child) => child.field === 'name')) {
    if (module === 'math') tables.imported.set(name.text, `math.${name.text}`)
    else if (!importable[module]?.includes(name.text))
      refuse(node, 'this is not imported', 'Use what the library of the language has.')
  }
}

/** Parameters and result of a function; of a method without its `self`. */
export function readSignature(
  checker: Checker,
  node: Node,
  isMethod: boolean,
): Signature & { givesBack: boolean } {
  const nodes = need(node, 'parameters').children
  if (isMethod && nodes[0]?.text !== 'self')
    refuse(nodes[0] ?? node, "a method's first parameter is self", 'Write `self` first.')
  const parameters = (isMethod ? nodes.slice(1) : nodes).map((parameter) => readParameter(checker, parameter))
  const names = new Set<string>()
  parameters.forEach(({ name }, index) => {
    const at = nodes[index + (isMethod ? 1 : 0)]!
    if (names.has(name)) refuse(at, `there are two parameters \`${name}\``, 'Rename one.')
    if (parameters[index]!.default === undefined && parameters[index - 1]?.default !== undefined)
      refuse(at, 'a parameter without a default follows one with a default', 'Put those with defaults last.')
    names.add(name)
  })
  const resultNode = part(node, 'return_type')
  const isConstructor = isMethod && need(node, 'name').text === '__init__'
  if (resultNode === undefined && !isConstructor)
    refuse(
      need(node, 'name'),
      'the type of the result is missing',
      'Write `-> int:`, or `-> None:` where nothing is given back.',
    )
  const result =
    resultNode === undefined ? ({ kind: 'none' } as const) : readAnnotation(checker.tables, resultNode)
  return { parameters, result, givesBack: result.kind !== 'none' }
}

function readParameter(checker: Checker, node: Node): Parameter {
  const annotation = part(node, 'type')
  const nameNode = part(node, 'name') ?? node.children[0]
  if (annotation === undefined || nameNode?.type !== 'identifier' || node.type === 'default_parameter')
    return refuse(node, 'a parameter has a name and a type', 'Write `name: type`.')
  const { functions, records, classes } = checker.tables
  const name = nameNode.text
  if (libraryNames.has(name)) refuse(nameNode, `\`${name}\` is a name of the library`, 'Choose another name.')
  if (functions.has(name) || records.has(name) || classes.has(name) || name === 'self')
    refuse(nameNode, `\`${name}\` is declared by the program`, 'Choose another name.')
  const type = readAnnotation(checker.tables, annotation)
  if (type.kind === 'none') refuse(annotation, 'None alone is no type of a parameter', 'Write `T | None`.')
  const value = part(node, 'value')
  if (value === undefined) return { name, type }
  const found = coerce(checker.check(value, type), type, value)
  if (!isLiteral(found)) refuse(value, 'a default is a literal', 'Write a number, a string, a bool or None.')
  return { name, type, default: found }
}

function isLiteral(value: Expression): boolean {
  if (value.kind === 'convert' || value.kind === 'negate') return isLiteral(value.value)
  return ['int', 'float', 'bool', 'string', 'none'].includes(value.kind)
}

/** Fields of a `@dataclass`. */
export function readFields(tables: Tables, declared: Node): Parameter[] {
  const fields: Parameter[] = []
  for (const child of need(declared, 'body').children) {
    const field = child.type === 'expression_statement' ? child.children[0] : undefined
    if (isText(child) || child.type === 'pass_statement' || child.type === 'function_definition') continue
    const annotation = field && part(field, 'type')
    if (field?.type !== 'assignment' || annotation === undefined)
      return refuse(child, 'a record has fields only', 'Write `name: type`.')
    const name = need(field, 'left')
    if (part(field, 'right') !== undefined)
      refuse(field, 'a field has no default', 'Give it where the record is made.')
    if (name.type !== 'identifier' || fields.some((other) => other.name === name.text))
      refuse(name, 'a field has a name of its own', 'Choose another name.')
    fields.push({ name: name.text, type: readAnnotation(tables, annotation) })
  }
  if (fields.length === 0) refuse(need(declared, 'name'), 'a record has fields', 'Write one.')
  return fields
}
