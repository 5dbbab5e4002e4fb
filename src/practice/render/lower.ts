import type { Clause, Expression, Statement } from '../language/program.ts'
import { BOOL, INT, listOf, type Type } from '../language/types.ts'
import * as build from './build.ts'
import { substitute } from './substitute.ts'

/** A name that is not taken, the first of the wanted ones if it can be. */
export type Fresh = (...wanted: string[]) => string

/** Statements after which an expression, simpler than before, has the value. */
export interface Lowered {
  statements: Statement[]
  value: Expression
  /** Slices among the statements that are known to lie inside their lists. */
  sound?: Expression[]
}

/** The variable that is to hold the value, in the end: new, or to be assigned. */
export interface Goal {
  name: string
  declared: boolean
}

/**
 * Comprehensions, generators, conditional expressions and the like as loops and branches, for languages without them.
 * Answers nothing where there is nothing to be simplified.
 */
export function lower(of: Expression, fresh: Fresh, goal?: Goal): Lowered | undefined {
  const into = (type: Type, start: Expression | undefined, ...wanted: string[]) => {
    const variable = build.nameOf(goal?.name ?? fresh(...wanted), type)
    const first: Statement[] = goal?.declared
      ? start
        ? [{ kind: 'assign', target: variable, value: start }]
        : []
      : [build.declare(variable.name, type, start)]
    return { variable, first }
  }
  switch (of.kind) {
    case 'comprehension': {
      const type = of.type as Type & { of: Type }
      if (of.form === 'set') {
        const { variable, first } = into(of.type, { kind: 'set', items: [], type }, 'unique', 'found')
        const add = build.run(build.call('set.add', { kind: 'none' }, variable, of.item))
        return { statements: [...first, ...build.loops(of.clauses, [add])], value: variable }
      }
      const { variable, first } = into(listOf(type.of), build.emptyList(type.of), 'result', 'items', 'list')
      return {
        statements: [...first, ...build.loops(of.clauses, [build.append(variable, of.item)])],
        value: variable,
      }
    }
    case 'map-comprehension': {
      const { variable, first } = into(
        of.type,
        { kind: 'map', entries: [], type: of.type },
        'result',
        'table',
      )
      const target = { kind: 'index', of: variable, index: of.key, type: of.value.type } as const
      const put: Statement = { kind: 'assign', target, value: of.value }
      return { statements: [...first, ...build.loops(of.clauses, [put])], value: variable }
    }
    case 'conditional': {
      const { variable, first } = into(of.type, undefined, 'value', 'chosen')
      const give = (value: Expression): Statement[] => [{ kind: 'assign', target: variable, value }]
      return {
        statements: [...first, build.when(of.condition, give(of.then), give(of.otherwise))],
        value: variable,
      }
    }
    case 'logic': {
      const { variable, first } = into(BOOL, of.left, 'ok', 'holds')
      const more: Statement = { kind: 'assign', target: variable, value: of.right }
      const open = of.operator === 'and' ? variable : build.not(variable)
      return { statements: [...first, build.when(open, [more])], value: variable }
    }
    case 'builtin':
      return lowerBuiltin(of, into, fresh, goal)
    default:
      return undefined
  }
}

type Into = (
  type: Type,
  start: Expression | undefined,
  ...wanted: string[]
) => { variable: Expression & { kind: 'name' }; first: Statement[] }

