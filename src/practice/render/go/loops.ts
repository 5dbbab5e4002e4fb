import type { Binding, Expression, Statement } from '../../language/program.ts'
import * as build from '../build.ts'
import { goesThroughMap } from '../order.ts'
import { Unsupported } from '../renderer.ts'
import { isUsed } from '../uses.ts'
import { assignedIn, changedIn, expressionsIn, rootOf } from '../walk.ts'
import { expression } from './expressions.ts'
import { kept } from './lists.ts'
import { unexported } from './names.ts'
import { bracketed } from './places.ts'
import { block } from './statements.ts'
import { resizedIn } from './survey.ts'
import { atom, binary, call, composite, type Go, header, index, print, select } from './syntax.ts'
import { goType, isArray, placeName } from './types.ts'
import { emit, fresh, indented, isSimple, type Writing } from './writing.ts'

export type For = Statement & { kind: 'for' }

/** One way to go through something: the head of the loop, and what its body begins with. */
interface Turn {
  head: string
  first?: string[]
}

export function forStatement(of: For, writing: Writing): void {
  const borrowed = new Set<string>()
  const { iterable, body } = of
  const source =
    iterable.kind === 'builtin' && iterable.name !== 'list' ? (iterable.arguments[0] ?? iterable) : iterable
  const root = rootOf(source)
  if (root !== undefined && source.type.kind === 'list' && resizedIn(body).has(root) && !isLength(iterable))
    throw new Unsupported('a list that grows or shrinks while it is gone through')
  if (goesThroughMap(iterable) && writing.ordered.has(iterable))
    throw new Unsupported('a map whose order shows')
  const { head, first = [] } = turnOf(of, writing, borrowed)
  emit(writing, `for ${head} {`, ...indented([...first, ...block(body, writing)]), '}')
  // A counter of Go's own is free again after its loop.
  for (const name of borrowed) writing.taken.delete(name)
}

function isLength(iterable: Expression): boolean {
  return iterable.kind === 'builtin' && iterable.name === 'range'
}

function turnOf(of: For, writing: Writing, borrowed: Set<string>): Turn {
  const { iterable } = of
  const borrow = (...wanted: string[]) => {
    const name = unexported(fresh(writing, ...wanted))
    borrowed.add(name)
    return name
  }
  if (iterable.kind === 'builtin')
    switch (iterable.name) {
      case 'range':
        return { head: rangeHead(of, iterable.arguments, writing, borrow) }
      case 'enumerate':
        return enumerated(of, iterable.arguments, writing, borrow)
      case 'zip':
        return zipped(of, iterable.arguments, writing, borrow)
      case 'reversed':
        return reversed(of, iterable.arguments[0]!, writing, borrow)
      case 'dict.items':
        return items(of, iterable.arguments[0]!, writing, borrow)
      case 'dict.keys':
        return keys(of, iterable.arguments[0]!, writing)
      case 'dict.values': {
        const { head, first } = bound(of.names, of, borrow, 'value')
        return { head: ranged('_', head, iterable.arguments[0]!, writing), first }
      }
    }
  if (iterable.type.kind === 'map' || iterable.type.kind === 'set') return keys(of, iterable, writing)
  const { head, first } = bound(of.names, of, borrow, 'item')
  if (iterable.kind === 'builtin' && iterable.name === 'str.split' && iterable.arguments.length === 1)
    writing.bare.add(of.names[0]!.name)
  return { head: ranged('_', head, iterable, writing), first }
}

/** `_, x := range xs`, without what is not used. */
function ranged(counter: string, item: string, iterable: Expression, writing: Writing): string {
  const over = print(header(sequence(iterable, writing)))
  if (item === '_') return counter === '_' ? `range ${over}` : `${counter} := range ${over}`
  return `${counter}, ${item} := range ${over}`
}

/** What `range` goes through; a tuple as a list. */
function sequence(of: Expression, writing: Writing): Go {
  if (of.kind === 'tuple' && of.type.kind === 'tuple') {
    const type = goType({ kind: 'list', of: of.type.of[0]! }, writing.module.survey)
    return composite(
      type,
      of.items.map((item) => expression(item, writing)),
    )
  }
  return expression(of, writing, 'read')
}

