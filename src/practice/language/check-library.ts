import { asComprehension, itemName } from './applied.ts'
import { type Arguments, type Check, inOrder, make, positional, type Receiver } from './arguments.ts'
import { isOrdered } from './check-comparisons.ts'
import { generator } from './check-comprehensions.ts'
import { conversions } from './check-conversions.ts'
import { optionsOf } from './check-keys.ts'
import { keyed } from './check-literals.ts'
import { alike } from './check-operators.ts'
import { type Checker, type Iterable, known, openAt } from './checker.ts'
import { coerce, spell } from './coerce.ts'
import { head, isLetter, openType } from './open-types.ts'
import type { Builtin, Clause, Expression } from './program.ts'
import { bare, type Node, refuse } from './surface.ts'
import { isContainer } from './truth.ts'
import {
  BOOL,
  FLOAT,
  INT,
  listOf,
  mapOf,
  NONE,
  optionalOf,
  STRING,
  setOf,
  type Type,
  tupleOf,
} from './types.ts'
import { unify } from './unify.ts'

/** What `library.json` cannot say: calls whose types depend on how they are called. */
export const special: Partial<Record<Builtin, Check>> = {
  ...conversions,
  len(checker, given) {
    const [node] = positional(given, 1, 1)
    const value = checker.check(node!)
    if (isLetter(value.type)) unify(value.type, STRING)
    known(value.type, node!)
    if (!isContainer(value.type))
      return refuse(
        node!,
        `${spell(value.type)} has no length`,
        node!.type === 'generator_expression'
          ? 'Write `sum(1 for …)`.'
          : 'Give a list, a set, a dict or a string.',
      )
    return make('len', [value], INT)
  },
  sum,
  min: extreme('min'),
  max: extreme('max'),
  any: quantifier('any'),
  all: quantifier('all'),
  range(checker, given) {
    const bounds = positional(given, 1, 3).map((node) => coerce(checker.check(node), INT, node))
    return make('range', bounds, listOf(INT))
  },
  enumerate(checker, given) {
    const [node, second] = positional(given, 1, 2, ['start'])
    const start = second ?? given.named.get('start')
    const { value, item } = ordered(checker, node!)
    const found = start === undefined ? [value] : [value, coerce(checker.check(start), INT, start)]
    return make('enumerate', found, listOf(tupleOf(INT, item)))
  },
  zip(checker, given) {
    const found = positional(given, 2, 3).map((node) => ordered(checker, node))
    return make(
      'zip',
      found.map(({ value }) => value),
      listOf(tupleOf(...found.map(({ item }) => item))),
    )
  },
  reversed(checker, given) {
    const [node] = positional(given, 1, 1)
    const { value, item } = ordered(checker, node!)
    const lazy = value.kind === 'builtin' && (value.name === 'zip' || value.name === 'enumerate')
    if (lazy || value.kind === 'comprehension' || head(value.type).kind === 'map')
      return refuse(node!, 'this is not gone through backwards', 'Make a list of it first.')
    return make('reversed', [value], listOf(item))
  },
  sorted(checker, given) {
    const [node] = positional(given, 1, 1, ['key', 'reverse'])
    const { value, item } = checker.iterable(node!)
    const byKey = value.kind === 'builtin' && value.name === 'dict.items' && !isOrdered(item)
    if (byKey && !given.named.has('key')) return sortedByFirst(checker, given, value, item)
    return make('sorted', [value], listOf(head(item)), optionsOf(checker, given, item, ['key', 'reverse']))
  },
  'list.sort'(checker, given, receiver) {
    positional(given, 0, 0, ['key', 'reverse'])
    const item = openType()
    const value = coerce(receiver!.value, listOf(item), receiver!.node)
    return make('list.sort', [value], NONE, optionsOf(checker, given, item, ['key', 'reverse']))
  },
  list(checker, given) {
    const [node] = positional(given, 0, 1)
    if (node === undefined)
      return { kind: 'list', items: [], type: listOf(openAt(checker, given.node, 'item')) }
    const mapped = asComprehension(checker, node, 'list_comprehension')
    if (mapped !== undefined) return checker.check(mapped)
    const { value, item } = checker.iterable(node)
    return make('list', [value], listOf(head(item)))
  },
  set(checker, given) {
    const [node] = positional(given, 0, 1)
    if (node === undefined)
      return { kind: 'set', items: [], type: setOf(openAt(checker, given.node, 'item')) }
    const { value, item } = checker.iterable(node)
    keyed(node, item)
    return make('set', [value], setOf(head(item)))
  },
  dict: dictionary,
  tuple(_, given) {
    return refuse(
      given.node,
      'a tuple has a fixed number of items here',
      'Keep the list, or write the items out: `(a, b)`.',
    )
  },
  'dict.get'(checker, given, receiver) {
    const { map, key, value, rest } = mapCall(checker, given, receiver!)
    if (rest !== undefined && rest.type !== 'none')
      return make('dict.get', [map, key, coerce(checker.check(rest, value), value, rest)], head(value))
    const type = head(value).kind === 'optional' ? head(value) : optionalOf(value)
    return make('dict.get', [map, key], type)
  },
  'dict.pop'(checker, given, receiver) {
    const { map, key, value, rest } = mapCall(checker, given, receiver!)
    const found =
      rest === undefined ? [map, key] : [map, key, coerce(checker.check(rest, value), value, rest)]
    return make('dict.pop', found, head(value))
  },
}

/** What is gone through, where the order shows. */
function ordered(checker: Checker, node: Node): { value: Expression; item: Type } {
  const found = checker.iterable(node)
  inOrder(found.value, node)
  return found
}

