import { asComprehension } from './applied.ts'
import { call } from './check-calls.ts'
import { comparison } from './check-comparisons.ts'
import { comprehension, generator, mapComprehension } from './check-comprehensions.ts'
import { format } from './check-format.ts'
import { float, integer, list, map, none, prefixOf, set, text, truth, tuple } from './check-literals.ts'
import { binary, conditional, unary } from './check-operators.ts'
import { attribute, subscript } from './check-parts.ts'
import { type Checker, type Iterable, known, placeOf, type Tables } from './checker.ts'
import { spell } from './coerce.ts'
import { lazyBuiltins } from './library.ts'
import { head, isLetter } from './open-types.ts'
import type { Expression } from './program.ts'
import type { Round } from './rounds.ts'
import { after, pathOf, type Scope } from './scope.ts'
import { bare, type Node, need, refuse } from './surface.ts'
import { isContainer, lengthAgainstZero } from './truth.ts'
import { BOOL, CHAR, STRING, type Type } from './types.ts'
import { unify } from './unify.ts'

/** A checker of expressions that sees these declarations and names. */
export function newChecker(tables: Tables, scope: Scope, round: Round): Checker {
  const checker: Checker = {
    tables,
    round,
    scope,
    self: undefined,
    constructs: false,
    result: undefined,
    check: (node, want) => present(checker, expression(checker, node, want)),
    condition: (node) => condition(checker, node),
    iterable: (node) => iterable(checker, node),
    given(known, truth, inside) {
      const { flow } = checker.scope
      checker.scope.flow = after(flow, known, truth)
      try {
        return inside()
      } finally {
        checker.scope.flow = flow
      }
    },
  }
  return checker
}

function expression(checker: Checker, node: Node, want?: Type): Expression {
  switch (node.type) {
    case 'parenthesized_expression':
      return expression(checker, bare(node), want)
    case 'integer':
      return integer(node)
    case 'float':
      return float(node)
    case 'true':
    case 'false':
      return truth(node.type === 'true')
    case 'none':
      return none(checker, node)
    case 'string':
      return prefixOf(node).includes('f') ? format(checker, node) : text(checker, node)
    case 'concatenated_string':
      return node.children.some((piece) => prefixOf(piece).includes('f'))
        ? format(checker, node)
        : text(checker, node)
    case 'identifier':
      return name(checker, node)
    case 'list':
      return list(checker, node, want)
    case 'set':
      return set(checker, node, want)
    case 'dictionary':
      return map(checker, node, want)
    case 'tuple':
    case 'expression_list':
      return tuple(checker, node, want)
    case 'list_comprehension':
    case 'set_comprehension':
      return comprehension(checker, node, want)
    case 'dictionary_comprehension':
      return mapComprehension(checker, node, want)
    case 'unary_operator':
      return unary(checker, node)
    case 'binary_operator':
      return binary(checker, node)
    case 'comparison_operator':
      return comparison(checker, node)
    case 'not_operator':
    case 'boolean_operator':
      return condition(checker, node)
    case 'conditional_expression':
      return conditional(checker, node, want)
    case 'subscript':
      return subscript(checker, node)
    case 'attribute':
      return attribute(checker, node)
    case 'call':
      return held(node, call(checker, node, want))
    default:
      return outside(node)
  }
}

const instead: Record<string, string> = {
  lambda: 'A lambda stands only after `key=`. Write a function.',
  generator_expression:
    'A generator is the only argument of sum, any, all, min, max, sorted, list, set, dict or join. Write a list.',
  named_expression: 'Assign on a line of its own.',
  list_splat: 'Write `xs + ys`.',
  dictionary_splat: 'Use `.update()`.',
  await: 'Nothing waits here.',
  yield: 'Build a list and return it.',
  ellipsis: 'Write a value.',
}

function outside(node: Node): never {
  return refuse(
    node,
    `the language has no ${node.type.replaceAll('_', ' ')} here`,
    instead[node.type] ?? 'Write it another way.',
  )
}

function name(checker: Checker, node: Node): Expression {
  if (node.text === 'self' && checker.self !== undefined)
    return { kind: 'self', type: { kind: 'record', name: checker.self } }
  const place = placeOf(checker, node)
  return place.stands ?? { kind: 'name', name: node.text, type: place.type }
}

/** What is known to hold a value is read without its `None`. */
function present(checker: Checker, value: Expression): Expression {
  const type = head(value.type)
  if (type.kind !== 'optional' || (value.kind !== 'name' && value.kind !== 'field')) return value
  const path = pathOf(value)
  if (path === undefined || !checker.scope.flow.present.has(path)) return value
  return { kind: 'unwrap', value, type: type.of }
}

/** Refuses what only a loop or a call that goes through it may hold. */
function held(node: Node, value: Expression): Expression {
  if (value.kind === 'builtin' && lazyBuiltins.has(value.name))
    return refuse(node, 'this is no list', 'Write `list(…)` around it, or go through it in a loop.')
  return value
}

function condition(checker: Checker, whole: Node): Expression {
  const node = bare(whole)
  if (node.type === 'not_operator') return negation(checker, node)
  if (node.type === 'boolean_operator') {
    const operator = node.tokens[0]?.text === 'or' ? 'or' : 'and'
    const left = condition(checker, need(node, 'left'))
    const right = checker.given(left, operator === 'and', () => condition(checker, need(node, 'right')))
    return { kind: 'logic', operator, left, right, type: BOOL }
  }
  const value = checker.check(node)
  return isContainer(value.type) ? lengthAgainstZero(value, '>') : truthOf(value, node)
}

function negation(checker: Checker, node: Node): Expression {
  const inner = bare(need(node, 'argument'))
  if (inner.type !== 'not_operator' && inner.type !== 'boolean_operator') {
    const value = checker.check(inner)
    if (isContainer(value.type)) return lengthAgainstZero(value, '==')
    return { kind: 'not', value: truthOf(value, inner), type: BOOL }
  }
  return { kind: 'not', value: condition(checker, inner), type: BOOL }
}

function truthOf(value: Expression, node: Node): Expression {
  const type = known(value.type, node)
  if (type.kind === 'bool') return value
  const ask =
    type.kind === 'optional'
      ? 'Write `is not None`.'
      : type.kind === 'int'
        ? 'Write `!= 0`.'
        : 'Write a comparison.'
  return refuse(node, `${spell(type)} is neither true nor false`, ask)
}

function iterable(checker: Checker, whole: Node): Iterable {
  const node = bare(whole)
  const mapped = asComprehension(checker, node, 'generator_expression') ?? node
  if (mapped.type === 'generator_expression') {
    const value = generator(checker, mapped)
    return { value, item: itemOf(value, node) }
  }
  const value = node.type === 'call' ? call(checker, node) : checker.check(node)
  return { value, item: itemOf(value, node) }
}

function itemOf(value: Expression, node: Node): Type {
  if (isLetter(value.type)) unify(value.type, STRING)
  const type = known(value.type, node)
  switch (type.kind) {
    case 'list':
    case 'set':
      return type.of
    case 'map':
      return type.key
    case 'string':
      return CHAR
    case 'tuple': {
      const [first, ...rest] = type.of
      if (first !== undefined && rest.every((of) => unify(first, of))) return first
      return refuse(node, 'the items of this tuple have several types', 'Take them apart: `a, b = …`.')
    }
    default:
      return refuse(
        node,
        `nothing goes through ${spell(type)}`,
        type.kind === 'optional'
          ? 'Ask `is None` first.'
          : 'Use a list, a set, a dict, a string or `range(…)`.',
      )
  }
}
