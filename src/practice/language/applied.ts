import { type Checker, freshName } from './checker.ts'
import { head } from './open-types.ts'
import { visible } from './scope.ts'
import { bare, madeNode, type Node, need, part, refuse } from './surface.ts'
import type { Type } from './types.ts'

const usual: Partial<Record<Type['kind'], string>> = { char: 'c', string: 's', int: 'x', float: 'x' }

/** A name for an item that the text gives none. */
export function itemName(checker: Checker, at: Node, item: Type): Node {
  const wanted = usual[head(item).kind] ?? 'item'
  const isFree = freshName(checker, at, wanted) === wanted
  return madeNode(at, 'identifier', isFree ? wanted : freshName(checker, at, 'item'))
}

/** The function applied to the item: `len(item)`, `item.lower()` for `str.lower`, `counts[item]` for `counts.get`. */
export function applied(checker: Checker, named: Node, item: Node): Node {
  const method = part(named, 'attribute')
  const of = part(named, 'object')
  const as = (node: Node, field: string): Node => ({ ...node, field })
  const called = (fn: Node, ...given: Node[]): Node =>
    madeNode(named, 'call', named.text, [
      as(fn, 'function'),
      madeNode(named, 'argument_list', '', given, 'arguments'),
    ])
  if (method === undefined || of === undefined) return called(named, item)
  if (['str', 'date'].includes(of.text) && visible(checker.scope, of.text) === undefined)
    return called(madeNode(named, 'attribute', named.text, [as(item, 'object'), as(method, 'attribute')]))
  if (method.text === 'get')
    return madeNode(named, 'subscript', named.text, [as(of, 'value'), as(item, 'subscript')])
  return called(named, item)
}

/** `map(f, xs)` and `filter(f, xs)` as the comprehension that says the same; undefined for anything else. */
export function asComprehension(
  checker: Checker,
  whole: Node,
  form: 'generator_expression' | 'list_comprehension',
): Node | undefined {
  const node = bare(whole)
  const called = node.type === 'call' ? need(node, 'function').text : ''
  if ((called !== 'map' && called !== 'filter') || checker.tables.functions.has(called)) return undefined
  const [made, through, more] = need(node, 'arguments').children
  if (made === undefined || through === undefined || more !== undefined || made.type === 'none')
    return refuse(node, `\`${called}\` takes a function and what to go through`, 'Write a comprehension.')
  const parameters = made.type === 'lambda' ? (part(made, 'parameters')?.children ?? []) : undefined
  const item =
    parameters === undefined ? itemName(checker, node, checker.iterable(through).item) : parameters[0]
  if (item === undefined || (parameters?.length ?? 1) > 1)
    return refuse(made, 'this takes a function of one thing', 'Give the lambda one parameter.')
  const result = parameters === undefined ? applied(checker, made, item) : need(made, 'body')
  const clause = madeNode(node, 'for_in_clause', node.text, [
    { ...item, field: 'left' },
    { ...through, field: 'right' },
  ])
  const body = { ...(called === 'map' ? result : item), field: 'body' }
  const conditions = called === 'map' ? [] : [madeNode(node, 'if_clause', '', [result])]
  return madeNode(node, form, node.text, [body, clause, ...conditions])
}
