import { asComprehension } from './applied.ts'
import { bindNames, nameParts } from './bindings.ts'
import { keyed } from './check-literals.ts'
import type { Checker } from './checker.ts'
import { coerce } from './coerce.ts'
import { head } from './open-types.ts'
import type { Binding, Clause, Expression } from './program.ts'
import { after, copyFlow, within } from './scope.ts'
import { type Node, need, refuse } from './surface.ts'
import { listOf, mapOf, setOf, type Type } from './types.ts'

/** `[item for …]` and `{item for …}`. */
export function comprehension(checker: Checker, node: Node, want?: Type): Expression {
  const form = node.type === 'set_comprehension' ? 'set' : 'list'
  return inClauses(checker, node, (clauses) => {
    if (form === 'list' && clauses.some((clause) => head(clause.iterable.type).kind === 'set'))
      refuse(node, 'the order of a set is not that of a list', 'Go through `sorted(…)`.')
    const body = need(node, 'body')
    const wanted = want && head(want)
    const of = wanted?.kind === form ? wanted.of : undefined
    const found = checker.check(body, of)
    const item = of === undefined ? found : coerce(found, of, body)
    const type = of ?? head(item.type)
    if (form === 'set') keyed(body, type)
    return { kind: 'comprehension', form, item, clauses, type: form === 'set' ? setOf(type) : listOf(type) }
  })
}

/**
 * What stands without brackets as the only argument of a call. `asCondition`: its items are asked for their truth.
 */
export function generator(checker: Checker, node: Node, asCondition = false): Expression {
  return inClauses(checker, node, (clauses) => {
    const body = need(node, 'body')
    const item = asCondition ? checker.condition(body) : checker.check(body)
    return { kind: 'comprehension', form: 'generator', item, clauses, type: listOf(head(item.type)) }
  })
}

export function mapComprehension(checker: Checker, node: Node, want?: Type): Expression {
  return inClauses(checker, node, (clauses) => {
    const body = need(node, 'body')
    const [keyNode, valueNode] = [need(body, 'key'), need(body, 'value')]
    const wanted = want && head(want)
    const [wantedKey, wantedValue] = wanted?.kind === 'map' ? [wanted.key, wanted.value] : []
    const foundKey = checker.check(keyNode, wantedKey)
    const foundValue = checker.check(valueNode, wantedValue)
    const key = wantedKey === undefined ? foundKey : coerce(foundKey, wantedKey, keyNode)
    const value = wantedValue === undefined ? foundValue : coerce(foundValue, wantedValue, valueNode)
    const type = mapOf(wantedKey ?? head(key.type), wantedValue ?? head(value.type))
    keyed(keyNode, key.type)
    return { kind: 'map-comprehension', key, value, clauses, type }
  })
}

function inClauses<T>(checker: Checker, node: Node, inside: (clauses: Clause[]) => T): T {
  const { scope } = checker
  const { flow } = scope
  try {
    return within(scope, () => inside(clausesOf(checker, node)))
  } finally {
    scope.flow = flow
  }
}

function clausesOf(checker: Checker, node: Node): Clause[] {
  const clauses: Clause[] = []
  for (const child of node.children) {
    if (child.type === 'for_in_clause') {
      if (child.tokens.some((token) => token.text === 'async'))
        refuse(child, 'nothing waits here', 'Leave `async` out.')
      const right = need(child, 'right')
      const { value, item } = checker.iterable(asComprehension(checker, right, 'list_comprehension') ?? right)
      if (value.kind === 'comprehension' && value.form === 'generator')
        refuse(child, 'a generator inside a generator is hard to read', 'Nest the `for`, or make a list.')
      checker.scope.flow = copyFlow(checker.scope.flow)
      const apart = (pair: Binding, parts: Node) => nameParts(checker, pair, parts)
      const names = bindNames(checker, need(child, 'left'), item, apart, true)
      clauses.push({ names, iterable: value, conditions: [] })
    } else if (child.type === 'if_clause') {
      const condition = checker.condition(child.children[0]!)
      clauses.at(-1)!.conditions.push(condition)
      checker.scope.flow = after(checker.scope.flow, condition, true)
    }
  }
  return clauses
}
