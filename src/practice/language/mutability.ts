/**
 * Says of each variable whether it is assigned again or changed in place, and of each parameter which of the two. A
 * change reaches what the value was taken from: `row = grid[0]`, then `row.append(1)`, changes `grid`; and what a
 * function does to a parameter is done to the argument. So all functions are gone through until nothing new is found.
 */
import type {
  Binding,
  Clause,
  Expression,
  FunctionDeclaration,
  Parameter,
  Program,
  Statement,
  Target,
} from './program.ts'
import type { Type } from './types.ts'

/** A variable, parameter, or `self`; and what its value may be a part of. */
interface Holder {
  assigned: boolean
  changed: boolean
  from: Holder[]
  /** Loops around its declaration. */
  depth: number
}

type Names = ReadonlyMap<string, Holder>

interface Callable {
  owner: string | undefined
  name: string
  parameters: Parameter[]
  body: Statement[]
  changesSelf: boolean
}

const changing = new Set([
  'list.append',
  'list.pop',
  'list.insert',
  'list.extend',
  'list.sort',
  'list.reverse',
  'list.remove',
  'list.clear',
  'dict.setdefault',
  'dict.pop',
  'dict.update',
  'set.add',
  'set.remove',
  'set.discard',
])

/** Library calls whose result is, or holds, a part of what they are given. */
const passing = new Set([
  'dict.get',
  'dict.setdefault',
  'dict.pop',
  'dict.items',
  'dict.values',
  'list.pop',
  'enumerate',
  'zip',
  'reversed',
  'min',
  'max',
])

/** Sets `mutable` of declarations, and `assigned` and `changed` of parameters, in the tree itself. */
export function markMutable(program: Program): void {
  const callables = callablesOf(program)
  const find = (name: string, owner?: string) =>
    callables.find((one) => one.name === name && one.owner === owner)
  for (let news = true; news; ) {
    news = false
    for (const callable of callables) news = goThrough(callable, find) || news
  }
}

function callablesOf({ functions, classes }: Program): Callable[] {
  const of = (declared: FunctionDeclaration, owner?: string): Callable => ({
    owner,
    name: declared.name,
    parameters: declared.parameters,
    body: declared.body,
    changesSelf: false,
  })
  return [
    ...functions.map((declared) => of(declared)),
    ...classes.flatMap((declared) => [
      of({ ...declared.constructor, name: '__init__', result: { kind: 'none' } }, declared.name),
      ...declared.methods.map((method) => of(method, declared.name)),
    ]),
  ]
}

/** Whether something is known of a parameter, or of `self`, that was not before. */
function goThrough(
  callable: Callable,
  find: (name: string, owner?: string) => Callable | undefined,
): boolean {
  const self = holder(0)
  const holders = callable.parameters.map(() => holder(0))
  const names = new Map(callable.parameters.map(({ name }, index) => [name, holders[index]!]))
  names.set('self', self)
  const walk = walker(find)
  walk.block(callable.body, names, new Set(holders), 0)
  for (const settle of walk.settles) settle()
  let news = self.changed && !callable.changesSelf
  callable.changesSelf ||= self.changed
  callable.parameters.forEach((parameter, index) => {
    const { assigned, changed } = holders[index]!
    news ||= changed && !parameter.changed
    if (assigned) parameter.assigned = true
    if (changed) parameter.changed = true
  })
  return news
}

/** Whether something inside a value of the type can be changed. */
function canChange(type: Type): boolean {
  return ['list', 'set', 'map', 'tuple', 'optional', 'record'].includes(type.kind)
}

function holder(depth: number, from: Holder[] = []): Holder {
  return { assigned: false, changed: false, from, depth }
}

function change(one: Holder): void {
  if (one.changed) return
  one.changed = true
  for (const source of one.from) change(source)
}

