/**
 * Makes types agree. What was bound may turn out to be too narrow: `total = 0`, and later `total += price` with a
 * float. Then `Widen` is thrown and the program is checked again with the wider type at that site. Every widening
 * goes up (int to float, char to string, T to T | None), so this ends.
 */
import { bind, close, contains, head, isLetter, isOpen, mapType, siteOf } from './open-types.ts'
import { FLOAT, optionalOf, STRING, type Type } from './types.ts'

/** Not an error: the program has to be checked again with these types. */
export class Widen {
  readonly types: [site: string, type: Type][]
  constructor(types: [site: string, type: Type][]) {
    this.types = types
  }
}

/**
 * Binds an open type to what its value has: a name's type, an item's. False where it cannot be.
 * The value's own widening is not the name's: an int of a name that becomes a float stays an int.
 */
export function bindToValue(open: Type, value: Type): boolean {
  const known = head(value)
  if (isLetter(open) && !(known.kind === 'char' || known.kind === 'string' || isOpen(known))) return false
  if (contains(known, head(open))) return head(open) === known
  if (isLetter(known) || !isLetter(open)) bind(open, known)
  else if (isOpen(known)) bind(known, head(open))
  else bind(open, known)
  return true
}

/** Makes two types one, as what is inside a list has to be. Throws {@link Widen} where widening helps. */
export function unify(a: Type, b: Type): boolean {
  const left = head(a)
  const right = head(b)
  if (left === right) return true
  if (isOpen(left) || isOpen(right)) {
    const [open, other, type] =
      isOpen(left) && !(isLetter(left) && isOpen(right)) ? [left, right, b] : [right, left, a]
    if (isLetter(open) && !isOpen(other) && other.kind !== 'char' && other.kind !== 'string')
      return widenBoth(a, b)
    if (contains(other, open)) return false
    bind(open, type)
    return true
  }
  return unifyParts(left, right) || widenBoth(a, b)
}

function unifyParts(a: Type, b: Type): boolean {
  if (a.kind !== b.kind) return false
  const parts = (type: Type): Type[] => {
    const found: Type[] = []
    mapType(type, (inner) => {
      found.push(inner)
      return inner
    })
    return found
  }
  if (a.kind === 'record') return a.name === (b as typeof a).name
  const left = parts(a)
  const right = parts(b)
  return left.length === right.length && left.every((type, index) => unify(type, right[index]!))
}

/** Throws where both can become what holds both; otherwise false. */
function widenBoth(a: Type, b: Type): boolean {
  const joined = join(a, b)
  if (joined === undefined) return false
  const narrow = [a, b].filter((type) => !equal(type, joined))
  const sites = narrow.map(siteOf)
  if (sites.some((site) => site === undefined)) return false
  if (sites.length > 0) throw new Widen(sites.map((site) => [site!, joined]))
  return false
}

/** Throws {@link Widen} where the type comes from a site that could hold both; otherwise false. */
export function widenFor(type: Type, value: Type): false {
  const site = siteOf(type)
  const joined = site === undefined ? undefined : join(type, value)
  if (joined !== undefined && !equal(type, joined)) throw new Widen([[site!, joined]])
  return false
}

/** The smallest type that holds values of both; undefined where there is none. Open parts stay open. */
export function join(a: Type, b: Type): Type | undefined {
  const left = close(a, (open) => open)
  const right = close(b, (open) => open)
  if (isOpen(left)) return right
  if (isOpen(right)) return left
  if (left.kind === 'optional' || right.kind === 'optional') {
    const inner = join(
      left.kind === 'optional' ? left.of : left,
      right.kind === 'optional' ? right.of : right,
    )
    return inner && optionalOf(inner)
  }
  const kinds = [left.kind, right.kind]
  if (kinds.includes('int') && kinds.includes('float')) return FLOAT
  if (kinds.includes('char') && kinds.includes('string')) return STRING
  if (left.kind !== right.kind) return undefined
  return joinParts(left, right)
}

function joinParts(left: Type, right: Type): Type | undefined {
  const others: Type[] = []
  mapType(right, (inner) => {
    others.push(inner)
    return inner
  })
  if (left.kind === 'record') return right.kind === 'record' && left.name === right.name ? left : undefined
  if (left.kind === 'tuple' && left.of.length !== others.length) return undefined
  let fits = true
  let at = 0
  const joined = mapType(left, (inner) => {
    const both = join(inner, others[at++]!)
    fits &&= both !== undefined
    return both ?? inner
  })
  return fits ? joined : undefined
}

function equal(a: Type, b: Type): boolean {
  const bare = (type: Type) => close(type, () => ({ kind: 'record', name: '?' }))
  return JSON.stringify(bare(a)) === JSON.stringify(bare(b))
}