function lowerBuiltin(
  of: Expression & { kind: 'builtin' },
  into: Into,
  fresh: Fresh,
  goal: Goal | undefined,
): Lowered | undefined {
  const [source, second] = of.arguments
  if (!source) return undefined
  switch (of.name) {
    case 'sum': {
      const { item, clauses } = generated(source, fresh)
      const start =
        second ?? (of.type.kind === 'float' ? { kind: 'float', value: 0, type: of.type } : build.intOf(0))
      const counts = item.kind === 'int' && item.value === 1
      const { variable, first } = into(
        of.type,
        start as Expression,
        ...(counts ? ['count', 'number'] : ['total', 'sum']),
      )
      return { statements: [...first, ...adding(variable, item, clauses)], value: variable }
    }
    case 'len': {
      if (source.kind !== 'comprehension' || source.form === 'set') return undefined
      const { variable, first } = into(INT, build.intOf(0), 'count', 'number')
      return { statements: [...first, ...adding(variable, build.intOf(1), source.clauses)], value: variable }
    }
    case 'any':
    case 'all': {
      const { item, clauses } = generated(source, fresh)
      const isAny = of.name === 'any'
      const { variable, first } = into(
        BOOL,
        build.boolOf(!isAny),
        ...(isAny ? ['found', 'any'] : ['ok', 'all']),
      )
      const set: Statement = { kind: 'assign', target: variable, value: build.boolOf(isAny) }
      const leave: Statement[] = clauses.length === 1 ? [set, { kind: 'break' }] : [set]
      const test = build.when(isAny ? item : build.not(item), leave)
      return { statements: [...first, ...build.loops(clauses, [test])], value: variable }
    }
    case 'min':
    case 'max':
      return second ? undefined : lowerExtreme(of, into, fresh)
    case 'list':
    case 'set': {
      const { item, clauses } = generated(source, fresh)
      return lower({ kind: 'comprehension', form: of.name, item, clauses, type: of.type }, fresh, goal)
    }
    case 'dict': {
      const made = mapFrom(source, of.type, fresh)
      return made && lower(made, fresh, goal)
    }
    case 'sorted': {
      const isList = source.kind !== 'comprehension' && source.type.kind === 'list' && !isIterator(source)
      const copy = build.call(isList ? 'list.copy' : 'list', of.type, source)
      const lowered = isList ? undefined : lower(copy, fresh, goal)
      const { variable, first } = lowered
        ? { variable: lowered.value, first: lowered.statements }
        : into(of.type, copy, 'ordered', 'sorted')
      const sort = build.call('list.sort', { kind: 'none' }, variable)
      const sorted = of.options ? { ...sort, options: of.options } : sort
      return { statements: [...first, build.run(sorted)], value: variable }
    }
    case 'str.join': {
      if (second?.kind !== 'comprehension') return undefined
      const item: Expression =
        second.item.type.kind === 'char'
          ? { kind: 'convert', value: second.item, type: of.type }
          : second.item
      if (source.kind === 'string' && source.value === '') {
        const { variable, first } = into(of.type, build.textOf(''), 'text', 'joined')
        const more: Statement = { kind: 'update', target: variable, operator: '+', value: item }
        return { statements: [...first, ...build.loops(second.clauses, [more])], value: variable }
      }
      const parts = build.nameOf(fresh('parts', 'pieces'), listOf(item.type))
      const made = build.declare(parts.name, parts.type, build.emptyList(item.type))
      return {
        statements: [made, ...build.loops(second.clauses, [build.append(parts, item)])],
        value: { ...of, arguments: [source, parts] },
      }
    }
    default:
      return undefined
  }
}

/** A comprehension that makes a map of pairs. */
function mapFrom(source: Expression, type: Type, fresh: Fresh): Expression | undefined {
  if (type.kind !== 'map' || source.type.kind === 'map') return undefined
  if (source.kind === 'comprehension') {
    const { item, clauses } = source
    if (item.kind !== 'tuple') return undefined
    const [key, value] = item.items as [Expression, Expression]
    return { kind: 'map-comprehension', key, value, clauses, type }
  }
  const key = build.nameOf(fresh('key', 'name'), type.key)
  const value = build.nameOf(fresh('value', 'entry'), type.value)
  const names = [key, value].map((one) => ({ name: one.name, type: one.type }))
  return {
    kind: 'map-comprehension',
    key,
    value,
    clauses: [{ names, iterable: source, conditions: [] }],
    type,
  }
}

/** What a generator gives, or a list's items by a variable. */
function generated(source: Expression, fresh: Fresh): { item: Expression; clauses: Clause[] } {
  if (source.kind === 'comprehension') return { item: source.item, clauses: source.clauses }
  const type = itemType(source.type)
  const counts = source.kind === 'builtin' && source.name === 'range'
  const name = counts ? fresh('i', 'j', 'k', 'n') : fresh(type.kind === 'char' ? 'char' : 'item', 'value')
  return {
    item: build.nameOf(name, type),
    clauses: [{ names: [{ name, type }], iterable: source, conditions: [] }],
  }
}

/** What going through a value gives. */
export function itemType(type: Type): Type {
  switch (type.kind) {
    case 'list':
    case 'set':
      return type.of
    case 'tuple':
      return type.of[0]!
    case 'map':
      return type.key
    case 'string':
      return { kind: 'char' }
    default:
      throw new Error(`no items in a ${type.kind}`)
  }
}

const iterators: ReadonlySet<string> = new Set([
  'range',
  'enumerate',
  'zip',
  'reversed',
  'dict.items',
  'dict.keys',
  'dict.values',
])

/** What Python goes through without making a list of it. */
export function isIterator(of: Expression): boolean {
  return of.kind === 'builtin' && iterators.has(of.name)
}

/** Loops that add up an item; `1 if … else 0` adds under a condition. */
function adding(
  variable: Expression & { kind: 'name' },
  item: Expression,
  clauses: readonly Clause[],
): Statement[] {
  const add = (value: Expression): Statement => ({ kind: 'update', target: variable, operator: '+', value })
  const isZero = (of: Expression) => (of.kind === 'int' || of.kind === 'float') && of.value === 0
  if (item.kind === 'conditional' && isZero(item.otherwise))
    return build.loops(clauses, [build.when(item.condition, [add(item.then)])])
  return build.loops(clauses, [add(item)])
}

