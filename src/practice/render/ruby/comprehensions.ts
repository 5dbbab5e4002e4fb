import type { Clause, Expression } from '../../language/program.ts'
import type { Doc, Operand } from '../print.ts'
import { positive } from './conditions.ts'
import { expression, operand } from './expressions.ts'
import { itemsOf, type Source, sourceOf } from './iteration.ts'
import { isInt } from './numbers.ts'
import type { Writing } from './writing.ts'
import { infix, levels, send, withBlock } from './written.ts'

export function comprehension(of: Expression & { kind: 'comprehension' }, writing: Writing): Operand {
  const repeated = repetition(of, writing) ?? chunks(of, writing)
  if (repeated) return repeated
  const items = collected(of.clauses, writing, (source, names) => mapped(source, names, of.item, writing))
  if (of.form !== 'set') return items
  writing.requires.add('set')
  return send(items, 'to_set')
}

/** `Array.new(n) { [] }` for `[[] for _ in range(n)]`. */
function repetition(
  { form, item, clauses }: Expression & { kind: 'comprehension' },
  writing: Writing,
): Operand | undefined {
  const [{ names, iterable, conditions } = {} as Clause, another] = clauses
  if (form !== 'list' || another || conditions.length > 0 || names[0]?.name !== '_') return undefined
  if (iterable.kind !== 'builtin' || iterable.name !== 'range' || iterable.arguments.length !== 1)
    return undefined
  const size = expression(iterable.arguments[0]!, writing)
  return withBlock({ doc: 'Array', level: levels.atom }, 'new', '', expression(item, writing), size)
}

/** `xs.each_slice(n).to_a` for `[xs[i:i + n] for i in range(0, len(xs), n)]`. */
function chunks(
  { form, item, clauses }: Expression & { kind: 'comprehension' },
  writing: Writing,
): Operand | undefined {
  const [{ names, iterable, conditions } = {} as Clause, another] = clauses
  if (form === 'set' || another || conditions.length > 0 || item.kind !== 'slice' || item.of.kind !== 'name')
    return undefined
  if (iterable.kind !== 'builtin' || iterable.name !== 'range' || item.step !== 1) return undefined
  const [start, stop, step] = iterable.arguments
  const place = names[0]!.name
  const isPlace = (of: Expression | undefined) => of?.kind === 'name' && of.name === place
  const { start: from, stop: to } = item
  const isWhole =
    isInt(start, 0) && stop?.kind === 'builtin' && stop.name === 'len' && isSame(stop.arguments[0], item.of)
  const isStep =
    step && to?.kind === 'arithmetic' && to.operator === '+' && isPlace(to.left) && isSame(to.right, step)
  if (!isWhole || !isStep || !isPlace(from)) return undefined
  const size = expression(step, writing)
  if (item.of.type.kind === 'list') return send(send(operand(item.of, writing), 'each_slice', size), 'to_a')
  const parts = send(send(operand(item.of, writing), 'chars'), 'each_slice', size)
  return withBlock(parts, 'map', 'part', 'part.join')
}

function isSame(a: Expression | undefined, b: Expression): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

type Names = Clause['names']

/** One `select` a clause, `flat_map` around what follows, and what `last` makes of the innermost. */
function collected(
  clauses: readonly Clause[],
  writing: Writing,
  last: (source: Source, names: Names) => Operand,
): Operand {
  const [{ names, iterable, conditions }, ...rest] = clauses as [Clause, ...Clause[]]
  const source = selected(sourceOf(names, iterable, writing), conditions, writing)
  if (rest.length === 0) return last(source, names)
  return withBlock(source.receiver, 'flat_map', source.parameters, collected(rest, writing, last).doc)
}

function selected(source: Source, conditions: readonly Expression[], writing: Writing): Source {
  const all = together(conditions)
  if (!all) return source
  const opposite = positive(all)
  const receiver = opposite
    ? withBlock(source.receiver, 'reject', source.parameters, expression(opposite, writing))
    : withBlock(source.receiver, 'select', source.parameters, expression(all, writing))
  return { ...source, receiver, kind: source.kind === 'lazy' ? 'array' : source.kind }
}

function together(conditions: readonly Expression[]): Expression | undefined {
  if (conditions.length === 0) return undefined
  return conditions.reduce((left, right) => ({
    kind: 'logic',
    operator: 'and',
    left,
    right,
    type: left.type,
  }))
}

function mapped(source: Source, names: Names, item: Expression, writing: Writing): Operand {
  if (!isWhole(item, names, source))
    return withBlock(source.receiver, 'map', source.parameters, expression(item, writing))
  return source.kind === 'array' ? source.receiver : send(source.receiver, 'to_a')
}

/** Whether the item is what the source gives. */
function isWhole(item: Expression, names: Names, source: Source): boolean {
  const isName = (of: Expression | undefined, index: number): boolean => {
    const inner = of?.kind === 'convert' && of.type.kind !== 'float' ? of.value : of
    return inner?.kind === 'name' && inner.name === names[index]!.name
  }
  if (names.length === 1) return isName(item, 0)
  if (source.kind === 'lazy' || item.kind !== 'tuple' || item.items.length !== names.length) return false
  return (
    source.parameters.startsWith(names[0]!.name) &&
    names.every((_, index) => isName(item.items[index], index))
  )
}

