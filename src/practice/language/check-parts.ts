import { type Checker, known } from './checker.ts'
import { coerce, spell } from './coerce.ts'
import { head, isLetter } from './open-types.ts'
import type { Builtin, Expression } from './program.ts'
import { bare, type Node, need, refuse } from './surface.ts'
import { CHAR, FLOAT, INT, listOf, STRING, type Type } from './types.ts'
import { unify } from './unify.ts'

/** `of[index]` and `of[start:stop:step]`. */
export function subscript(checker: Checker, node: Node): Expression {
  const ofNode = need(node, 'value')
  const indices = node.children.filter((child) => child.field === 'subscript')
  const [index] = indices
  if (index === undefined || indices.length > 1)
    return refuse(node, 'there is one index in brackets', 'Write `grid[i][j]`, or `d[(a, b)]` for a tuple.')
  const of = checker.check(ofNode)
  if (isLetter(of.type)) unify(of.type, STRING)
  if (index.type === 'slice') return slice(checker, node, of, index)
  return { kind: 'index', of, ...indexed(checker, node, of, index) }
}

function indexed(
  checker: Checker,
  node: Node,
  of: Expression,
  indexNode: Node,
): { index: Expression; type: Type } {
  const type = known(of.type, node)
  switch (type.kind) {
    case 'list':
      return { index: coerce(checker.check(indexNode), INT, indexNode), type: type.of }
    case 'string':
      return { index: coerce(checker.check(indexNode), INT, indexNode), type: CHAR }
    case 'map':
      return { index: coerce(checker.check(indexNode, type.key), type.key, indexNode), type: type.value }
    case 'tuple': {
      const index = checker.check(indexNode)
      const at = literalInt(index)
      const item = at === undefined ? undefined : type.of.at(at)
      if (item !== undefined) return { index, type: item }
      return refuse(
        indexNode,
        `a tuple of ${type.of.length} is indexed by a number that is written out`,
        'Write `[0]` or `[1]`.',
      )
    }
    default:
      return refuse(
        node,
        `${spell(type)} has no items`,
        type.kind === 'optional' ? 'Ask `is None` first.' : 'Index a list, a string, a dict or a tuple.',
      )
  }
}

/** The number that is written out, with or without a minus. */
export function literalInt(value: Expression): number | undefined {
  if (value.kind === 'int') return value.value
  if (value.kind === 'negate' && value.value.kind === 'int') return -value.value.value
  return undefined
}

function slice(checker: Checker, node: Node, of: Expression, bounds: Node): Expression {
  const type = known(of.type, node)
  if (type.kind !== 'list' && type.kind !== 'string')
    return refuse(node, `there is no part of ${spell(type)}`, 'Slice a list or a string.')
  const [startNode, stopNode, stepNode] = boundsOf(bounds)
  const step = stepNode === undefined ? 1 : literalInt(checker.check(stepNode))
  if (step === undefined || step === 0)
    return refuse(
      stepNode ?? bounds,
      'the step of a slice is a number that is written out',
      'Write it out, or use `range`.',
    )
  const found: Expression = {
    kind: 'slice',
    of,
    step,
    type: type.kind === 'list' ? listOf(head(type.of)) : STRING,
  }
  if (startNode !== undefined) found.start = coerce(checker.check(startNode), INT, startNode)
  if (stopNode !== undefined) found.stop = coerce(checker.check(stopNode), INT, stopNode)
  return found
}

/** Start, stop and step: what stands between the colons. */
function boundsOf(bounds: Node): (Node | undefined)[] {
  const found: (Node | undefined)[] = [undefined, undefined, undefined]
  const colons = bounds.tokens.map((token) => token.start)
  for (const child of bounds.children) found[colons.filter((colon) => colon < child.start).length] = child
  return found
}

const properties: Record<string, [Builtin, Type]> = {
  'date.year': ['date.year', INT],
  'date.month': ['date.month', INT],
  'date.day': ['date.day', INT],
  'days.days': ['timedelta.days', INT],
}

/** `of.name` that is not called: a field, or a part of a date. */
export function attribute(checker: Checker, node: Node): Expression {
  const name = need(node, 'attribute')
  const ofNode = bare(need(node, 'object'))
  if (ofNode.text === 'math' && (name.text === 'pi' || name.text === 'inf'))
    return { kind: 'builtin', name: `math.${name.text}`, arguments: [], type: FLOAT }
  const of = checker.check(ofNode)
  const type = known(of.type, ofNode)
  const property = properties[`${type.kind}.${name.text}`]
  if (property !== undefined)
    return { kind: 'builtin', name: property[0], arguments: [of], type: property[1] }
  if (type.kind !== 'record')
    return refuse(
      node,
      `${spell(type)} has no \`${name.text}\``,
      type.kind === 'optional' ? 'Ask `is None` first.' : 'Call a method.',
    )
  return { kind: 'field', of, name: name.text, type: fieldType(checker, type.name, name) }
}

/** Type of a field of a record or class. */
export function fieldType(checker: Checker, record: string, name: Node): Type {
  const { records, classes } = checker.tables
  const found =
    records.get(record)?.fields.find((field) => field.name === name.text)?.type ??
    classes.get(record)?.fields.get(name.text)
  return (
    found ??
    refuse(name, `${record} has no field \`${name.text}\``, 'Set it in `__init__`, or call the method.')
  )
}
