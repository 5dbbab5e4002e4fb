import type { Random } from '../../lib/index.ts'
import type { RecordDeclaration } from '../language/program.ts'
import type { Value } from '../language/value.ts'
import { drawSize, type Generator, generator, pick, type Size } from './inputs-generator.ts'

/** How often a new item is drawn where a repeated one was not wanted. */
const tries = 30

export function lists(item: Generator, size: Size): Generator {
  return generator(
    (type) => type.kind === 'list' && item.fits(type.of),
    (random) => ({ list: drawItems(item, drawSize(size, random), random) }),
  )
}

/** Items by chance; now and then all equal, of few values, or in order. */
function drawItems(item: Generator, length: number, random: Random): Value[] {
  const chance = random()
  if (chance < 0.06) return new Array(length).fill(item.draw(random))
  if (chance < 0.14) {
    const few = [item.draw(random), item.draw(random), item.draw(random)]
    return Array.from({ length }, () => pick(few, random))
  }
  const items = Array.from({ length }, () => item.draw(random))
  return chance < 0.2 ? items.sort(compareValues) : items
}

/** A list without repeats. */
export function distinctLists(item: Generator, size: Size): Generator {
  return generator(
    (type) => type.kind === 'list' && item.fits(type.of),
    (random) => ({ list: drawDistinct(item, size, random) }),
  )
}

export function sets(item: Generator, size: Size): Generator {
  return generator(
    (type) => type.kind === 'set' && item.fits(type.of),
    (random) => ({ set: drawDistinct(item, size, random) }),
  )
}

/** Fewer than wanted where the generator has no more values. */
function drawDistinct(item: Generator, size: Size, random: Random): Value[] {
  const length = drawSize(size, random)
  const found = new Map<string, Value>()
  for (let attempt = 0; found.size < length && attempt < length * tries; attempt++) {
    const value = item.draw(random)
    found.set(JSON.stringify(value), value)
  }
  return [...found.values()]
}

export function maps(key: Generator, value: Generator, size: Size): Generator {
  return generator(
    (type) => type.kind === 'map' && key.fits(type.key) && value.fits(type.value),
    (random) => {
      const keys = drawDistinct(key, size, random)
      const values = drawItems(value, keys.length, random)
      return { map: keys.map((key, index) => [key, values[index]!]) }
    },
  )
}

export function sortedLists(list: Generator): Generator {
  return {
    fits: list.fits,
    draw: (random) => {
      const value = list.draw(random)
      return isList(value) ? { list: [...value.list].sort(compareValues) } : value
    },
  }
}

function isList(value: Value): value is { list: Value[] } {
  return typeof value === 'object' && value !== null && 'list' in value
}

/** As Python orders numbers, texts, dates and tuples or lists of them; records go by their fields. */
export function compareValues(a: Value, b: Value): number {
  const [left, right] = [a, b].map(partsOf)
  if (left !== undefined && right !== undefined) {
    for (let i = 0; i < left.length && i < right.length; i++) {
      const order = compareValues(left[i]!, right[i]!)
      if (order !== 0) return order
    }
    return left.length - right.length
  }
  const [one, other] = [a, b].map(comparable)
  return one! < other! ? -1 : one! > other! ? 1 : 0
}

function partsOf(value: Value): Value[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('tuple' in value) return value.tuple
  if ('record' in value) return Object.values(value.fields)
  return isList(value) ? value.list : undefined
}

function comparable(value: Value): number | string | boolean {
  if (typeof value !== 'object') return value
  return value === null ? -Infinity : 'date' in value ? value.date : JSON.stringify(value)
}

export function tuples(parts: readonly Generator[]): Generator {
  return generator(
    (type) =>
      type.kind === 'tuple' &&
      type.of.length === parts.length &&
      parts.every((part, index) => part.fits(type.of[index]!)),
    (random) => ({ tuple: parts.map((part) => part.draw(random)) }),
  )
}

export function optionals(item: Generator): Generator {
  return {
    fits: (type) => type.kind === 'optional' && item.fits(type.of),
    draw: (random) => (random() < 0.2 ? null : item.draw(random)),
  }
}

/** Rows of equal length. */
export function matrices(item: Generator, rows: Size, columns: Size): Generator {
  return generator(
    (type) => type.kind === 'list' && type.of.kind === 'list' && item.fits(type.of.of),
    (random) => {
      const height = drawSize(rows, random)
      const width = drawSize(columns, random)
      const items = drawItems(item, height * width, random)
      const row = (index: number) => ({ list: items.slice(index * width, (index + 1) * width) })
      return { list: Array.from({ length: height }, (_, index) => row(index)) }
    },
  )
}

export function records({ name, fields }: RecordDeclaration, parts: readonly Generator[]): Generator {
  return generator(
    (type) => type.kind === 'record' && type.name === name,
    (random) => ({
      record: name,
      fields: Object.fromEntries(fields.map((field, index) => [field.name, parts[index]!.draw(random)])),
    }),
  )
}
