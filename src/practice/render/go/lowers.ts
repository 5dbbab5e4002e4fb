import type { Expression } from '../../language/program.ts'
import { isIterator } from '../lower.ts'

/** Whether Go needs loops or branches for an expression, so that its variable may as well be filled by them. */
export function lowers(of: Expression): boolean {
  switch (of.kind) {
    case 'comprehension':
    case 'map-comprehension':
    case 'conditional':
      return true
    case 'builtin': {
      const [source] = of.arguments
      if (!source) return false
      switch (of.name) {
        case 'sum':
        case 'any':
        case 'all':
        case 'sorted':
        case 'set':
          return true
        case 'len':
          return source.kind === 'comprehension'
        case 'min':
        case 'max':
          return of.arguments.length === 1
        case 'list':
          return (
            source.type.kind !== 'string' &&
            (isIterator(source) || source.kind === 'comprehension' || source.type.kind !== 'list')
          )
        case 'dict':
          return source.type.kind !== 'map'
        case 'str.join':
          return of.arguments[1]!.kind === 'comprehension'
        default:
          return false
      }
    }
    default:
      return false
  }
}
