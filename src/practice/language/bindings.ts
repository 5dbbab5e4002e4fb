import { type Checker, freeName, freshName, known } from './checker.ts'
import { spell } from './coerce.ts'
import { head } from './open-types.ts'
import type { Binding, Expression, Statement } from './program.ts'
import { addPlace, forget, visible } from './scope.ts'
import { type Node, refuse } from './surface.ts'
import { INT, type Type } from './types.ts'

/**
 * The variables of a loop or a comprehension, made known in the innermost block. `for i, (a, b) in …` has no such
 * tree: there the loop's variable is a `pair`, and `apart` takes it into `a` and `b`.
 */
export function bindNames(
  checker: Checker,
  target: Node,
  item: Type,
  apart: (pair: Binding, parts: Node) => void,
  hides = false,
): Binding[] {
  if (!isPattern(target)) return [bindName(checker, target, item, hides)]
  const of = partTypes(target, item)
  return target.children.map((name, index) => {
    if (!isPattern(name)) return bindName(checker, name, of[index]!, hides)
    const pair = { name: freshName(checker, target, 'pair'), type: of[index]! }
    addPlace(checker.scope, { ...pair, role: 'binding' }, true)
    apart(pair, name)
    return pair
  })
}

function isPattern(node: Node): boolean {
  return node.type === 'pattern_list' || node.type === 'tuple_pattern'
}

function partTypes(target: Node, item: Type): Type[] {
  const names = target.children
  const type = known(item, target)
  const of = type.kind === 'tuple' ? type.of : type.kind === 'list' ? names.map(() => type.of) : []
  if (of.length === names.length) return of
  return refuse(target, `an item here is ${spell(item)}`, 'Give one name, or as many as it has parts.')
}

/** A variable of a comprehension or lambda may hide another (`hides`), as it does in Python; a loop's may not. */
export function bindName(checker: Checker, node: Node, type: Type, hides: boolean): Binding {
  const name = nameOf(checker, node, hides)
  forget(checker.scope.flow, name)
  addPlace(checker.scope, { name, type: head(type), role: 'binding' }, true)
  return { name, type }
}

function nameOf(checker: Checker, node: Node, hides: boolean): string {
  if (node.type !== 'identifier') return refuse(node, 'a name stands here', 'Give it a name of its own.')
  freeName(checker, node)
  if (!hides && node.text !== '_' && visible(checker.scope, node.text) !== undefined)
    refuse(node, `\`${node.text}\` has a meaning here already`, 'Choose another name.')
  return node.text
}

/** In a loop: the statement that takes the pair apart. */
export function unpackPair(checker: Checker, pair: Binding, parts: Node): Statement {
  const of = partTypes(parts, pair.type)
  const targets = parts.children.map((node, index) => {
    const name = nameOf(checker, node, false)
    addPlace(checker.scope, { name, type: of[index]!, role: 'binding' }, true)
    return { kind: 'name' as const, name, type: of[index]! }
  })
  return { kind: 'unpack', targets, declares: targets.map(() => true), value: nameExpression(pair) }
}

/** In a comprehension: each name stands for its part of the pair. */
export function nameParts(checker: Checker, pair: Binding, parts: Node): void {
  const of = partTypes(parts, pair.type)
  parts.children.forEach((node, index) => {
    const position: Expression = { kind: 'int', value: index, type: INT }
    const stands: Expression = { kind: 'index', of: nameExpression(pair), index: position, type: of[index]! }
    addPlace(
      checker.scope,
      { name: nameOf(checker, node, true), type: of[index]!, role: 'binding', stands },
      true,
    )
  })
}

function nameExpression({ name, type }: Binding): Expression {
  return { kind: 'name', name, type }
}