function ownName(of: Binding, { body }: For): string {
  return of.name !== '_' && isUsed(of.name, body) ? unexported(of.name) : '_'
}

/** The variable of an item, or of a tuple that the body's first line takes apart. */
function bound(
  names: readonly Binding[],
  of: For,
  borrow: (...wanted: string[]) => string,
  wanted: string,
): { head: string; first: string[] } {
  if (names.length === 1) return { head: ownName(names[0]!, of), first: [] }
  const own = names.map((name) => ownName(name, of))
  const used = own.flatMap((name, at) => (name === '_' ? [] : [at]))
  if (used.length === 0) return { head: '_', first: [] }
  const pair = borrow(wanted === 'item' ? 'pair' : wanted, 'entry', 'parts')
  const type = itemTypeOf(of)
  const part = (at: number) => {
    if (type?.kind !== 'tuple' || isArray(type)) return index(atom(pair), atom(String(at)))
    return select(atom(pair), placeName(at))
  }
  const left = used.map((at) => own[at]).join(', ')
  return { head: pair, first: [`${left} := ${used.map((at) => print(part(at))).join(', ')}`] }
}

/** The type of what the loop goes through: a tuple, or a list of as many items as there are names. */
function itemTypeOf({ iterable, names }: For) {
  const { type } = iterable
  if (type.kind === 'list' || type.kind === 'set') {
    if (type.of.kind === 'tuple' && iterable.kind === 'builtin' && iterable.name === 'enumerate')
      return type.of.of[1]
    return type.of
  }
  if (type.kind === 'map') return type.key
  return { kind: 'tuple' as const, of: names.map((name) => name.type) }
}

function isCheap(of: Expression): boolean {
  if (isSimple(of)) return true
  return (
    of.kind === 'arithmetic' &&
    isCheap(of.left) &&
    isCheap(of.right) &&
    (of.operator === '+' || of.operator === '-')
  )
}

/** A bound that the loop looks at in every turn; one that may change is computed before. */
function stable(of: Expression, { body }: For, writing: Writing): Go {
  const touched = new Set([...assignedIn(body), ...changedIn(body)])
  const isStable = [...expressionsIn(of)].every(
    (part) => part.kind !== 'name' || !touched.has(part.name) || keepsLength(part, body),
  )
  const reads = [...expressionsIn(of)].some((part) => part.kind === 'self' || part.kind === 'field')
  if (isCheap(of) && isStable && !(reads && touched.has('self'))) return expression(of, writing)
  return expression(kept(of, writing, 'end', 'limit', 'stop'), writing)
}

/** A list whose items change, but not their number. */
function keepsLength(of: Expression & { kind: 'name' }, body: readonly Statement[]): boolean {
  return of.type.kind === 'list' && !assignedIn(body).has(of.name) && !resizedIn(body).has(of.name)
}

function rangeHead(
  of: For,
  args: readonly Expression[],
  writing: Writing,
  borrow: (...wanted: string[]) => string,
): string {
  const [low, high, step] =
    args.length === 1 ? [build.intOf(0), args[0]!] : (args as [Expression, Expression, Expression?])
  const name = ownName(of.names[0]!, of)
  const i = name === '_' ? borrow('i', 'j', 'k', 'turn') : name
  const down = step !== undefined && (step.kind === 'negate' || (step.kind === 'int' && step.value < 0))
  const isIndices =
    low.kind === 'int' &&
    low.value === 0 &&
    !step &&
    high.kind === 'builtin' &&
    high.name === 'len' &&
    high.arguments[0]!.type.kind === 'list'
  if (isIndices && writing.module.choices.rangeIndices && name !== '_') {
    const list = (high as Expression & { kind: 'builtin' }).arguments[0]!
    if (isSimple(list) && !resizedIn(of.body).has(rootOf(list) ?? ''))
      return `${i} := range ${print(expression(list, writing, 'read'))}`
  }
  const from = print(expression(low, writing), 1)
  return `${i} := ${from}; ${condition(i, high, down, of, writing)}; ${stepped(i, step, down, writing)}`
}