export function mapComprehension(of: Expression & { kind: 'map-comprehension' }, writing: Writing): Operand {
  return toHash(of.key, of.value, of.clauses, writing)
}

function toHash(key: Expression, value: Expression, clauses: readonly Clause[], writing: Writing): Operand {
  const pair = ['[', expression(key, writing), ', ', expression(value, writing), ']']
  if (clauses.length > 1) {
    const pairs = collected(clauses, writing, ({ receiver, parameters }) =>
      withBlock(receiver, 'map', parameters, pair),
    )
    return send(pairs, 'to_h')
  }
  return collected(clauses, writing, ({ receiver, parameters, kind }, names) => {
    const isItself =
      names.length === 2 && [key, value].every((of, at) => of.kind === 'name' && of.name === names[at]!.name)
    const isKept = isItself && parameters === names.map(({ name }) => name).join(', ')
    if (isKept && clauses[0]!.conditions.length > 0)
      return kind === 'hash' ? receiver : send(receiver, 'to_h')
    return withBlock(receiver, 'to_h', parameters, pair)
  })
}

/** `dict(…)`. */
export function hashOf(of: Expression, writing: Writing): Operand {
  if (of.type.kind === 'map') return send(operand(of, writing), 'dup')
  if (of.kind === 'comprehension' && of.item.kind === 'tuple') {
    const [key, value] = of.item.items as [Expression, Expression]
    return toHash(key, value, of.clauses, writing)
  }
  return send(itemsOf(of, writing), 'to_h')
}

/** `any?`, `all?` and `none?`. */
export function quantified(name: 'any?' | 'all?' | 'none?', of: Expression, writing: Writing): Operand {
  if (of.kind !== 'comprehension') return send(itemsOf(of, writing), name)
  const ask = (clauses: readonly Clause[], name: 'any?' | 'all?' | 'none?'): Operand => {
    const [{ names, iterable, conditions }, ...rest] = clauses as [Clause, ...Clause[]]
    const source = sourceOf(names, iterable, writing)
    const inner = rest.length > 0 ? ask(rest, name === 'none?' ? 'any?' : name) : operand(of.item, writing)
    if (name === 'all?') {
      const { receiver, parameters } = selected(source, conditions, writing)
      return withBlock(receiver, name, parameters, inner.doc)
    }
    const all = together(conditions)
    const body = all ? infix(operand(all, writing), '&&', inner, levels.and) : inner
    return withBlock(source.receiver, name, source.parameters, body.doc)
  }
  return ask(of.clauses, name)
}

/** `sum(…)` and `sum(1 for …)`, which counts. */
export function sum(of: Expression, start: Expression | undefined, writing: Writing): Operand {
  const first: Doc[] = start ? [expression(start, writing)] : []
  if (of.kind !== 'comprehension') return send(itemsOf(of, writing), 'sum', ...first)
  const { item, clauses } = of
  if (item.kind === 'int' && item.value === 1 && !start) return count(clauses, writing)
  const add = (clauses: readonly Clause[], first: Doc[]): Operand => {
    const [{ names, iterable, conditions }, ...rest] = clauses as [Clause, ...Clause[]]
    const { receiver, parameters, kind } = selected(sourceOf(names, iterable, writing), conditions, writing)
    if (
      rest.length === 0 &&
      kind !== 'hash' &&
      names.length === 1 &&
      isWhole(item, names, { receiver, parameters, kind })
    )
      return send(receiver, 'sum', ...first)
    const body = rest.length > 0 ? add(rest, []).doc : expression(item, writing)
    return withBlock(receiver, 'sum', parameters, body, ...first)
  }
  return add(clauses, first)
}

export function count(clauses: readonly Clause[], writing: Writing): Operand {
  const [{ names, iterable, conditions }, ...rest] = clauses as [Clause, ...Clause[]]
  const source = sourceOf(names, iterable, writing)
  if (rest.length > 0) {
    const { receiver, parameters } = selected(source, conditions, writing)
    return withBlock(receiver, 'sum', parameters, count(rest, writing).doc)
  }
  const all = together(conditions)
  return all
    ? withBlock(source.receiver, 'count', source.parameters, expression(all, writing))
    : send(source.receiver, 'count')
}

/** `text.join(…)`. Numbers are written as they are, without `to_s`. */
export function joined(of: Expression, separator: Expression, writing: Writing): Operand {
  const isNumber = of.kind === 'comprehension' && of.item.kind === 'builtin' && of.item.name === 'str'
  const number = isNumber ? (of.item as Expression & { kind: 'builtin' }).arguments[0]! : undefined
  const items =
    of.kind === 'comprehension' && number?.type.kind === 'int'
      ? { ...of, form: 'list' as const, item: number }
      : of
  const isEmpty = separator.kind === 'string' && separator.value === ''
  return send(itemsOf(items, writing), 'join', ...(isEmpty ? [] : [expression(separator, writing)]))
}
