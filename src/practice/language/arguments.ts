import { plain } from './check-literals.ts'
import type { Checker } from './checker.ts'
import { coerce } from './coerce.ts'
import { head } from './open-types.ts'
import type { Builtin, BuiltinOptions, Expression, Parameter } from './program.ts'
import { type Node, need, refuse } from './surface.ts'
import type { Type } from './types.ts'

/** Arguments of a call as they are written. */
export interface Arguments {
  node: Node
  positional: Node[]
  named: Map<string, Node>
}

export function argumentsOf(node: Node): Arguments {
  const list = need(node, 'arguments')
  if (list.type === 'generator_expression') return { node, positional: [list], named: new Map() }
  const found: Arguments = { node, positional: [], named: new Map() }
  for (const child of list.children) {
    plain(child)
    if (child.type === 'keyword_argument') found.named.set(need(child, 'name').text, need(child, 'value'))
    else found.positional.push(child)
  }
  return found
}

/** A receiver that was checked already. */
export interface Receiver {
  value: Expression
  node: Node
}

/** Each parameter's argument: by position, by name, or its default. */
export function match(checker: Checker, given: Arguments, parameters: readonly Parameter[]): Expression[] {
  const { node, positional, named } = given
  if (positional.length > parameters.length)
    return refuse(
      node,
      `there are ${parameters.length} parameters and ${positional.length} arguments`,
      'Leave some out.',
    )
  const taken = new Set<string>()
  const found = parameters.map((parameter, index) => {
    const argument = positional[index] ?? named.get(parameter.name)
    if (positional[index] === undefined) taken.add(parameter.name)
    if (argument !== undefined)
      return coerce(checker.check(argument, parameter.type), parameter.type, argument)
    return parameter.default ?? refuse(node, `\`${parameter.name}\` is not given`, 'Give it.')
  })
  for (const [name, value] of named)
    if (!taken.has(name))
      refuse(value, `there is no parameter \`${name}\` left`, 'Mend its name, or leave it out.')
  return found
}

/** Refuses to put a set's items in a row: their order differs between languages. */
export function inOrder(value: Expression, at: Node): void {
  const sets =
    value.kind === 'comprehension' ? value.clauses.map((clause) => clause.iterable.type) : [value.type]
  if (sets.some((type) => head(type).kind === 'set'))
    refuse(at, 'the order of a set is not that of a list', 'Go through `sorted(…)`.')
}

/** Checks one call of the library. */
export type Check = (
  checker: Checker,
  given: Arguments,
  receiver: Receiver | undefined,
  want?: Type,
) => Expression

export function make(name: Builtin, given: Expression[], type: Type, options?: BuiltinOptions): Expression {
  const some = options !== undefined && Object.keys(options).length > 0
  return { kind: 'builtin', name, arguments: given, ...(some ? { options } : {}), type }
}

/** The arguments by position, as many as there have to be; refuses names that are not allowed. */
export function positional(
  given: Arguments,
  least: number,
  most: number,
  names: readonly string[] = [],
): Node[] {
  for (const [name, value] of given.named)
    if (!names.includes(name))
      refuse(value, `there is no \`${name}=\` here`, 'Give it by position, or leave it out.')
  if (given.positional.length < least || given.positional.length > most)
    refuse(
      given.node,
      `here ${least === most ? least : `${least} to ${most}`} arguments are taken`,
      'Give as many.',
    )
  return given.positional
}