/** `sum(x > 0 for x in xs)` counts: its normal form is `sum(1 for x in xs if x > 0)`. */
function sum(checker: Checker, given: Arguments): Expression {
  const [node, second] = positional(given, 1, 2, ['start'])
  const found = checker.iterable(node!)
  const value = countOf(checker, node!, found)
  const item = value === found.value ? found.item : INT
  const of = known(item, node!)
  if (of.kind !== 'int' && of.kind !== 'float')
    return refuse(node!, `there is no sum of ${spell(item)}`, 'Sum numbers.')
  const start = second ?? given.named.get('start')
  if (start === undefined) return make('sum', [value], of)
  const first = checker.check(start)
  const type = head(first.type).kind === 'float' ? FLOAT : of
  return make('sum', [value, coerce(first, type, start)], type)
}

function countOf(checker: Checker, at: Node, { value, item }: Iterable): Expression {
  if (head(item).kind !== 'bool') return value
  const name = itemName(checker, at, item).text
  const whole: Clause = { names: [{ name, type: item }], iterable: value, conditions: [] }
  const [clauses, condition]: [Clause[], Expression] =
    value.kind === 'comprehension' && value.form === 'generator'
      ? [value.clauses, value.item]
      : [[whole], { kind: 'name', name, type: item }]
  const last = clauses.at(-1)!
  return {
    kind: 'comprehension',
    form: 'generator',
    item: { kind: 'int', value: 1, type: INT },
    clauses: [...clauses.slice(0, -1), { ...last, conditions: [...last.conditions, condition] }],
    type: listOf(INT),
  }
}

/** `sorted(d.items())` where values have no order: keys differ, so Python never comes to compare values. */
function sortedByFirst(checker: Checker, given: Arguments, value: Expression, item: Type): Expression {
  const name = itemName(checker, given.node, item).text
  const key = (head(item) as Type & { kind: 'tuple' }).of[0]!
  const whole: Expression = { kind: 'name', name, type: item }
  const body: Expression = {
    kind: 'index',
    of: whole,
    index: { kind: 'int', value: 0, type: INT },
    type: key,
  }
  const type: Type = { kind: 'function', parameters: [item], result: key }
  const options = optionsOf(checker, given, key, ['reverse'])
  options.key = { kind: 'lambda', parameters: [{ name, type: item }], body, type }
  return make('sorted', [value], listOf(head(item)), options)
}

function extreme(name: 'min' | 'max'): Check {
  return (checker, given) => {
    const nodes = positional(given, 1, Number.POSITIVE_INFINITY, ['key', 'default'])
    if (nodes.length > 1) return extremeOfSeveral(checker, name, given, nodes)
    const [node] = nodes as [Node]
    const { value, item } = checker.iterable(node)
    const options = optionsOf(checker, given, item, ['key', 'default'])
    const defaultNode = given.named.get('default')
    if (defaultNode === undefined) return make(name, [value], head(item), options)
    const type = bare(defaultNode).type === 'none' ? optionalOf(head(item)) : head(item)
    options.default = coerce(checker.check(defaultNode, type), type, defaultNode)
    return make(name, [value], type, options)
  }
}

function extremeOfSeveral(
  checker: Checker,
  name: 'min' | 'max',
  given: Arguments,
  nodes: readonly Node[],
): Expression {
  const values = nodes.map((node) => checker.check(node))
  let widest = values[0]!
  for (const value of values)
    widest = alike(widest, value)?.[0] ?? refuse(given.node, 'these have several types', 'Convert some.')
  const type = head(widest.type)
  const found = values.map((value, index) => coerce(value, type, nodes[index]!))
  return make(name, found, type, optionsOf(checker, given, type, ['key']))
}

function quantifier(name: 'any' | 'all'): Check {
  return (checker, given) => {
    const [whole] = positional(given, 1, 1)
    const node = asComprehension(checker, whole!, 'generator_expression') ?? bare(whole!)
    if (node.type === 'generator_expression') return make(name, [generator(checker, node, true)], BOOL)
    const { value, item } = checker.iterable(node)
    if (!unify(item, BOOL))
      return refuse(
        node,
        `the items are ${spell(item)}`,
        `Write \`${name}(… for x in …)\` with a comparison.`,
      )
    return make(name, [value], BOOL)
  }
}

function dictionary(checker: Checker, given: Arguments): Expression {
  const [node] = positional(given, 0, 1)
  if (node === undefined)
    return {
      kind: 'map',
      entries: [],
      type: mapOf(openAt(checker, given.node, 'key'), openAt(checker, given.node, 'value')),
    }
  const { value, item } = ordered(checker, node)
  const type = head(value.type)
  if (type.kind === 'map') return make('dict', [value], type)
  const pair = head(item)
  if (pair.kind !== 'tuple' || pair.of.length !== 2)
    return refuse(node, `a dict is not made of ${spell(value.type)}`, 'Give pairs, or write `{k: v for …}`.')
  keyed(node, pair.of[0]!)
  return make('dict', [value], mapOf(head(pair.of[0]!), head(pair.of[1]!)))
}

function mapCall(checker: Checker, given: Arguments, receiver: Receiver) {
  const [keyNode, rest] = positional(given, 1, 2)
  const [key, value] = [openType(), openType()]
  const map = coerce(receiver.value, mapOf(key, value), receiver.node)
  return { map, key: coerce(checker.check(keyNode!, key), key, keyNode!), value, rest: rest && bare(rest) }
}
