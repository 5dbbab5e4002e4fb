import { type Machine, Raised } from './interpret-machine.ts'
import {
  compare,
  type FunctionValue,
  isEqual,
  isSubset,
  iterate,
  MapValue,
  type Runtime,
  SetValue,
} from './interpret-values.ts'

/** Items by index and key, slices, and the methods of lists, dicts and sets. */
type Method = (machine: Machine, ...values: never[]) => Runtime

/** `list[i]` and `string[i]`: the place of a possibly negative index. */
export function placeOf(index: number, length: number, what: string): number {
  const place = index < 0 ? index + length : index
  if (place < 0 || place >= length) throw new Raised('IndexError', `${what} index out of range`)
  return place
}

export function itemOf(container: Runtime, index: Runtime): Runtime {
  if (typeof container === 'string') return container[placeOf(index as number, container.length, 'string')]
  if (Array.isArray(container)) return container[placeOf(index as number, container.length, 'list')]
  const map = container as MapValue
  if (!map.has(index)) throw missing(index)
  return map.get(index)
}

export function setItem(container: Runtime, index: Runtime, value: Runtime, machine: Machine): void {
  if (Array.isArray(container))
    container[placeOf(index as number, container.length, 'list assignment')] = value
  else {
    const map = container as MapValue
    map.set(index, value)
    if (map.entries.size > machine.limits.size) machine.size(map.entries.size)
  }
}

export function deleteItem(container: Runtime, index: Runtime): void {
  if (Array.isArray(container))
    container.splice(placeOf(index as number, container.length, 'list assignment'), 1)
  else removeKey(container as MapValue, index)
}

function missing(key: Runtime): Raised {
  return new Raised('KeyError', String(key))
}

function removeKey(map: MapValue, key: Runtime): Runtime {
  if (!map.has(key)) throw missing(key)
  const value = map.get(key)
  map.delete(key)
  return value
}

/** `of[start:stop:step]`, with Python's way of cutting bounds. */
export function slice<T extends string | Runtime[]>(
  of: T,
  start: number | null | undefined,
  stop: number | null | undefined,
  step: number,
): T {
  const length = of.length
  if (step === 0) throw new Raised('ValueError', 'slice step cannot be zero')
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1]
  const bound = (at: number) => Math.min(Math.max(at < 0 ? at + length : at, lowest), highest)
  const from = start === undefined || start === null ? (step > 0 ? 0 : length - 1) : bound(start)
  const to = stop === undefined || stop === null ? (step > 0 ? length : -1) : bound(stop)
  if (step === 1) return of.slice(from, Math.max(from, to)) as T
  const items: Runtime[] = []
  for (let i = from; step > 0 ? i < to : i > to; i += step) items.push(of[i])
  return (typeof of === 'string' ? items.join('') : items) as T
}

/** `item in container`. */
export function contains(container: Runtime, item: Runtime, machine: Machine): boolean {
  if (typeof container === 'string') return container.includes(item as string)
  if (container instanceof SetValue || container instanceof MapValue) return container.has(item)
  for (const other of iterate(container, machine)) {
    machine.step()
    if (isEqual(other, item)) return true
  }
  return false
}

/** Sorts in place, stably also in reverse; the key is computed once an item. */
export function sortInPlace(items: Runtime[], key: FunctionValue | undefined, reverse: boolean): Runtime[] {
  const sign = reverse ? -1 : 1
  if (key === undefined) return items.sort((a, b) => sign * compare(a, b))
  const keyed = items.map((item) => ({ item, key: key(item) }))
  keyed.sort((a, b) => sign * compare(a.key, b.key))
  for (const [index, { item }] of keyed.entries()) items[index] = item
  return items
}

function indexIn(items: Runtime[], item: Runtime): number {
  const index = items.findIndex((other) => isEqual(other, item))
  if (index < 0) throw new Raised('ValueError', 'the item is not in the list')
  return index
}

function pop(items: Runtime[], index = -1): Runtime {
  if (items.length === 0) throw new Raised('IndexError', 'pop from empty list')
  return items.splice(placeOf(index, items.length, 'pop'), 1)[0]
}