/** `i < n`; `i <= n` for `n + 1`, `i >= 0` for `-1`. */
function condition(i: string, end: Expression, down: boolean, of: For, writing: Writing): string {
  const isOne = (one: Expression) => one.kind === 'int' && one.value === 1
  const isMinusOne = (one: Expression) =>
    (one.kind === 'int' && one.value === -1) || (one.kind === 'negate' && isOne(one.value))
  const text = (operator: string, bound: Go) => print(header(binary(atom(i), operator, bound)))
  if (down) {
    if (isMinusOne(end)) return text('>=', atom('0'))
    if (end.kind === 'arithmetic' && end.operator === '-' && isOne(end.right))
      return text('>=', stable(end.left, of, writing))
    return text('>', stable(end, of, writing))
  }
  if (end.kind === 'arithmetic' && end.operator === '+' && isOne(end.right))
    return text('<=', stable(end.left, of, writing))
  return text('<', stable(end, of, writing))
}

function stepped(i: string, step: Expression | undefined, down: boolean, writing: Writing): string {
  if (!step) return `${i}++`
  const by =
    step.kind === 'negate' ? step.value : step.kind === 'int' ? build.intOf(Math.abs(step.value)) : step
  if (by.kind === 'int' && by.value === 1) return down ? `${i}--` : `${i}++`
  return `${i} ${down ? '-' : '+'}= ${print(expression(by, writing))}`
}

function enumerated(
  of: For,
  [source, start]: readonly Expression[],
  writing: Writing,
  borrow: (...wanted: string[]) => string,
): Turn {
  if (of.names.length === 1) return paired(of, [source!], start ?? build.intOf(0), writing, borrow)
  if (goesThroughMap(source!)) throw new Unsupported('a map whose order shows')
  const [counter, item] = of.names as [Binding, Binding]
  const isLazy =
    source!.kind === 'builtin' && ['zip', 'reversed', 'enumerate', 'range'].includes(source!.name)
  const over = isLazy ? kept(build.call('list', source!.type, source!), writing, 'items', 'values') : source!
  const name = ownName(counter, of)
  const isShifted = start !== undefined && !(start.kind === 'int' && start.value === 0) && name !== '_'
  const i = isShifted ? borrow('i', 'index', 'j') : name
  const first = isShifted ? [`${name} := ${print(binary(atom(i), '+', expression(start, writing)))}`] : []
  return { head: ranged(i, ownName(item, of), over, writing), first }
}

/** `for pair in enumerate(xs)` and `in zip(xs, ys)`: the pair is made in each turn. */
function paired(
  of: For,
  sources: readonly Expression[],
  start: Expression | undefined,
  writing: Writing,
  borrow: (...wanted: string[]) => string,
): Turn {
  const { name, type } = of.names[0]!
  if (type.kind !== 'tuple') throw new Unsupported('a pair of another type')
  const names = type.of.map((part) => ({
    name: fresh(writing, 'first', 'second', 'third', 'part'),
    type: part,
  }))
  for (const one of names) borrow(one.name)
  const parts: Expression = {
    kind: 'tuple',
    items: names.map((one) => build.nameOf(one.name, one.type)),
    type,
  }
  const iterable: Expression = start
    ? build.call('enumerate', of.iterable.type, sources[0]!, start)
    : build.call('zip', of.iterable.type, ...sources)
  const body: Statement[] = [build.declare(name, type, parts), ...of.body]
  const inner: For = { kind: 'for', names, iterable, body }
  const turn = turnOf(inner, writing, new Set())
  return {
    ...turn,
    first: [...(turn.first ?? []), `${unexported(name)} := ${print(expression(parts, writing))}`],
  }
}