function walker(find: (name: string, owner?: string) => Callable | undefined) {
  /** What is told the tree when everything was seen. */
  const settles: (() => void)[] = []

  /** The holders that the value may be a part of. */
  function sources(value: Expression, names: Names): Holder[] {
    if (!canChange(value.type)) return []
    switch (value.kind) {
      case 'name':
        return [names.get(value.name)].filter((found) => found !== undefined)
      case 'self':
        return [names.get('self')!]
      case 'index':
      case 'field':
        return sources(value.of, names)
      case 'unwrap':
      case 'convert':
        return sources(value.value, names)
      case 'conditional':
        return [...sources(value.then, names), ...sources(value.otherwise, names)]
      case 'builtin':
        return passing.has(value.name) ? value.arguments.flatMap((given) => sources(given, names)) : []
      case 'tuple':
      case 'list':
        return value.items.flatMap((item) => sources(item, names))
      default:
        return []
    }
  }

  function changeAll(value: Expression, names: Names): void {
    for (const found of sources(value, names)) change(found)
  }

  function bind(bindings: readonly Binding[], iterable: Expression, names: Names, depth: number): Names {
    const from = sources(iterable, names)
    return new Map([...names, ...bindings.map(({ name }) => [name, holder(depth, from)] as const)])
  }

  /** Finds the calls in an expression that change something. */
  function look(value: unknown, names: Names): void {
    if (value === null || typeof value !== 'object') return
    if (Array.isArray(value)) {
      for (const inner of value) look(inner, names)
      return
    }
    const node = value as Expression
    if (node.kind === 'comprehension' || node.kind === 'map-comprehension') {
      const inside = node.clauses.reduce((known: Names, clause: Clause) => {
        look(clause.iterable, known)
        const next = bind(clause.names, clause.iterable, known, 0)
        look(clause.conditions, next)
        return next
      }, names)
      if (node.kind === 'comprehension') look(node.item, inside)
      else look([node.key, node.value], inside)
      return
    }
    if (node.kind === 'builtin' && changing.has(node.name)) changeAll(node.arguments[0]!, names)
    if (node.kind === 'call') pass(node.arguments, find(node.function)?.parameters, names)
    if (node.kind === 'construct') pass(node.arguments, find('__init__', node.name)?.parameters, names)
    if (node.kind === 'method' && node.of.type.kind === 'record') {
      const called = find(node.name, node.of.type.name)
      if (called?.changesSelf) changeAll(node.of, names)
      pass(node.arguments, called?.parameters, names)
    }
    for (const inner of Object.values(node)) look(inner, names)
  }

  function pass(
    given: readonly Expression[],
    parameters: readonly Parameter[] | undefined,
    names: Names,
  ): void {
    given.forEach((value, index) => {
      if (parameters?.[index]?.changed) changeAll(value, names)
    })
  }

  function assign(target: Target, names: Names, before: Set<Holder>, depth: number): void {
    if (target.kind !== 'name') {
      changeAll(target.of, names)
      look(target, names)
      return
    }
    const found = names.get(target.name)
    if (found === undefined) return
    if (before.has(found) || depth > found.depth) found.assigned = true
    before.add(found)
  }

  /** `before` holds what may have a value already. */
  function block(body: readonly Statement[], outer: Names, before: Set<Holder>, depth: number): void {
    const names = new Map(outer)
    for (const statement of body) step(statement, names, before, depth)
  }

  /** Each block with what may have a value before it; what may have one after any of them. */
  function branches(
    bodies: readonly (readonly Statement[])[],
    names: Names,
    before: Set<Holder>,
    depth: number,
  ): void {
    const ends = bodies.map((body) => {
      const own = new Set(before)
      block(body, names, own, depth)
      return own
    })
    for (const end of ends) for (const found of end) before.add(found)
  }

  function declare(
    name: string,
    value: Expression | undefined,
    names: Map<string, Holder>,
    depth: number,
  ): Holder {
    const found = holder(depth, value === undefined ? [] : sources(value, names))
    names.set(name, found)
    return found
  }

  function step(statement: Statement, names: Map<string, Holder>, before: Set<Holder>, depth: number): void {
    switch (statement.kind) {
      case 'declare': {
        look(statement.value, names)
        const found = declare(statement.name, statement.value, names, depth)
        if (statement.value !== undefined) before.add(found)
        settles.push(() => {
          statement.mutable = found.assigned || found.changed
        })
        return
      }
      case 'unpack': {
        look(statement.value, names)
        const own = statement.targets.map((target, index) => {
          if (!statement.declares[index] || target.kind !== 'name') return undefined
          const found = declare(target.name, statement.value, names, depth)
          before.add(found)
          return found
        })
        statement.targets.forEach((target, index) => {
          if (own[index] === undefined) assign(target, names, before, depth)
        })
        settles.push(() => {
          statement.mutable = own.map((found) => found !== undefined && (found.assigned || found.changed))
        })
        return
      }
      case 'assign':
        look(statement.value, names)
        if (statement.target.kind === 'name')
          names.get(statement.target.name)?.from.push(...sources(statement.value, names))
        assign(statement.target, names, before, depth)
        return
      case 'update':
        look(statement.value, names)
        assign(statement.target, names, before, depth)
        return
      case 'delete':
        changeAll(statement.target.of, names)
        look(statement.target, names)
        return
      case 'if':
        for (const { condition } of statement.branches) look(condition, names)
        branches(
          [...statement.branches.map((branch) => branch.body), statement.otherwise],
          names,
          before,
          depth,
        )
        return
      case 'try':
        block(statement.body, names, before, depth)
        block(statement.handler, names, before, depth)
        return
      case 'while':
        look(statement.condition, names)
        block(statement.body, names, before, depth + 1)
        return
      case 'for':
        look(statement.iterable, names)
        block(statement.body, bind(statement.names, statement.iterable, names, depth + 1), before, depth + 1)
        return
      default:
        look(Object.values(statement), names)
    }
  }

  return { block, settles }
}
