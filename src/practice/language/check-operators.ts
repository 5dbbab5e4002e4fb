import { type Checker, known } from './checker.ts'
import { coerce, spell, tryCoerce } from './coerce.ts'
import { head, isLetter, isOpen } from './open-types.ts'
import type { Arithmetic, Expression } from './program.ts'
import { type Node, need, refuse } from './surface.ts'
import { DATE, DAYS, FLOAT, INT, listOf, STRING, setOf, type Type } from './types.ts'

export function unary(checker: Checker, node: Node): Expression {
  const operator = node.tokens[0]?.text
  const inner = need(node, 'argument')
  const value = checker.check(inner)
  if (operator === '~') return { kind: 'invert', value: coerce(value, INT, inner), type: INT }
  if (operator === '+') return refuse(node, 'a plus before a value does nothing', 'Leave it out.')
  const type = known(value.type, inner)
  if (type.kind !== 'int' && type.kind !== 'float' && type.kind !== 'days')
    return refuse(node, `there is no minus of ${spell(type)}`, 'Use a number.')
  return { kind: 'negate', value, type }
}

export function binary(checker: Checker, node: Node): Expression {
  const [leftNode, rightNode] = [need(node, 'left'), need(node, 'right')]
  const operator = node.tokens[0]?.text ?? ''
  const left = keysOf(checker, leftNode, operator) ?? checker.check(leftNode)
  const right = keysOf(checker, rightNode, operator) ?? checker.check(rightNode, want(operator, left.type))
  return arithmetic(node, operator, left, right)
}

/** `a.keys() & b.keys()`: the keys as a set. */
function keysOf(checker: Checker, node: Node, operator: string): Expression | undefined {
  if (
    node.type !== 'call' ||
    !need(node, 'function').text.endsWith('.keys') ||
    !['|', '&', '-'].includes(operator)
  )
    return undefined
  const { value, item } = checker.iterable(node)
  if (value.kind !== 'builtin' || value.name !== 'dict.keys') return undefined
  return { kind: 'builtin', name: 'set', arguments: value.arguments, type: setOf(item) }
}

/** What a literal after the operator would better be. */
function want(operator: string, left: Type): Type | undefined {
  const type = head(left)
  const same = ['list', 'set'].includes(type.kind) && ['+', '|', '&', '-'].includes(operator)
  return same ? type : undefined
}

/** `left operator right`, by the types of both. */
export function arithmetic(at: Node, operator: string, left: Expression, right: Expression): Expression {
  if (!isArithmetic(operator))
    return refuse(at, `there is no operator \`${operator}\``, 'Use + - * / // % **.')
  if (isOpen(left.type) && isOpen(right.type) && !isLetter(right.type)) known(left.type, at)
  for (const side of [left, right])
    if (head(side.type).kind === 'optional')
      return refuse(at, 'one side of this may be None', 'Ask `is None` first.')
  const found =
    times(operator, left, right) ??
    texts(operator, left, right, at) ??
    dates(operator, left, right) ??
    collections(operator, left, right) ??
    numbers(operator, left, right)
  if (found !== undefined) return found
  return refuse(
    at,
    `there is no ${spell(left.type)} ${operator} ${spell(right.type)}`,
    [left, right].some((side) => head(side.type).kind === 'bool')
      ? 'Write `1 if … else 0` for a bool.'
      : 'Convert one of them: `str(…)`, `int(…)`, `float(…)`.',
  )
}

const operators = new Set<string>(['+', '-', '*', '/', '//', '%', '**', '&', '|', '^', '<<', '>>'])

export function isArithmetic(operator: string): operator is Arithmetic {
  return operators.has(operator)
}

function make(operator: Arithmetic, left: Expression, right: Expression, type: Type): Expression {
  return { kind: 'arithmetic', operator, left, right, type }
}

function isText(type: Type): boolean {
  return isLetter(type) || type.kind === 'string' || type.kind === 'char'
}

/** Repetition of strings and lists, and spans of days. */
function times(operator: Arithmetic, left: Expression, right: Expression): Expression | undefined {
  if (operator !== '*') return undefined
  const of = (side: Expression) => head(side.type)
  const repeat = (value: Expression): [Expression, Type] | undefined => {
    if (isText(of(value))) return [tryCoerce(value, STRING)!, STRING]
    const type = of(value)
    if (type.kind === 'list') return [value, listOf(type.of)]
    return type.kind === 'days' ? [value, DAYS] : undefined
  }
  const first = of(right).kind === 'int' ? repeat(left) : undefined
  if (first !== undefined) return make(operator, first[0], right, first[1])
  const second = of(left).kind === 'int' ? repeat(right) : undefined
  return second && make(operator, left, second[0], second[1])
}

