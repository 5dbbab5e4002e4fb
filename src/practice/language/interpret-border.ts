import { UserError } from '../../lib/index.ts'
import { fromIsoFormat, isoFormat } from './interpret-dates.ts'
import { type Machine, Stopped, unsupported } from './interpret-machine.ts'
import { Instance, type Layout, MapValue, type Runtime, SetValue } from './interpret-values.ts'
import { spellType, type Type } from './types.ts'
import type { Value } from './value.ts'

/** Between `Value`, which examples hold, and what the interpreter computes with. */
export interface World {
  machine: Machine
  layouts: ReadonlyMap<string, Layout>
}

/** Objects that hold each other would go round for ever. */
const DEEPEST = 100

/** @throws UserError where the value is not of the type. */
export function toRuntime(value: Value, type: Type, world: World): Runtime {
  const inner = (part: Value, of: Type) => toRuntime(part, of, world)
  const object = typeof value === 'object' ? value : null
  switch (type.kind) {
    case 'int':
      if (typeof value === 'number' && Number.isInteger(value)) return world.machine.int(value)
      break
    case 'float':
      if (typeof value === 'number') return value
      break
    case 'bool':
      if (typeof value === 'boolean') return value
      break
    case 'string':
      if (typeof value === 'string') return plainText(value)
      break
    case 'char':
      if (typeof value === 'string' && value.length === 1) return plainText(value)
      break
    case 'none':
      if (value === null) return null
      break
    case 'optional':
      return value === null ? null : inner(value, type.of)
    case 'date':
      if (object !== null && 'date' in object) return fromIsoFormat(object.date)
      break
    case 'days':
      if (object !== null && 'days' in object) return object.days
      break
    case 'list':
      if (object !== null && 'list' in object) return object.list.map((item) => inner(item, type.of))
      break
    case 'tuple':
      if (object !== null && 'tuple' in object && object.tuple.length === type.of.length)
        return object.tuple.map((item, index) => inner(item, type.of[index]!))
      break
    case 'set':
      if (object !== null && 'set' in object)
        return SetValue.of(object.set.map((item) => inner(item, type.of)))
      break
    case 'map':
      if (object !== null && 'map' in object)
        return MapValue.of(object.map.map(([key, item]) => [inner(key, type.key), inner(item, type.value)]))
      break
    case 'record': {
      const layout = world.layouts.get(type.name)
      if (object === null || !('record' in object) || layout === undefined || layout.isClass) break
      const { fields } = object
      return new Instance(
        layout,
        layout.declaration.fields.map((field) => inner(fields[field.name] ?? null, field.type)),
      )
    }
    case 'function':
      break
  }
  throw new UserError(
    `${JSON.stringify(value)} is not a value of the type ${spellType(type)}.`,
    'Give each parameter an input of its own type.',
  )
}

function plainText(text: string): string {
  if (/[\ud800-\udfff]/.test(text)) throw unsupported('characters beyond U+FFFF')
  return text
}

export function fromRuntime(value: Runtime, type: Type, world: World, depth = 0): Value {
  if (depth > DEEPEST) throw new Stopped('depth', 'a result that holds itself, or is nested too deep')
  const inner = (part: Runtime, of: Type) => fromRuntime(part, of, world, depth + 1)
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'bool':
    case 'string':
    case 'char':
      return value as Value
    case 'none':
      return null
    case 'optional':
      return value === null ? null : inner(value, type.of)
    case 'date':
      return { date: isoFormat(value as number) }
    case 'days':
      return { days: value as number }
    case 'list':
      return { list: (value as Runtime[]).map((item) => inner(item, type.of)) }
    case 'tuple':
      return { tuple: (value as Runtime[]).map((item, index) => inner(item, type.of[index]!)) }
    case 'set':
      return { set: [...(value as SetValue).entries.values()].map((item) => inner(item, type.of)) }
    case 'map': {
      const entries = [...(value as MapValue).entries.values()]
      return { map: entries.map(([key, item]) => [inner(key, type.key), inner(item, type.value)]) }
    }
    case 'record': {
      const { layout, fields } = value as Instance
      const named = layout.declaration.fields.map((field, place) => [
        field.name,
        inner(fields[place], field.type),
      ])
      return { record: type.name, fields: Object.fromEntries(named) as Record<string, Value> }
    }
    case 'function':
      throw unsupported('a function as a result')
  }
}
