import { alike } from './check-operators.ts'
import { type Checker, known } from './checker.ts'
import { coerce, spell, tryCoerce } from './coerce.ts'
import { head, isLetter, isOpen } from './open-types.ts'
import type { Comparison, Expression } from './program.ts'
import { bare, type Node, refuse } from './surface.ts'
import { BOOL, INT, STRING, type Type } from './types.ts'

/**
 * Comparisons, chained ones too. `low <= x < high`, in either direction, becomes `between`; any other chain becomes
 * comparisons joined by `and`, for which what stands in the middle must be free of calls of the program's functions.
 */
export function comparison(checker: Checker, node: Node): Expression {
  const operators = operatorsOf(node)
  const pairs = operators.map((operator, index) => ({
    operator,
    left: node.children[index]!,
    right: node.children[index + 1]!,
  }))
  if (pairs.length === 1) return single(checker, node, pairs[0]!)
  for (const middle of node.children.slice(1, -1)) callsNothing(checker.check(middle), middle)
  if (pairs.length === 2) {
    const [first, second] = pairs as [Pair, Pair]
    const [low, high] = [first.operator, second.operator]
    if (isUp(low) && isUp(high)) return between(checker, node, node.children as [Node, Node, Node], low, high)
    if (isDown(low) && isDown(high))
      return between(checker, node, node.children.toReversed() as [Node, Node, Node], flip(high), flip(low))
  }
  return pairs
    .map((pair) => single(checker, node, pair))
    .reduce((left, right) => ({ kind: 'logic', operator: 'and', left, right, type: BOOL }))
}

interface Pair {
  operator: string
  left: Node
  right: Node
}

function operatorsOf(node: Node): string[] {
  return node.tokens.map((token) => token.text.replace(/\s+/g, ' '))
}

const isUp = (operator: string): operator is '<' | '<=' => operator === '<' || operator === '<='
const isDown = (operator: string): operator is '>' | '>=' => operator === '>' || operator === '>='
const flip = (operator: '>' | '>='): '<' | '<=' => (operator === '>' ? '<' : '<=')

function between(
  checker: Checker,
  at: Node,
  [lowNode, valueNode, highNode]: [Node, Node, Node],
  lowOperator: '<' | '<=',
  highOperator: '<' | '<=',
): Expression {
  const value = checker.check(valueNode)
  const low = checker.check(lowNode)
  const high = checker.check(highNode)
  const [a, b] = sides(at, low, value)
  const [c, d] = sides(at, b, high)
  const [e, f] = sides(at, a, c)
  ordered(at, f.type)
  return {
    kind: 'between',
    low: e,
    lowOperator,
    value: f,
    highOperator,
    high: sides(at, f, d)[1],
    type: BOOL,
  }
}

function sides(at: Node, left: Expression, right: Expression): [Expression, Expression] {
  return (
    alike(left, right) ??
    refuse(
      at,
      `${spell(left.type)} is never compared with ${spell(right.type)}`,
      'Convert one of them, or mend the types.',
    )
  )
}

function ordered(at: Node, type: Type): void {
  if (!isOrdered(type))
    refuse(at, `${spell(type)} has no order`, 'Compare numbers, strings, dates, or tuples and lists of them.')
}

/** Whether `<` is there for values of the type. */
export function isOrdered(type: Type): boolean {
  const of = head(type)
  if (isOpen(of)) return true
  if (of.kind === 'tuple') return of.of.every(isOrdered)
  if (of.kind === 'list') return isOrdered(of.of)
  return ['int', 'float', 'bool', 'string', 'char', 'date', 'days'].includes(of.kind)
}

function single(checker: Checker, at: Node, { operator, left, right }: Pair): Expression {
  if (operator === 'is' || operator === 'is not')
    return isNone(checker, at, left, right, operator === 'is not')
  if (operator === 'in' || operator === 'not in')
    return contained(checker, at, left, right, operator === 'not in')
  if (!['==', '!=', '<', '<=', '>', '>='].includes(operator))
    return refuse(at, `there is no \`${operator}\``, 'Use == != < <= > >= in.')
  return compare(checker, at, operator as Comparison, left, right)
}

