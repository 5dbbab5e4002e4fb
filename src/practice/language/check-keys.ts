import { applied, itemName } from './applied.ts'
import type { Arguments } from './arguments.ts'
import { bindName } from './bindings.ts'
import { isOrdered } from './check-comparisons.ts'
import type { Checker } from './checker.ts'
import { spell } from './coerce.ts'
import type { BuiltinOptions, Expression } from './program.ts'
import { copyFlow, within } from './scope.ts'
import { bare, type Node, part, refuse } from './surface.ts'
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
    node.type === 'lambda' ? (part(node, 'parameters')?.children ?? []) : [itemName(checker, node, item)]
  const [parameter] = parameters
  if (parameter === undefined || parameters.length > 1)
    return refuse(node, 'a key is a function of one thing', 'Give the lambda one parameter.')
  return within(checker.scope, () => {
    const { flow } = checker.scope
    checker.scope.flow = copyFlow(flow)
    const binding = bindName(checker, parameter, item, true)
    const bodyNode = node.type === 'lambda' ? part(node, 'body')! : applied(checker, node, parameter)
    const body = checker.check(bodyNode)
    checker.scope.flow = flow
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
