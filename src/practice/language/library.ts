import table from './library.json' with { type: 'json' }
import { openType } from './open-types.ts'
import { type Builtin, builtins } from './program.ts'
import { readType } from './read-type.ts'
import { CHAR, STRING, type Type } from './types.ts'

/**
 * What a function or method of the library takes and gives, read from `library.json`. There `T?` may be left out,
 * `iterable[T]` is anything that a loop goes through, `C` is a char or a string, and K, V and T are any types, the
 * same in one call. What needs more than that has a file of its own (`check-library.ts`).
 */
export interface LibrarySignature {
  parameters: { type: Type; optional: boolean; iterable: boolean }[]
  result: Type
}

const signatures: Record<string, string> = table
const names = new Set<string>(builtins)

export function isBuiltin(name: string): name is Builtin {
  return names.has(name)
}

/** Names that the library takes from the program's own: `len`, `date`, `math`. */
export const libraryNames: ReadonlySet<string> = new Set([
  ...builtins.filter((name) => !name.includes('.')),
  'math',
])

/** The signature with new open types; `letter` says whether `C` is a char here. Undefined for what has none. */
export function signatureOf(name: string, letter: boolean): LibrarySignature | undefined {
  const text = signatures[name]
  if (text === undefined) return undefined
  const open = new Map<string, Type>([
    ['C', letter ? CHAR : STRING],
    ['char', CHAR],
  ])
  const named = (variable: string) => {
    const type = open.get(variable) ?? openType()
    open.set(variable, type)
    return type
  }
  const read = (type: string) =>
    readType(type, named, (problem) => {
      throw new Error(`library.json, ${name}: ${problem}`)
    })
  const [before = '', result = ''] = text.split(' -> ')
  const parameters = before.split(/, (?![^[]*\])/).map((parameter) => ({
    type: read(parameter.replace(/\?$/, '').replace(/^iterable\[(.*)\]$/, '$1')),
    optional: parameter.endsWith('?'),
    iterable: parameter.startsWith('iterable['),
  }))
  return { parameters, result: read(result) }
}

/** The kinds of values that have a method of this name, such as `list` for `append`. */
export function ownersOf(method: string): string[] {
  return builtins
    .filter((name) => name.endsWith(`.${method}`))
    .map((name) => name.slice(0, name.indexOf('.')))
}

/** Their results are gone through at once: no name holds them. */
export const lazyBuiltins: ReadonlySet<string> = new Set([
  'range',
  'enumerate',
  'zip',
  'reversed',
  'dict.items',
  'dict.keys',
  'dict.values',
])
