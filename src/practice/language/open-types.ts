/**
 * Types that are still open while a program is checked. `[]` is a list of something; its first use says of what. An
 * open type stands among types as one of a kind of its own, and `close` leaves none of them in the finished tree.
 */
import { STRING, type Type } from './types.ts'

interface Open {
  kind: 'open'
  /** Where in the text it comes from, for `Widen`; none where it only stands for a moment. */
  site?: string
  bound?: Type
  /** A literal of one character: a char or a string, a string if nobody says. */
  letter?: true
}

/** What is known of the places in the text whose types are found by their uses. */
export interface Findings {
  /** From earlier rounds. */
  known: Map<string, Type>
  /** Met in this round, by their sites. */
  met: Map<string, Type>
}

function asOpen(type: Type): Open | undefined {
  return (type as Type | Open).kind === 'open' ? (type as unknown as Open) : undefined
}

/** A type that is not known yet; with a site, what earlier rounds found there. */
export function openType(site?: string, findings?: Findings, letter?: true): Type {
  const open: Open = { kind: 'open' }
  const type = open as unknown as Type
  if (letter) open.letter = letter
  if (site === undefined || findings === undefined) return type
  open.site = site
  const known = findings.known.get(site)
  if (known !== undefined) open.bound = reopen(known)
  findings.met.set(site, type)
  return type
}

/** The type behind what is bound; an open one only where nothing is. */
export function head(type: Type): Type {
  const bound = asOpen(type)?.bound
  return bound === undefined ? type : head(bound)
}

export function isOpen(type: Type): boolean {
  return asOpen(head(type)) !== undefined
}

export function isLetter(type: Type): boolean {
  return asOpen(head(type))?.letter === true
}

/** Says what an open type is. `type` may itself be open. */
export function bind(open: Type, type: Type): void {
  asOpen(head(open))!.bound = type
}

/** The type with everything bound put in; what is still open goes through `unknown`. */
export function close(type: Type, unknown: (open: Type) => Type): Type {
  const known = head(type)
  if (asOpen(known) !== undefined) return isLetter(known) ? STRING : unknown(known)
  return mapType(known, (inner) => close(inner, unknown))
}

/** The type with what is inside it changed. */
export function mapType(type: Type, change: (inner: Type) => Type): Type {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'optional':
      return { kind: type.kind, of: change(type.of) }
    case 'map':
      return { kind: 'map', key: change(type.key), value: change(type.value) }
    case 'tuple':
      return { kind: 'tuple', of: type.of.map(change) }
    case 'function':
      return { kind: 'function', parameters: type.parameters.map(change), result: change(type.result) }
    default:
      return type
  }
}

/** A copy whose open types are new ones. */
function reopen(type: Type): Type {
  return asOpen(type) === undefined ? mapType(type, reopen) : openType()
}

export function contains(type: Type, open: Type): boolean {
  const known = head(type)
  if (known === open) return true
  let found = false
  mapType(known, (inner) => {
    found ||= contains(inner, open)
    return inner
  })
  return found
}

/** Where on the way to what is bound a type has a site that can be widened. */
export function siteOf(type: Type): string | undefined {
  for (let at = asOpen(type); at !== undefined; at = at.bound && asOpen(at.bound))
    if (at.site !== undefined && at.bound !== undefined) return at.site
  return undefined
}

/** Offset in the text of what an open type is the type of, where it is known. */
export function offsetOf(type: Type): number | undefined {
  const site = asOpen(head(type))?.site
  return site === undefined ? undefined : Number(site.slice(site.lastIndexOf('@') + 1))
}

/** A copy of a tree in which every type is closed. */
export function closeTree<T>(tree: T, unknown: (open: Type) => Type): T {
  if (Array.isArray(tree)) return tree.map((inner) => closeTree(inner, unknown)) as T
  if (tree === null || typeof tree !== 'object') return tree
  if (asOpen(tree as unknown as Type) !== undefined) return close(tree as unknown as Type, unknown) as T
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, closeTree(value, unknown)])) as T
}
