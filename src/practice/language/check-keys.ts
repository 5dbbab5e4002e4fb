import type { Arguments } from './arguments.ts'
import { bindName } from './bindings.ts'
import { isOrdered } from './check-comparisons.ts'
import { type Checker, freshName } from './checker.ts'
import { spell } from './coerce.ts'
import type { BuiltinOptions, Expression } from './program.ts'
import { visible, within } from './scope.ts'
import { bare, madeNode, type Node, part, refuse } from './surface.ts'
import type { Type } from './types.ts'

/** `key=` and `reverse=` of `sorted`, `sort`, `min` and `max`; items without a key have to have an order. */
export function optionsOf(
  checker: Checker,
  given: Arguments,
  item: Type,
  allowed: readonly string[],
): BuiltinOptions {
  const options: BuiltinOptions = {}
  for (const [name, value] of given.named) {
    if (!allowed.includes(name))
      refuse(value, `there is no \`${name}=\` here`, `Leave it out; there is ${allowed.join(', ')}.`)
    if (name === 'key' && value.type !== 'none') options.key = key(checker, value, item)
    if (name === 'reverse') options.reverse = written(value)
  }
  if (options.key === undefined && !isOrdered(item))
    refuse(given.node, `${spell(item)} has no order`, 'Give a `key=`.')
  return options
}

function written(node: Node): boolean {
  if (node.type === 'true') return true
  if (node.type === 'false') return false
  return refuse(node, '`reverse=` is written out', 'Write True or False.')
}

/** A function of an item: a lambda, or the name of a function or method. */
function key(checker: Checker, whole: Node, item: Type): Expression {
  const node = bare(whole)
  if (node.type !== 'lambda' && node.type !== 'identifier' && node.type !== 'attribute')
    return refuse(node, 'a key is a function', 'Write a lambda, or the name of a function.')
  const parameters =
    node.type === 'lambda'
      ? (part(node, 'parameters')?.children ?? [])
      : [madeNode(node, 'identifier', freshName(checker, node, 'item'))]
  const [parameter] = parameters
  if (parameter === undefined || parameters.length > 1)
    return refuse(node, 'a key is a function of one thing', 'Give the lambda one parameter.')
  return within(checker.scope, () => {
    const { flow } = checker.scope
    const binding = bindName(checker, parameter, item)
    const bodyNode = node.type === 'lambda' ? part(node, 'body')! : applied(checker, node, parameter)
    const body = checker.check(bodyNode)
    checker.scope.flow.assigned = flow.assigned
    if (!isOrdered(body.type))
      refuse(bodyNode, `${spell(body.type)} has no order`, 'Give a number, a string, a date or a tuple.')
    return {
      kind: 'lambda',
      parameters: [binding],
      body,
      type: { kind: 'function', parameters: [item], result: body.type },
    }
  })
}

/** The function applied to the item: `len(item)`, `item.lower()` for `str.lower`, `counts[item]` for `counts.get`. */
function applied(checker: Checker, named: Node, item: Node): Node {
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
