import type { Program } from './program.ts'

/** What a name is of. A class or record is a `type`; a variable is a parameter, a local, a loop's or a lambda's. */
export type Role = 'function' | 'type' | 'method' | 'field' | 'variable'

/** The new spelling of a name. `scope` is the function, or `Class.method`, that a variable lives in. */
export type Spell = (name: string, role: Role, scope: string) => string

/** The kinds of nodes that hold a name, the property that holds it, and what it is a name of. */
const named: Record<string, [property: string, role: Role]> = {
  name: ['name', 'variable'],
  declare: ['name', 'variable'],
  field: ['name', 'field'],
  construct: ['name', 'type'],
  record: ['name', 'type'],
  call: ['function', 'function'],
  method: ['name', 'method'],
}

/** A copy of the program in which every name that it declares is spelled anew. Names of the library stay. */
export function mapNames(program: Program, spell: Spell): Program {
  const inside = <T>(tree: T, scope: string): T => mapTree(tree, spell, scope)
  return {
    records: program.records.map(({ name, fields }) => ({
      name: spell(name, 'type', ''),
      fields: fields.map((field) => ({ name: spell(field.name, 'field', ''), type: inside(field.type, '') })),
    })),
    classes: program.classes.map((declared) => ({
      name: spell(declared.name, 'type', ''),
      fields: declared.fields.map((field) => ({
        name: spell(field.name, 'field', ''),
        type: inside(field.type, ''),
      })),
      constructor: inside({ ...declared.constructor }, `${declared.name}.__init__`),
      methods: declared.methods.map(({ name, ...method }) => ({
        name: spell(name, 'method', ''),
        ...inside(method, `${declared.name}.${name}`),
      })),
    })),
    functions: program.functions.map(({ name, ...declared }) => ({
      name: spell(name, 'function', ''),
      ...inside(declared, name),
    })),
    entry: spell(
      program.entry,
      program.classes.some(({ name }) => name === program.entry) ? 'type' : 'function',
      '',
    ),
  }
}

function mapTree<T>(tree: T, spell: Spell, scope: string): T {
  if (Array.isArray(tree)) return tree.map((inner) => mapTree(inner, spell, scope)) as T
  if (tree === null || typeof tree !== 'object') return tree
  const { kind } = tree as { kind?: string }
  // Parameters, and the variables of loops and lambdas, are the nodes without a kind that have a name.
  const [property, role] = kind === undefined ? (['name', 'variable'] as const) : (named[kind] ?? [])
  const entries = Object.entries(tree).map(([key, value]) => [
    key,
    key === property && role !== undefined && typeof value === 'string'
      ? spell(value, role, scope)
      : mapTree(value, spell, scope),
  ])
  return Object.fromEntries(entries)
}
