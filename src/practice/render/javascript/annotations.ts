import type { Type } from '../../language/types.ts'
import { keyType } from './keys.ts'
import { spell } from './spelling.ts'
import type { Writing } from './writing.ts'

/** The type as TypeScript, and JSDoc, write it. */
export function annotation(type: Type, writing: Writing): string {
  const inner = (of: Type) => annotation(of, writing)
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'days':
      return 'number'
    case 'bool':
      return 'boolean'
    case 'string':
    case 'char':
      return 'string'
    case 'date':
      return 'Date'
    case 'none':
      return 'void'
    case 'list': {
      const of = inner(type.of)
      if (writing.manner.lists === 'Array<T>') return `Array<${of}>`
      return /^[\w<>, [\]]+$/.test(of) ? `${of}[]` : `(${of})[]`
    }
    case 'set':
      return `Set<${inner(keyType(type.of))}>`
    case 'map':
      return `Map<${inner(keyType(type.key))}, ${inner(type.value)}>`
    case 'tuple':
      return `[${type.of.map(inner).join(', ')}]`
    case 'optional':
      return `${inner(type.of)} | null`
    case 'record':
      return spell(type.name, 'type')
    case 'function': {
      const letters = ['a', 'b', 'c', 'd']
      const parameters = type.parameters.map((of, index) => `${letters[index]}: ${inner(of)}`)
      return `(${parameters.join(', ')}) => ${inner(type.result)}`
    }
  }
}
