import type { Machine } from './interpret-machine.ts'
import type { Layout, Runtime } from './interpret-values.ts'

/** The variables of one call by their place; place 0 is for the result, 1 for `self`. */
export type Frame = Runtime[]

/** A compiled expression. */
export type Code = (frame: Frame) => Runtime

/** A function, method or constructor. Functions are made before their bodies are compiled, so that they may recur. */
export type Callable = (self: Runtime, values: Runtime[]) => Runtime

/** What is known of the program, and the names of the function that is compiled. */
export interface Scope {
  machine: Machine
  layouts: ReadonlyMap<string, Layout>
  functions: ReadonlyMap<string, Callable>
  /** By `Class.method`, constructors by `Class`. */
  methods: ReadonlyMap<string, Callable>
  /** Places of the function's own names, which are visible in all of it. */
  names: Map<string, number>
  /** Places of the variables of comprehensions and lambdas around, which hide those. */
  inner: ReadonlyMap<string, number>
  /** How many places are taken, of all scopes inside the function. */
  frame: { size: number }
}

export const RESULT = 0
export const SELF = 1
const FIRST_FREE = 2

export function functionScope(program: Pick<Scope, 'machine' | 'layouts' | 'functions' | 'methods'>): Scope {
  return { ...program, names: new Map(), inner: new Map(), frame: { size: FIRST_FREE } }
}

/** The place of a name; the function has it from now on if it was not there. */
export function placeOfName(scope: Scope, name: string): number {
  const known = scope.inner.get(name) ?? scope.names.get(name)
  if (known !== undefined) return known
  const place = scope.frame.size++
  scope.names.set(name, place)
  return place
}

export function isLocal(scope: Scope, name: string): boolean {
  return scope.inner.has(name) || scope.names.has(name)
}

/** The scope inside a comprehension or lambda, with new places for its variables. */
export function innerScope(scope: Scope, names: readonly string[]): Scope {
  const inner = new Map(scope.inner)
  for (const name of names) inner.set(name, scope.frame.size++)
  return { ...scope, inner }
}