function insert(items: Runtime[], index: number, item: Runtime): void {
  const place = Math.min(Math.max(index < 0 ? index + items.length : index, 0), items.length)
  items.splice(place, 0, item)
}

export function extend(machine: Machine, items: Runtime[], more: Runtime): Runtime[] {
  for (const item of more === items ? [...items] : iterate(more, machine)) {
    machine.step()
    append(machine, items, item)
  }
  return items
}

function append(machine: Machine, items: Runtime[], item: Runtime): void {
  items.push(item)
  if (items.length > machine.limits.size) machine.size(items.length)
}

function setDefault(machine: Machine, map: MapValue, key: Runtime, value: Runtime = null): Runtime {
  if (!map.has(key)) setItem(map, key, value, machine)
  return map.get(key)
}

function popKey(map: MapValue, key: Runtime, usual: Runtime): Runtime {
  return usual !== undefined && !map.has(key) ? usual : removeKey(map, key)
}

export function unite(a: SetValue, b: SetValue): SetValue {
  return new SetValue([...a.entries, ...[...b.entries].filter(([key]) => !a.entries.has(key))])
}

export function intersect(a: SetValue, b: SetValue): SetValue {
  return new SetValue([...a.entries].filter(([key]) => b.entries.has(key)))
}

export function subtract(a: SetValue, b: SetValue): SetValue {
  return new SetValue([...a.entries].filter(([key]) => !b.entries.has(key)))
}

/** Other operands of set methods may be anything to go through. */
function asSet(machine: Machine, value: Runtime): SetValue {
  return value instanceof SetValue ? value : SetValue.of(iterate(value, machine))
}

function combine(by: (a: SetValue, b: SetValue) => SetValue) {
  return (machine: Machine, set: SetValue, ...others: Runtime[]) =>
    others.reduce<SetValue>((all, other) => by(all, asSet(machine, other)), new SetValue(set.entries))
}

function update(machine: Machine, map: MapValue, other: MapValue): void {
  for (const [key, value] of other.entries.values()) setItem(map, key, value, machine)
}

/** A method without a result gives None. */
function quietly<Values extends unknown[]>(does: (machine: Machine, ...values: Values) => unknown) {
  return (machine: Machine, ...values: Values): Runtime => {
    does(machine, ...values)
    return null
  }
}

export const collectionMethods = {
  'list.append': quietly(append),
  'list.pop': (_, items: Runtime[], index?: number) => pop(items, index),
  'list.insert': quietly((_, items: Runtime[], index: number, item: Runtime) => insert(items, index, item)),
  'list.extend': quietly(extend),
  'list.reverse': quietly((_, items: Runtime[]) => items.reverse()),
  'list.index': (_, items: Runtime[], item: Runtime) => indexIn(items, item),
  'list.count': (_, items: Runtime[], item: Runtime) => items.filter((other) => isEqual(other, item)).length,
  'list.copy': (_, items: Runtime[]) => [...items],
  'list.remove': quietly((_, items: Runtime[], item: Runtime) => items.splice(indexIn(items, item), 1)),
  'list.clear': quietly((_, items: Runtime[]) => items.splice(0)),
  'dict.get': (_, map: MapValue, key: Runtime, usual: Runtime = null) =>
    map.has(key) ? map.get(key) : usual,
  'dict.setdefault': setDefault,
  'dict.pop': (_, map: MapValue, key: Runtime, usual: Runtime) => popKey(map, key, usual),
  'dict.update': quietly(update),
  'dict.copy': (_, map: MapValue) => MapValue.of(map.entries.values()),
  'set.add': quietly((machine, set: SetValue, item: Runtime) => {
    set.add(item)
    if (set.entries.size > machine.limits.size) machine.size(set.entries.size)
  }),
  'set.remove': quietly((_, set: SetValue, item: Runtime) => {
    if (!set.delete(item)) throw missing(item)
  }),
  'set.discard': quietly((_, set: SetValue, item: Runtime) => set.delete(item)),
  'set.union': combine(unite),
  'set.intersection': combine(intersect),
  'set.difference': combine(subtract),
  'set.issubset': (machine, set: SetValue, other: Runtime) => isSubset(set, asSet(machine, other)),
  'set.copy': (_, set: SetValue) => new SetValue(set.entries),
} satisfies Record<string, Method>
