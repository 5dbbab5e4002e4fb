import type { Expression } from '../../language/program.ts'
import { INT, listOf, type Type, tupleOf } from '../../language/types.ts'
import * as build from '../build.ts'
import { isIterator } from '../lower.ts'
import { Unsupported } from '../renderer.ts'
import { expression, lowered, several } from './expressions.ts'
import { checkError } from './failing.ts'
import type { Entries } from './library.ts'
import { combinedSets, copyOf, isOwn, kept } from './lists.ts'
import { unexported } from './names.ts'
import { place } from './places.ts'
import { atom, binary, call, type Go, index, print, slice } from './syntax.ts'
import { zeroOf } from './types.ts'
import { emit, fresh, indented, isSimple, type Writing } from './writing.ts'

export const collections: Entries = {
  len([of], writing) {
    if (of!.kind === 'comprehension') return lowered(build.call('len', INT, of!), writing)
    if (of!.kind === 'name' && writing.builders.has(of!.name)) return call(`${unexported(of!.name)}.Len`)
    if (isIterator(of!) && of!.kind === 'builtin')
      return call('len', expression(of!.arguments[0]!, writing, 'read'))
    return call('len', expression(of!, writing, 'read'))
  },
  list([of], writing, whole, goal) {
    if (of!.type.kind === 'string') return call('[]rune', expression(of!, writing))
    if (of!.kind !== 'comprehension' && of!.type.kind === 'list' && !isIterator(of!))
      return isOwn(of!, writing)
        ? expression(of!, writing)
        : copyOf(expression(of!, writing, 'read'), whole, writing)
    return lowered(whole, writing, goal)
  },
  dict([of], writing, whole, goal) {
    if (of!.type.kind === 'map') return lowered(copyOfMap(of!, writing), writing, goal)
    return lowered(whole, writing, goal)
  },
  'list.copy': ([of], writing) =>
    isOwn(of!, writing) ? expression(of!, writing) : copyOf(expression(of!, writing, 'read'), of!, writing),
  'list.pop': popped,
  'list.index'([list, item], writing, _, goal) {
    const found = unexported(goal ?? fresh(writing, 'index', 'position', 'place'))
    const [name, at] = [fresh(writing, 'item', 'candidate'), fresh(writing, 'i', 'j')]
    const type = (list!.type as { of: Type }).of
    const wanted = isSimple(item!) ? item! : kept(item!, writing, 'wanted', 'target')
    const searched =
      isSimple(list!) || list!.kind === 'list' ? list! : kept(list!, writing, 'items', 'values')
    writing.taken.delete(unexported(name))
    writing.taken.delete(unexported(at))
    const test = build.compare(build.nameOf(name, type), '==', wanted)
    emit(writing, `${found} := -1`)
    emit(
      writing,
      `for ${unexported(at)}, ${unexported(name)} := range ${print(expression(searched, writing, 'read'))} {`,
    )
    emit(
      writing,
      `\tif ${print(expression(test, writing))} {`,
      `\t\t${found} = ${unexported(at)}`,
      '\t\tbreak',
      '\t}',
      '}',
    )
    if (!writing.knowledge.isMember(item!, list!))
      checkError(writing, `${found} < 0`, () => call('errors.New', atom('"value not in list"')))
    return atom(found)
  },
  'list.count'([list, item], writing) {
    const type = (list!.type as { of: Type }).of
    const name = fresh(writing, 'item', 'other')
    const wanted = isSimple(item!) ? item! : kept(item!, writing, 'wanted', 'target')
    return lowered(
      build.call('sum', INT, {
        kind: 'comprehension',
        form: 'generator',
        item: build.intOf(1),
        clauses: [
          {
            names: [{ name, type }],
            iterable: list!,
            conditions: [build.compare(build.nameOf(name, type), '==', wanted)],
          },
        ],
        type: listOf(INT),
      }),
      writing,
    )
  },
  'dict.get'([map, key, other], writing, of, goal) {
    if (!other) throw new Unsupported('an optional in this place')
    const zero = zeroOf(of.type, writing.module.survey)
    const held = several([map!, key!], writing, (part) => expression(part, writing, 'read'))
    const entry = index(held[0]!, held[1]!)
    const fallback = expression(other, writing)
    const isZero = print(fallback) === print(zero) || (other.kind === 'float' && other.value === 0)
    if (isZero || isEmptyList(other)) return entry
    const name = goal ?? unexported(fresh(writing, 'value', 'entry'))
    const ok = unexported(fresh(writing, 'ok', 'found'))
    emit(writing, `${name}, ${ok} := ${print(entry)}`)
    emit(writing, `if !${ok} {`, `\t${name} = ${print(fallback)}`, '}')
    return atom(name)
  },
  'dict.setdefault'([map, key, other], writing) {
    const at = isSimple(key!) ? key! : kept(key!, writing, 'key', 'wanted')
    const entry = build.itemOf(map!, at, other!.type)
    emit(writing, ...missing(entry, other!, writing))
    return expression(entry, writing)
  },
  'dict.pop'([map, key, other], writing, of, goal) {
    const at = isSimple(key!) ? key! : kept(key!, writing, 'key', 'wanted')
    const name = goal ?? unexported(fresh(writing, 'value', 'entry'))
    const held = expression(map!, writing, 'read')
    const entry = index(held, expression(at, writing))
    if (other && print(expression(other, writing)) !== print(zeroOf(of.type, writing.module.survey))) {
      const ok = unexported(fresh(writing, 'ok', 'found'))
      emit(writing, `${name}, ${ok} := ${print(entry)}`)
      emit(writing, `if !${ok} {`, `\t${name} = ${print(expression(other, writing))}`, '}')
    } else emit(writing, `${name} := ${print(entry)}`)
    emit(writing, print(call('delete', held, expression(at, writing))))
    return atom(name)
  },
  'dict.copy': ([of], writing, _, goal) => lowered(copyOfMap(of!, writing), writing, goal),
  'dict.keys': asList,
  'dict.values': asList,
  'dict.items': asList,
  range: asList,
  enumerate: asList,
  zip: asList,
  reversed: asList,
  'set.copy': ([of], writing, _, goal) => lowered(build.call('set', of!.type, of!), writing, goal),
  'set.union': ([a, b], writing, _, goal) => combinedSets('|', a!, b!, writing, goal),
  'set.intersection': ([a, b], writing, _, goal) => combinedSets('&', a!, b!, writing, goal),
  'set.difference': ([a, b], writing, _, goal) => combinedSets('-', a!, b!, writing, goal),
  'set.issubset'([a, b], writing) {
    const type = (a!.type as { of: Type }).of
    const item = build.nameOf(fresh(writing, 'item', 'element'), type)
    const other = isSimple(b!) ? b! : kept(b!, writing)
    const inside: Expression = { kind: 'in', item, container: other, negated: false, type: { kind: 'bool' } }
    const generator: Expression = {
      kind: 'comprehension',
      form: 'generator',
      item: inside,
      clauses: [{ names: [{ name: item.name, type }], iterable: a!, conditions: [] }],
      type: listOf({ kind: 'bool' }),
    }
    return lowered(build.call('all', { kind: 'bool' }, generator), writing)
  },
}

