import type { Expression } from './program.ts'
import type { Type } from './types.ts'

/** Something that has a name inside a function. */
export interface Place {
  name: string
  type: Type
  role: 'parameter' | 'local' | 'binding'
  /** What the name is short for: a part of a comprehension's variable, `pair[0]`. */
  stands?: Expression
}

/** What is known at a point of the program, by every path that leads there. */
export interface Flow {
  assigned: Set<Place>
  /** Optionals that hold a value: `node`, `self.head.next`. */
  present: Set<string>
  /** Nothing arrives here: `return`, `raise`, `break` or `continue` stand before. */
  ended: boolean
}

/** Names by block, and what is known at the point where the checker is. */
export interface Scope {
  blocks: Map<string, Place>[]
  flow: Flow
  /** Where the loops around this point are left by `break`. */
  breaks: Flow[][]
}

export function newScope(places: readonly Place[]): Scope {
  return {
    blocks: [new Map(places.map((place) => [place.name, place]))],
    flow: { assigned: new Set(places), present: new Set(), ended: false },
    breaks: [],
  }
}

export function visible(scope: Scope, name: string): Place | undefined {
  for (let at = scope.blocks.length - 1; at >= 0; at--) {
    const place = scope.blocks[at]!.get(name)
    if (place !== undefined) return place
  }
  return undefined
}

export function addPlace(scope: Scope, place: Place, assigned: boolean): void {
  scope.blocks.at(-1)!.set(place.name, place)
  if (assigned) scope.flow.assigned.add(place)
}

/** Does `inside` in a block of its own. */
export function within<T>(scope: Scope, inside: () => T): T {
  scope.blocks.push(new Map())
  try {
    return inside()
  } finally {
    scope.blocks.pop()
  }
}

export function copyFlow(flow: Flow): Flow {
  return { assigned: new Set(flow.assigned), present: new Set(flow.present), ended: flow.ended }
}

/** What is known where these paths meet. */
export function meet(flows: readonly Flow[]): Flow {
  const arriving = flows.filter((flow) => !flow.ended)
  const [first, ...rest] = arriving
  if (first === undefined) return { assigned: new Set(), present: new Set(), ended: true }
  return rest.reduce(
    (all, flow) => ({
      assigned: both(all.assigned, flow.assigned),
      present: both(all.present, flow.present),
      ended: false,
    }),
    first,
  )
}

function both<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> {
  return new Set([...a].filter((item) => b.has(item)))
}

/** What an expression is called in `present`: a name, or fields from a name on; undefined for anything else. */
export function pathOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'name':
      return expression.name
    case 'self':
      return 'self'
    case 'unwrap':
      return pathOf(expression.value)
    case 'field': {
      const of = pathOf(expression.of)
      return of && `${of}.${expression.name}`
    }
    default:
      return undefined
  }
}

/** The optionals that hold a value where the condition came out as `truth`. */
export function presentWhen(condition: Expression, truth: boolean): string[] {
  switch (condition.kind) {
    case 'is-none': {
      const path = pathOf(condition.value)
      return path !== undefined && condition.negated === truth ? [path] : []
    }
    case 'not':
      return presentWhen(condition.value, !truth)
    case 'logic':
      return (condition.operator === 'and') === truth
        ? [...presentWhen(condition.left, truth), ...presentWhen(condition.right, truth)]
        : []
    default:
      return []
  }
}

/** What is known after `condition` came out as `truth`. */
export function after(flow: Flow, condition: Expression, truth: boolean): Flow {
  const next = copyFlow(flow)
  for (const path of presentWhen(condition, truth)) next.present.add(path)
  return next
}

/** Forgets what was known of a path that is assigned, and of what hangs below it, by whatever name. */
export function forget(flow: Flow, path: string): void {
  const field = path.includes('.') ? path.slice(path.lastIndexOf('.')) : undefined
  for (const known of [...flow.present])
    if (
      known === path ||
      known.startsWith(`${path}.`) ||
      (field !== undefined && (known.endsWith(field) || known.includes(`${field}.`)))
    )
      flow.present.delete(known)
}
