/** Where TypeScript does not find a type by itself. */
import type { Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { annotation } from './annotations.ts'
import { operand } from './expressions.ts'
import type { Writing } from './writing.ts'
import { levels, type Written } from './written.ts'

/** A variable's annotation, where it needs one, and its value. */
export function typedValue(type: Type, of: Expression, writing: Writing): { type: string; value: Written } {
  const value = operand(of, writing)
  if (!writing.typed) return { type: '', value }
  if (isEmpty(of) && (type.kind === 'set' || type.kind === 'map'))
    return { type: '', value: { doc: `new ${annotation(type, writing)}()`, level: levels.postfix } }
  const isOpen = of.kind === 'convert' && type.kind === 'optional'
  const isClass = of.kind === 'construct' && writing.program.classes.some(({ name }) => name === of.name)
  const isShown = isLoose(type) && isLiteral(of) && !isClass
  const isNeeded = isEmpty(of) || isOpen || of.kind === 'none' || isShown
  return { type: isNeeded ? `: ${annotation(type, writing)}` : '', value }
}

function isEmpty(of: Expression): boolean {
  if (of.kind === 'convert') return isEmpty(of.value)
  if (of.kind === 'list' || of.kind === 'set') return of.items.length === 0
  if (of.kind === 'map') return of.entries.length === 0
  return of.kind === 'builtin' && ['list', 'set', 'dict'].includes(of.name) && of.arguments.length === 0
}

/** Whether tuples would be taken for arrays, and objects for themselves, where nothing names their type. */
export function isLoose(type: Type): boolean {
  switch (type.kind) {
    case 'tuple':
    case 'record':
    case 'optional':
      return true
    case 'list':
    case 'set':
      return isLoose(type.of)
    case 'map':
      return isLoose(type.key) || isLoose(type.value)
    default:
      return false
  }
}

/** Whether the value shows in itself what it is made of. */
function isLiteral(of: Expression): boolean {
  switch (of.kind) {
    case 'convert':
      return isLiteral(of.value)
    case 'list':
    case 'set':
    case 'map':
    case 'tuple':
    case 'construct':
    case 'map-comprehension':
    case 'arithmetic':
      return true
    case 'comprehension':
      return isLiteral(of.item)
    case 'conditional':
      return isLiteral(of.then) || isLiteral(of.otherwise)
    case 'builtin':
      return of.name === 'divmod' || of.arguments.some(isLiteral)
    default:
      return false
  }
}

/** `as const` after a list of tuples that only a loop goes through. */
export function constant(of: Expression, value: Written, writing: Writing): Written {
  if (!writing.typed || of.kind !== 'list' || of.type.kind !== 'list' || of.type.of.kind !== 'tuple')
    return value
  const kinds = new Set(of.type.of.of.map((type) => annotation(type, writing)))
  return kinds.size > 1 ? { doc: [value.doc, ' as const'], level: levels.relation } : value
}
