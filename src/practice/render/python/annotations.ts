import type { Type } from '../../language/types.ts'
import { needs, type Writing } from './writing.ts'

/** A type as an annotation, `dict[str, list[int]]`. Imports what it names. */
export function annotation(type: Type, writing: Writing): string {
  const of = (inner: Type) => annotation(inner, writing)
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'bool':
      return type.kind
    case 'string':
    case 'char':
      return 'str'
    case 'none':
      return 'None'
    case 'date':
      needs(writing, 'datetime', 'date')
      return 'date'
    case 'days':
      needs(writing, 'datetime', 'timedelta')
      return 'timedelta'
    case 'list':
    case 'set':
      return `${type.kind}[${of(type.of)}]`
    case 'map':
      return `dict[${of(type.key)}, ${of(type.value)}]`
    case 'tuple':
      return `tuple[${type.of.map(of).join(', ') || '()'}]`
    case 'optional':
      if (!writing.optional) return `${of(type.of)} | None`
      needs(writing, 'typing', 'Optional')
      return `Optional[${of(type.of)}]`
    case 'record':
      return type.name
    case 'function':
      needs(writing, 'typing', 'Callable')
      return `Callable[[${type.parameters.map(of).join(', ')}], ${of(type.result)}]`
  }
}