/** `zip(xs, ys)` by an index; `zip(xs, xs[1:])` looks at neighbours. */
function zipped(
  of: For,
  sources: readonly Expression[],
  writing: Writing,
  borrow: (...wanted: string[]) => string,
): Turn {
  if (sources.some(goesThroughMap)) throw new Unsupported('a map whose order shows')
  if (of.names.length === 1) return paired(of, sources, undefined, writing, borrow)
  const places = sources.map((source) => {
    const isTail =
      source.kind === 'slice' &&
      source.step === 1 &&
      !source.stop &&
      source.start?.kind === 'int' &&
      source.start.value > 0
    const shift = isTail ? ((source as { start: Expression }).start as { value: number }).value : 0
    const list = isTail ? (source as { of: Expression }).of : source
    const isLazy =
      list.kind === 'builtin' && ['zip', 'reversed', 'enumerate', 'range', 'list'].includes(list.name)
    const whole = isLazy ? build.call('list', list.type, list) : list
    return {
      list: isSimple(whole) && !isLazy ? whole : kept(whole, writing, 'others', 'values', 'items'),
      shift,
    }
  })
  const i = borrow('i', 'j', 'k')
  const at = (shift: number) => (shift === 0 ? atom(i) : binary(atom(i), '+', atom(String(shift))))
  const shortest = new Map<string, { length: Go; shift: number }>()
  for (const { list, shift } of places) {
    const length = call('len', expression(list, writing, 'read'))
    const known = shortest.get(print(length))
    shortest.set(print(length), { length, shift: Math.max(shift, known?.shift ?? 0) })
  }
  const test = [...shortest.values()]
    .map(({ length, shift }) => binary(at(shift), '<', length))
    .reduce((left, right) => binary(left, '&&', right))
  const used = of.names.flatMap((name, place) => (ownName(name, of) === '_' ? [] : [place]))
  const parts = used.map((place) => {
    const { list, shift } = places[place]!
    if (list.type.kind === 'string') writing.bytes.add(of.names[place]!.name)
    return index(bracketed(expression(list, writing, 'read')), at(shift))
  })
  const left = used.map((place) => unexported(of.names[place]!.name)).join(', ')
  const depth = used.length > 1 ? 2 : 1
  const first = used.length > 0 ? [`${left} := ${parts.map((part) => print(part, depth)).join(', ')}`] : []
  return { head: `${i} := 0; ${print(test)}; ${i}++`, first }
}

function reversed(
  of: For,
  source: Expression,
  writing: Writing,
  borrow: (...wanted: string[]) => string,
): Turn {
  if (source.kind === 'builtin' && source.name === 'range') {
    const [low, high, step] =
      source.arguments.length === 1 ? [build.intOf(0), ...source.arguments] : source.arguments
    if (step) throw new Unsupported('a range with a step, backwards')
    const last =
      high!.kind === 'int' ? build.intOf(high!.value - 1) : build.arithmetic(high!, '-', build.intOf(1))
    const end =
      low!.kind === 'int' ? build.intOf(low!.value - 1) : build.arithmetic(low!, '-', build.intOf(1))
    return { head: rangeHead(of, [last, end, build.intOf(-1)], writing, borrow) }
  }
  const list = isSimple(source) ? source : kept(source, writing, 'items', 'values')
  const held = expression(list, writing, 'read')
  const i = borrow('i', 'j', 'k')
  const head = `${i} := ${print(binary(call('len', held), '-', atom('1')))}; ${i} >= 0; ${i}--`
  const { head: item, first } = bound(of.names, of, borrow, 'item')
  if (item === '_') return { head }
  if (list.type.kind === 'string') writing.bytes.add(of.names[0]!.name)
  return { head, first: [`${item} := ${print(index(bracketed(held), atom(i)))}`, ...first] }
}

function items(of: For, map: Expression, writing: Writing, borrow: (...wanted: string[]) => string): Turn {
  if (of.names.length === 1) {
    const { name, type } = of.names[0]!
    if (ownName(of.names[0]!, of) === '_')
      return { head: `range ${print(header(expression(map, writing, 'read')))}` }
    const [key, value] = [borrow('key', 'k'), borrow('value', 'v')]
    const pair = composite(goType(type, writing.module.survey), [atom(key), atom(value)])
    return { head: ranged(key, value, map, writing), first: [`${unexported(name)} := ${print(pair)}`] }
  }
  const [key, value] = of.names as [Binding, Binding]
  return { head: ranged(ownName(key, of), ownName(value, of), map, writing) }
}

function keys(of: For, map: Expression, writing: Writing): Turn {
  if (of.names.length > 1) throw new Unsupported('keys that are taken apart')
  return { head: ranged(ownName(of.names[0]!, of), '_', map, writing) }
}
