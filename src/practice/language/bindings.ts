import type { Checker } from './checker.ts'
import { spell } from './coerce.ts'
import { libraryNames } from './library.ts'
import { head } from './open-types.ts'
import type { Binding } from './program.ts'
import { addPlace, visible } from './scope.ts'
import { type Node, refuse } from './surface.ts'
import type { Type } from './types.ts'

/** The variables of a loop, a comprehension or a lambda, made known in the innermost block. */
export function bindNames(checker: Checker, target: Node, item: Type): Binding[] {
  const several = target.type === 'pattern_list' || target.type === 'tuple_pattern'
  if (!several) return [bindName(checker, target, item)]
  const names = target.children
  const type = head(item)
  const of = type.kind === 'tuple' ? type.of : type.kind === 'list' ? names.map(() => type.of) : []
  if (of.length !== names.length)
    return refuse(target, `an item here is ${spell(item)}`, 'Give one name, or as many as it has parts.')
  return names.map((name, index) => bindName(checker, name, of[index]!))
}

export function bindName(checker: Checker, node: Node, type: Type): Binding {
  if (node.type !== 'identifier')
    return refuse(
      node,
      'a name stands here',
      'Give it a name, and take it apart on a line of its own: `a, b = pair`.',
    )
  const name = node.text
  freeName(checker, node)
  if (name !== '_' && visible(checker.scope, name) !== undefined)
    refuse(node, `\`${name}\` has a meaning here already`, 'Choose another name.')
  addPlace(checker.scope, { name, type: head(type), role: 'binding' }, true)
  return { name, type }
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
