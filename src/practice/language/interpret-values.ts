import { type Machine, Raised, unsupported } from './interpret-machine.ts'
import type { ClassDeclaration, Program, RecordDeclaration } from './program.ts'

/**
 * Values while a program runs. Static types say the rest: a number is an int, a float, a date (its proleptic
 * ordinal, 0001-01-01 is 1) or a span of days; an array is a list or a tuple; `undefined` is a name not set yet.
 */
export type Runtime =
  | number
  | boolean
  | string
  | null
  | undefined
  | Runtime[]
  | SetValue
  | MapValue
  | Instance
  | FunctionValue

export type FunctionValue = (...values: Runtime[]) => Runtime

/** What a value is found by in a set or map: itself, or a text that spells a tuple. */
export type Key = number | boolean | string | null

export class SetValue {
  readonly entries: Map<Key, Runtime>
  constructor(entries?: Iterable<[Key, Runtime]>) {
    this.entries = new Map(entries)
  }

  static of(items: Iterable<Runtime>): SetValue {
    const set = new SetValue()
    for (const item of items) set.add(item)
    return set
  }

  has(item: Runtime): boolean {
    return this.entries.has(keyOf(item))
  }

  add(item: Runtime): void {
    const key = keyOf(item)
    if (!this.entries.has(key)) this.entries.set(key, item)
  }

  /** Whether it was there. */
  delete(item: Runtime): boolean {
    return this.entries.delete(keyOf(item))
  }
}

export class MapValue {
  readonly entries = new Map<Key, [key: Runtime, value: Runtime]>()

  static of(pairs: Iterable<Runtime>): MapValue {
    const map = new MapValue()
    for (const pair of pairs) {
      const [key, value] = pair as Runtime[]
      map.set(key, value)
    }
    return map
  }

  has(key: Runtime): boolean {
    return this.entries.has(keyOf(key))
  }

  get(key: Runtime): Runtime {
    return this.entries.get(keyOf(key))?.[1]
  }

  /** A key that is there keeps its place, and the object that it is. */
  set(key: Runtime, value: Runtime): void {
    const found = keyOf(key)
    const entry = this.entries.get(found)
    if (entry === undefined) this.entries.set(found, [key, value])
    else entry[1] = value
  }

  /** Whether it was there. */
  delete(key: Runtime): boolean {
    return this.entries.delete(keyOf(key))
  }
}

/** A record or an object of a class: its fields by their place in the declaration. */
export class Instance {
  readonly layout: Layout
  readonly fields: Runtime[]
  constructor(layout: Layout, fields: Runtime[]) {
    this.layout = layout
    this.fields = fields
  }
}

export interface Layout {
  declaration: RecordDeclaration | ClassDeclaration
  /** Objects of a class are equal only to themselves; records by their fields. */
  isClass: boolean
  places: Map<string, number>
}

export function layoutsOf(program: Program): Map<string, Layout> {
  const layouts = new Map<string, Layout>()
  const add = (declaration: RecordDeclaration | ClassDeclaration, isClass: boolean) =>
    layouts.set(declaration.name, {
      declaration,
      isClass,
      places: new Map(declaration.fields.map((field, place) => [field.name, place])),
    })
  for (const record of program.records) add(record, false)
  for (const declaration of program.classes) add(declaration, true)
  return layouts
}

export function keyOf(value: Runtime): Key {
  if (typeof value !== 'object' || value === null) return value as Key
  if (Array.isArray(value)) return `(${value.map(spellKey).join()})`
  if (value instanceof Instance && value.layout.isClass) throw unsupported('objects of a class as keys')
  throw new Raised('TypeError', 'unhashable type')
}

function spellKey(value: Runtime): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(keyOf(value))
}

export function isTrue(value: Runtime): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (value instanceof SetValue || value instanceof MapValue) return value.entries.size > 0
  return Boolean(value)
}

/** `==`. */
export function isEqual(a: Runtime, b: Runtime): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]))
  if (a instanceof SetValue && b instanceof SetValue)
    return a.entries.size === b.entries.size && isSubset(a, b)
  if (a instanceof MapValue && b instanceof MapValue) {
    if (a.entries.size !== b.entries.size) return false
    for (const [key, [, value]] of a.entries) {
      const other = b.entries.get(key)
      if (other === undefined || !isEqual(value, other[1])) return false
    }
    return true
  }
  if (a instanceof Instance && b instanceof Instance && a.layout === b.layout && !a.layout.isClass)
    return isEqual(a.fields, b.fields)
  return false
}

/** Below 0, 0 or above: what `<` and sorting go by. Lists and tuples compare item by item. */
export function compare(a: Runtime, b: Runtime): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < a.length && i < b.length; i++) if (!isEqual(a[i], b[i])) return compare(a[i], b[i])
    return a.length - b.length
  }
  const ordered = typeof a === typeof b && typeof a !== 'object' && a !== undefined
  if (!ordered) throw new Raised('TypeError', "'<' is not supported between these values")
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0
}

export function isSubset(a: SetValue, b: SetValue): boolean {
  for (const key of a.entries.keys()) if (!b.entries.has(key)) return false
  return true
}

/**
 * What a loop goes through: items, characters, keys. A list that grows meanwhile gives what was added, as in
 * Python; a set or map that grows or shrinks is a `RuntimeError`.
 */
export function iterate(value: Runtime | Iterable<Runtime>, machine: Machine): Iterable<Runtime> {
  if (value instanceof SetValue) return itemsOfSet(value, machine)
  if (value instanceof MapValue) return entriesOf(value, machine, (key) => key)
  return value as Iterable<Runtime>
}

function* itemsOfSet(set: SetValue, machine: Machine): Generator<Runtime> {
  const items = guarded(set.entries, machine.limits.backwards?.sets === true)
  for (const [, item] of items) yield item
}

export function* entriesOf(
  map: MapValue,
  machine: Machine,
  give: (key: Runtime, value: Runtime) => Runtime,
): Generator<Runtime> {
  const entries = guarded(map.entries, machine.limits.backwards?.maps === true)
  for (const [, [key, value]] of entries) yield give(key, value)
}

function* guarded<T>(entries: Map<Key, T>, backwards: boolean): Generator<[Key, T]> {
  const size = entries.size
  let given = 0
  for (const entry of backwards ? [...entries].reverse() : entries) {
    if (given++ === size) throw new Raised('RuntimeError', 'keys changed during iteration')
    yield entry
    if (entries.size !== size) throw new Raised('RuntimeError', 'changed size during iteration')
  }
}