function texts(operator: Arithmetic, left: Expression, right: Expression, at: Node): Expression | undefined {
  const [a, b] = [head(left.type), head(right.type)]
  if (operator === '%' && a.kind === 'string')
    return refuse(at, 'text is not formatted by %', 'Write an f-string.')
  if (operator !== '+' || !(isText(a) || isText(b))) return undefined
  if (![a, b].every((type) => isText(type) || isOpen(type))) return undefined
  return make(operator, tryCoerce(left, STRING)!, tryCoerce(right, STRING)!, STRING)
}

function dates(operator: Arithmetic, left: Expression, right: Expression): Expression | undefined {
  const kinds = `${head(left.type).kind} ${operator} ${head(right.type).kind}`
  if (['date + days', 'days + date', 'date - days'].includes(kinds)) return make(operator, left, right, DATE)
  if (['date - date', 'days + days', 'days - days'].includes(kinds)) return make(operator, left, right, DAYS)
  return undefined
}

function collections(operator: Arithmetic, left: Expression, right: Expression): Expression | undefined {
  const { kind } = isOpen(left.type) ? head(right.type) : head(left.type)
  const joins = kind === 'list' ? operator === '+' : kind === 'set' && ['|', '&', '-'].includes(operator)
  if (!joins) return undefined
  const [a, b] = alike(left, right) ?? []
  const of = a && head(a.type)
  if (!a || !b || (of?.kind !== 'list' && of?.kind !== 'set')) return undefined
  return make(operator, a, b, of.kind === 'list' ? listOf(of.of) : setOf(of.of))
}

function numbers(operator: Arithmetic, left: Expression, right: Expression): Expression | undefined {
  const [a, b] = alike(counted(left), counted(right)) ?? []
  if (!a || !b) return undefined
  const { kind } = head(a.type)
  if (kind !== 'int' && kind !== 'float') return undefined
  if (operator === '/') return make(operator, tryCoerce(a, FLOAT)!, tryCoerce(b, FLOAT)!, FLOAT)
  if (['&', '|', '^', '<<', '>>'].includes(operator) && kind === 'float') return undefined
  return make(operator, a, b, kind === 'int' ? INT : FLOAT)
}

/** A bool among numbers counts 0 or 1: its normal form is `int(x > 3)`. */
function counted(value: Expression): Expression {
  if (head(value.type).kind !== 'bool') return value
  return { kind: 'builtin', name: 'int', arguments: [value], type: INT }
}

/** Both as one type, the wider one; undefined where there is none. A comparison widens no name. */
export function alike(left: Expression, right: Expression): [Expression, Expression] | undefined {
  const fitted = tryCoerce(right, head(left.type))
  if (fitted !== undefined) return [left, fitted]
  const other = tryCoerce(left, head(right.type))
  return other && [other, right]
}

export function conditional(checker: Checker, node: Node, want?: Type): Expression {
  const [thenNode, conditionNode, otherwiseNode] = node.children as [Node, Node, Node]
  const condition = checker.condition(conditionNode)
  const then = checker.given(condition, true, () => checker.check(thenNode, want))
  const otherwise = checker.given(condition, false, () => checker.check(otherwiseNode, want))
  const [a, b] = bothBranches(then, otherwise) ?? []
  if (!a || !b)
    return refuse(
      node,
      `one branch is ${spell(then.type)}, the other ${spell(otherwise.type)}`,
      'Give both one type.',
    )
  // biome-ignore lint/suspicious/noThenProperty: the tree's own name; nobody awaits it
  return { kind: 'conditional', condition, then: a, otherwise: b, type: a.type }
}

/** Like {@link alike}, and a value beside `None` becomes optional. */
function bothBranches(then: Expression, otherwise: Expression): [Expression, Expression] | undefined {
  const optional = [then, otherwise].find((side) => head(side.type).kind === 'optional')
  if (optional === undefined) return alike(then, otherwise)
  const a = tryCoerce(then, head(optional.type))
  const b = tryCoerce(otherwise, head(optional.type))
  return a && b && [a, b]
}