/** What Python goes through without making a list, as a list. */
function asList(_: readonly Expression[], writing: Writing, of: Expression): Go {
  return lowered(build.call('list', of.type, of), writing)
}

export function isEmptyList(of: Expression): boolean {
  return of.kind === 'list' && of.items.length === 0
}

function copyOfMap(of: Expression, writing: Writing): Expression {
  const type = of.type
  if (type.kind !== 'map') throw new Error('not a map')
  const key = build.nameOf(fresh(writing, 'key', 'k'), type.key)
  const value = build.nameOf(fresh(writing, 'value', 'v'), type.value)
  const items = build.call('dict.items', listOf(tupleOf(type.key, type.value)), of)
  const names = [
    { name: key.name, type: type.key },
    { name: value.name, type: type.value },
  ]
  return {
    kind: 'map-comprehension',
    key,
    value,
    clauses: [{ names, iterable: items, conditions: [] }],
    type,
  }
}

/** `if _, ok := table[key]; !ok { table[key] = … }`. */
export function missing(
  entry: (Expression & { kind: 'index' }) | Expression,
  other: Expression,
  writing: Writing,
): string[] {
  const target = place(entry, writing)
  const ok = unexported(fresh(writing, 'ok', 'found'))
  const value = expression(other, writing)
  const isNil = other.type.kind === 'map' || other.type.kind === 'set'
  const test = isNil ? `${print(target)} == nil` : `_, ${ok} := ${print(target)}; !${ok}`
  return [`if ${test} {`, ...indented([`${print(target)} = ${print(value)}`]), '}']
}

/** The item that leaves a list, and the list without it. */
function popped(args: readonly Expression[], writing: Writing, of: Expression, goal?: string): Go {
  const [list, at] = args as [Expression, Expression?]
  const held = place(list, writing)
  const from = held.kind === 'unary' ? atom(`(${print(held)})`) : held
  const name = goal ?? unexported(fresh(writing, of.type.kind === 'char' ? 'char' : 'last', 'item', 'top'))
  const last = binary(call('len', held), '-', atom('1'))
  const isLast =
    !at ||
    (at.kind === 'int' && at.value === -1) ||
    (at.kind === 'negate' && at.value.kind === 'int' && at.value.value === 1)
  if (isLast) {
    emit(writing, `${name} := ${print(index(from, last))}`)
    emit(writing, `${print(held)} = ${print(slice(from, undefined, last))}`)
    return atom(name)
  }
  const isFirst = at.kind === 'int' && at.value === 0
  const position = isSimple(at)
    ? expression(at, writing)
    : expression(kept(at, writing, 'position', 'at'), writing)
  emit(writing, `${name} := ${print(index(from, position))}`)
  emit(writing, isFirst ? `${print(held)} = ${print(slice(from, atom('1')))}` : removal(held, from, position))
  return atom(name)
}

/** `xs = append(xs[:i], xs[i+1:]...)`. */
export function removal(held: Go, from: Go, position: Go): string {
  const rest: Go = {
    kind: 'call',
    of: atom('append'),
    arguments: [slice(from, undefined, position), slice(from, binary(position, '+', atom('1')))],
    spread: true,
  }
  return `${print(held)} = ${print(rest)}`
}
