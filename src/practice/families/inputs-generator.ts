import { integerIn, type Random } from '../../lib/index.ts'
import type { Type } from '../language/types.ts'
import type { Value } from '../language/value.ts'

export interface Generator {
  draw(random: Random): Value
  /** Whether everything that it draws is of this type. A value fits an optional too. */
  fits(type: Type): boolean
}

/** How many items or characters: both ends are drawn. */
export interface Size {
  from: number
  to: number
}

/** A generator of values that `isOf` tells by their type. */
export function generator(isOf: (type: Type) => boolean, draw: (random: Random) => Value): Generator {
  return { draw, fits: (type) => isOf(type) || (type.kind === 'optional' && isOf(type.of)) }
}

export function ofKind(kind: Type['kind'], draw: (random: Random) => Value): Generator {
  return generator((type) => type.kind === kind, draw)
}

export function pick<T>(items: readonly T[], random: Random): T {
  return items[integerIn(random, 0, items.length - 1)]!
}

/** The least sizes are edge cases, and come more often than others. */
export function drawSize({ from, to }: Size, random: Random): number {
  const chance = random()
  if (chance < 0.1) return from
  if (chance < 0.18) return Math.min(from + 1, to)
  return integerIn(random, from, to)
}

/** One of the edges where there are some and chance will have it, else what `draw` gives. */
export function orEdge<T>(
  edges: readonly T[],
  chance: number,
  draw: (random: Random) => T,
  random: Random,
): T {
  return random() < chance && edges.length > 0 ? pick(edges, random) : draw(random)
}