function compare(
  checker: Checker,
  at: Node,
  operator: Comparison,
  leftNode: Node,
  rightNode: Node,
): Expression {
  for (const node of [leftNode, rightNode])
    if (bare(node).type === 'none')
      return refuse(at, 'None is not compared', 'Write `is None` or `is not None`.')
  const found = checker.check(leftNode)
  const other = checker.check(rightNode, head(found.type))
  if (operator !== '==' && operator !== '!=') {
    const [left, right] = sides(at, found, other)
    ordered(at, left.type)
    return { kind: 'compare', operator, left, right, type: BOOL }
  }
  const optional = [found, other].find((side) => head(side.type).kind === 'optional')
  const [left, right] =
    optional === undefined
      ? sides(at, found, other)
      : [coerce(found, head(optional.type), leftNode), coerce(other, head(optional.type), rightNode)]
  return { kind: 'compare', operator, left, right, type: BOOL }
}

function isNone(checker: Checker, at: Node, left: Node, right: Node, negated: boolean): Expression {
  if (bare(right).type !== 'none') return refuse(at, '`is` asks only for None', 'Write `==`.')
  const value = checker.check(left)
  const whole = value.kind === 'unwrap' ? value.value : value
  const type = known(whole.type, left)
  if (type.kind === 'optional') return { kind: 'is-none', value: whole, negated, type: BOOL }
  return refuse(at, `${spell(type)} is never None`, 'Leave the question out, or annotate `T | None`.')
}

/** `item in container`; in a range it is `between`, in a tuple `in` of a list. */
function contained(
  checker: Checker,
  at: Node,
  itemNode: Node,
  containerNode: Node,
  negated: boolean,
): Expression {
  const item = checker.check(itemNode)
  const inside = bare(containerNode)
  if (inside.type === 'call' && inside.children[0]?.text === 'range')
    return inRange(checker, at, item, inside, negated)
  const literal = inside.type === 'tuple' ? { ...inside, type: 'list' } : inside
  const found = checker.iterable(literal)
  const container = head(found.value.type)
  if (isLetter(container) || container.kind === 'string') {
    const type = head(item.type)
    const fitted = type.kind === 'char' ? item : coerce(item, STRING, itemNode)
    return {
      kind: 'in',
      item: fitted,
      container: coerce(found.value, STRING, containerNode),
      negated,
      type: BOOL,
    }
  }
  if (container.kind === 'tuple')
    return refuse(containerNode, 'a tuple is not searched', 'Use a list or a set.')
  return { kind: 'in', item: coerce(item, found.item, itemNode), container: found.value, negated, type: BOOL }
}

function inRange(checker: Checker, at: Node, item: Expression, range: Node, negated: boolean): Expression {
  const bounds = range.children[1]?.children ?? []
  const value = tryCoerce(item, INT)
  if (bounds.length === 0 || bounds.length > 2 || value === undefined)
    return refuse(
      at,
      'only an integer is asked for in a range, and one without a step',
      'Write `low <= n < high`.',
    )
  const [low, high] = bounds.map((bound) => coerce(checker.check(bound), INT, bound)) as [
    Expression,
    Expression?,
  ]
  const found: Expression = {
    kind: 'between',
    low: high === undefined ? { kind: 'int', value: 0, type: INT } : low,
    lowOperator: '<=',
    value,
    highOperator: '<',
    high: high ?? low,
    type: BOOL,
  }
  return negated ? { kind: 'not', value: found, type: BOOL } : found
}

/** Refuses what may do something each time that it is computed. */
function callsNothing(value: unknown, at: Node): void {
  if (value === null || typeof value !== 'object') return
  const { kind, name } = value as { kind?: string; name?: string }
  const changes = kind === 'builtin' && ['list.pop', 'dict.pop', 'dict.setdefault'].includes(name ?? '')
  if (changes || kind === 'call' || kind === 'method')
    refuse(at, 'a call in the middle of a chain would run twice', 'Give its value a name first.')
  for (const inner of Object.values(value)) callsNothing(inner, at)
}
