import type { Type } from '../../language/types.ts'
import { Unsupported } from '../renderer.ts'

/** A type as a signature has it. */
export function declared(type: Type): string {
  switch (type.kind) {
    case 'int':
    case 'days':
      return 'int'
    case 'float':
    case 'bool':
      return type.kind
    case 'string':
    case 'char':
      return 'string'
    case 'date':
      return 'DateTimeImmutable'
    case 'none':
      return 'void'
    case 'list':
    case 'tuple':
      return 'array'
    case 'set':
      keyed(type.of)
      return 'array'
    case 'map':
      keyed(type.key)
      return 'array'
    case 'optional':
      return `?${declared(type.of)}`
    case 'record':
      return type.name
    case 'function':
      return 'callable'
  }
}

/** A type as PHPDoc has it: `array<string, list<int>>`. */
export function documented(type: Type): string {
  switch (type.kind) {
    case 'list':
      return `list<${documented(type.of)}>`
    case 'set':
      return `array<${documented(type.of)}, true>`
    case 'map':
      return `array<${documented(type.key)}, ${documented(type.value)}>`
    case 'tuple':
      return `array{${type.of.map(documented).join(', ')}}`
    case 'optional':
      return `${documented(type.of)}|null`
    default:
      return declared(type)
  }
}

/** Whether PHPDoc says more than the signature. */
export function saysMore(type: Type): boolean {
  if (type.kind === 'optional') return saysMore(type.of)
  return ['list', 'set', 'map', 'tuple'].includes(type.kind)
}

/** Arrays have integers and strings as keys. */
export function keyed(type: Type): void {
  if (!['int', 'string', 'char'].includes(type.kind))
    throw new Unsupported(`a ${type.kind} as the key of an array`)
}
