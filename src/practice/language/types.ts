/** Types of the exercise language. All values are immutable in type only: lists, maps and sets can be changed. */
export type Type =
  | { kind: 'int' }
  | { kind: 'float' }
  | { kind: 'bool' }
  | { kind: 'string' }
  /** One character: what indexing and iterating a string give. Python and its like have strings for it. */
  | { kind: 'char' }
  | { kind: 'date' }
  /** A span of whole days: what the difference of two dates is. */
  | { kind: 'days' }
  /** What a function without a value returns. */
  | { kind: 'none' }
  | { kind: 'list'; of: Type }
  | { kind: 'set'; of: Type }
  | { kind: 'map'; key: Type; value: Type }
  | { kind: 'tuple'; of: Type[] }
  | { kind: 'optional'; of: Type }
  /** An instance of a record or class of the program. */
  | { kind: 'record'; name: string }
  /** A function value: what a sort key or a small helper lambda is. */
  | { kind: 'function'; parameters: Type[]; result: Type }

export const INT: Type = { kind: 'int' }
export const FLOAT: Type = { kind: 'float' }
export const BOOL: Type = { kind: 'bool' }
export const STRING: Type = { kind: 'string' }
export const CHAR: Type = { kind: 'char' }
export const DATE: Type = { kind: 'date' }
export const DAYS: Type = { kind: 'days' }
export const NONE: Type = { kind: 'none' }

export function listOf(of: Type): Type {
  return { kind: 'list', of }
}
export function setOf(of: Type): Type {
  return { kind: 'set', of }
}
export function mapOf(key: Type, value: Type): Type {
  return { kind: 'map', key, value }
}
export function tupleOf(...of: Type[]): Type {
  return { kind: 'tuple', of }
}
export function optionalOf(of: Type): Type {
  return { kind: 'optional', of }
}

/** The type as the surface language writes it: `dict[str, list[int]]`. Equal types have equal spellings. */
export function spellType(type: Type): string {
  switch (type.kind) {
    case 'string':
      return 'str'
    case 'days':
      return 'timedelta'
    case 'none':
      return 'None'
    case 'list':
    case 'set':
      return `${type.kind}[${spellType(type.of)}]`
    case 'map':
      return `dict[${spellType(type.key)}, ${spellType(type.value)}]`
    case 'tuple':
      return `tuple[${type.of.map(spellType).join(', ')}]`
    case 'optional':
      return `${spellType(type.of)} | None`
    case 'record':
      return type.name
    case 'function':
      return `Callable[[${type.parameters.map(spellType).join(', ')}], ${spellType(type.result)}]`
    default:
      return type.kind
  }
}

export function sameType(a: Type, b: Type): boolean {
  return spellType(a) === spellType(b)
}