/** `min` and `max` of what a list or generator gives: the first among equals. */
function lowerExtreme(of: Expression & { kind: 'builtin' }, into: Into, fresh: Fresh): Lowered | undefined {
  const source = of.arguments[0]!
  const { key, default: other } = of.options ?? {}
  const isMin = of.name === 'min'
  const wanted = isMin ? ['smallest', 'least'] : ['largest', 'greatest']
  const statements: Statement[] = []
  let list = source
  if (source.kind !== 'name' && !(source.kind === 'field' && source.type.kind === 'list')) {
    const type = listOf(of.type)
    list = build.nameOf(fresh('values', 'candidates'), type)
    const value: Expression =
      source.kind === 'comprehension'
        ? { ...source, form: 'list', type }
        : source.type.kind === 'list' && !isIterator(source)
          ? source
          : build.call('list', type, source)
    statements.push(build.declare((list as Expression & { kind: 'name' }).name, type, value))
  } else if (source.type.kind !== 'list' && source.type.kind !== 'string')
    return lowerUnordered(of, into, fresh)
  const first = build.itemOf(list, build.intOf(0), of.type)
  const rest: Expression = { kind: 'slice', of: list, start: build.intOf(1), step: 1, type: list.type }
  const item = build.nameOf(fresh(of.type.kind === 'char' ? 'char' : 'item', 'candidate'), of.type)
  const { variable, first: made } = into(of.type, other ?? first, ...wanted)
  const loop: Statement = {
    kind: 'for',
    names: [{ name: item.name, type: of.type }],
    iterable: rest,
    body: [
      build.when(better(item, variable, key, isMin), [{ kind: 'assign', target: variable, value: item }]),
    ],
  }
  const sound = [rest]
  if (!other) return { statements: [...statements, ...made, loop], value: variable, sound }
  const begin: Statement = { kind: 'assign', target: variable, value: first }
  const some = build.when(build.compare(build.lengthOf(list), '>', build.intOf(0)), [begin, loop])
  return { statements: [...statements, ...made, some], value: variable, sound }
}

/** Of a set or a map's keys, which have no first. */
function lowerUnordered(of: Expression & { kind: 'builtin' }, into: Into, fresh: Fresh): Lowered | undefined {
  const { key, default: other } = of.options ?? {}
  if (other) return undefined
  const isMin = of.name === 'min'
  const item = build.nameOf(fresh('item', 'candidate'), of.type)
  const isFirst = build.nameOf(fresh('first', 'is_first'), BOOL)
  const { variable, first } = into(
    of.type,
    undefined,
    ...(isMin ? ['smallest', 'least'] : ['largest', 'greatest']),
  )
  const take: Statement[] = [
    { kind: 'assign', target: variable, value: item },
    { kind: 'assign', target: isFirst, value: build.boolOf(false) },
  ]
  const loop: Statement = {
    kind: 'for',
    names: [{ name: item.name, type: of.type }],
    iterable: of.arguments[0]!,
    body: [build.when(build.either(isFirst, better(item, variable, key, isMin)), take)],
  }
  return {
    statements: [...first, build.declare(isFirst.name, BOOL, build.boolOf(true)), loop],
    value: variable,
  }
}

function better(item: Expression, best: Expression, key: Expression | undefined, isMin: boolean): Expression {
  const of = (value: Expression) => (key ? applied(key, value) : value)
  return build.compare(of(item), isMin ? '<' : '>', of(best))
}

/** The body of a lambda of one parameter, for an argument. */
export function applied(lambda: Expression, argument: Expression): Expression {
  if (lambda.kind !== 'lambda') throw new Error('a key is a lambda')
  return substitute(lambda.body, new Map([[lambda.parameters[0]!.name, argument]]))
}

/** `return any(…)` and the like: a loop that returns as soon as it knows. */
export function lowerReturn(value: Expression, fresh: Fresh): Statement[] | undefined {
  if (value.kind === 'conditional') {
    const { condition, then, otherwise } = value
    return [build.when(condition, [giveBack(then)]), giveBack(otherwise)]
  }
  if (value.kind === 'logic') {
    const last = lowerReturn(value.right, fresh)
    if (!last) return undefined
    const isAnd = value.operator === 'and'
    return [build.when(isAnd ? build.not(value.left) : value.left, [giveBack(build.boolOf(!isAnd))]), ...last]
  }
  const negated = value.kind === 'not'
  const of = negated ? value.value : value
  if (of.kind !== 'builtin' || (of.name !== 'any' && of.name !== 'all')) return undefined
  const { item, clauses } = generated(of.arguments[0]!, fresh)
  const early = (of.name === 'any') !== negated
  const test = build.when(of.name === 'any' ? item : build.not(item), [giveBack(build.boolOf(early))])
  return [...build.loops(clauses, [test]), giveBack(build.boolOf(!early))]
}

function giveBack(value: Expression): Statement {
  return { kind: 'return', value }
}
