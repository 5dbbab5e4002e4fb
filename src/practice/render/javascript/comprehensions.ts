/** Comprehensions and generators, as `filter`, `map`, `flatMap`, `reduce`, `some` and `every`. */
import type { Clause, Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import type { Doc, Operand } from '../print.ts'
import { expressionsIn, mentions } from '../walk.ts'
import { allOf } from './conditions.ts'
import { expression, infix, isSimple, logic, operand } from './expressions.ts'
import {
  arrayOf,
  isFresh,
  isFromZero,
  isLazy,
  lengthArgument,
  pattern,
  tupleResult,
  zipped,
} from './iterables.ts'
import { keyKind, keyOf, keyType } from './keys.ts'
import { isInt, rangeArray, rangeOf } from './ranges.ts'
import { spell } from './spelling.ts'
import { constant } from './typing.ts'
import { renamed, type Writing, withName } from './writing.ts'
import {
  array,
  arrow,
  atom,
  construct,
  item,
  levels,
  mentionsName,
  method,
  property,
  spread,
  type Written,
} from './written.ts'

type Comprehension = Expression & { kind: 'comprehension' }

/** An array, and the parameters of a function of its items; `writing` knows what stands for the clause's variables. */
export interface Flow {
  array: Written
  parameters: Doc[]
  writing: Writing
  /** The variable that is the item. */
  whole?: string | undefined
}

export function comprehension(of: Comprehension, writing: Writing): Written {
  if (of.form !== 'set') return listed(of, writing)
  return construct('Set', [
    collected(of.clauses, of.item, (inner) => keyOf(of.item, inner), writing, {
      keepsItems: keyKind(of.item.type) === 'itself',
      copies: false,
      shown: keyType(of.item.type),
    }),
  ])
}

export function listed(of: Comprehension, writing: Writing): Written {
  return collected(of.clauses, of.item, (inner) => operand(of.item, inner), writing)
}

export function mapComprehension(of: Expression & { kind: 'map-comprehension' }, writing: Writing): Written {
  const { key, value, clauses, type } = of
  const pair: Expression = {
    kind: 'tuple',
    items: [key, value],
    type: { kind: 'tuple', of: [key.type, value.type] },
  }
  const keepsItems = keyKind(key.type) === 'itself'
  const shown: Type = { kind: 'tuple', of: [keyType(key.type), value.type] }
  const isPairs =
    keepsItems &&
    clauses.length === 1 &&
    clauses[0]!.conditions.length === 0 &&
    isIdentity(clauses[0]!, {}, pair)
  if (isPairs && type.kind === 'map') return construct('Map', [arrayOf(clauses[0]!.iterable, writing)])
  const entry = (inner: Writing) => array([keyOf(key, inner).doc, expression(value, inner)])
  return construct('Map', [collected(clauses, pair, entry, writing, { keepsItems, copies: false, shown })])
}

/** The array of what `write` writes for each round. */
function collected(
  clauses: readonly Clause[],
  of: Expression,
  write: (writing: Writing) => Written,
  writing: Writing,
  { keepsItems = true, copies = true, shown = of.type } = {},
): Written {
  const [clause, ...rest] = clauses as [Clause, ...Clause[]]
  const result = tupleResult(shown, writing)
  if (rest.length === 0 && clause.conditions.length === 0 && isRange(clause.iterable))
    return mappedRange(clause, of, write, writing, result)
  return withFlow(clause, [of, ...partsOf(rest)], writing, (flow) => {
    if (rest.length > 0) {
      const inner = collected(rest, of, write, flow.writing, { keepsItems, copies: false, shown })
      const isItself = flow.parameters.length === 1 && inner.doc === flow.parameters[0]
      return isItself
        ? method(flow.array, 'flat')
        : method(flow.array, 'flatMap', [callback(flow.parameters, inner)])
    }
    if (keepsItems && isIdentity(clause, flow, of)) {
      const isNew = clause.conditions.length > 0 || isFresh(clause.iterable) || !copies
      return isNew ? flow.array : spread(flow.array)
    }
    const mapped = write(flow.writing)
    return method(flow.array, 'map', [
      pointFree(mapped, flow.parameters) ?? callback(flow.parameters, mapped, result),
    ])
  })
}

function partsOf(clauses: readonly Clause[]): Expression[] {
  return clauses.flatMap(({ iterable, conditions }) => [iterable, ...conditions])
}

function isRange(of: Expression): of is Expression & { kind: 'builtin' } {
  return of.kind === 'builtin' && of.name === 'range'
}

/** `Array.from({ length: n }, (_, i) => …)`, with `i + 1` for a range from 1 where that is short. */
function mappedRange(
  { names, iterable }: Clause,
  of: Expression,
  write: (writing: Writing) => Written,
  writing: Writing,
  result: Doc,
): Written {
  const given = (iterable as Expression & { kind: 'builtin' }).arguments
  const { start, step } = rangeOf(given)
  const name = names[0]!.name
  const list = lengthArgument(given)
  if (list !== undefined)
    return method(operand(list, writing), 'map', [
      callback(['_', spell(name, 'variable')], write(writing), result),
    ])
  const isPlain = isInt(start, 0) && isInt(step, 1)
  if (isPlain || mentionCount(of, name) <= 1) {
    const body = (number: Operand) => write(isPlain ? writing : renamed(writing, [[name, number]]))
    if (isPlain) return rangeArray(given, spell(name, 'variable'), body, writing, result)
    return withName(['i', 'k', 'index'], writing, (index) => rangeArray(given, index, body, writing, result))
  }
  return method(arrayOf(iterable, writing), 'map', [arrow([spell(name, 'variable')], write(writing), result)])
}

function mentionCount(of: Expression, name: string): number {
  return [...expressionsIn(of)].filter((part) => part.kind === 'name' && part.name === name).length
}

/** Whether the item is what the array holds: the clause's variable, or all of them in their order. */
function isIdentity({ names }: Clause, { whole }: Pick<Flow, 'whole'>, of: Expression): boolean {
  if (of.kind === 'convert' || of.kind === 'unwrap')
    return isIdentity({ names } as Clause, { whole }, of.value)
  if (whole !== undefined) return of.kind === 'name' && of.name === whole
  return (
    of.kind === 'tuple' &&
    of.items.length === names.length &&
    of.items.every((part, index) => part.kind === 'name' && part.name === names[index]!.name)
  )
}

/** A function of an item, without parameters at its end that it does not use. */
function callback(parameters: readonly Doc[], body: Operand, result: Doc = ''): Written {
  const used = parameters.map((parameter, index) => {
    const isUnused =
      index < parameters.length - 1 && index === 0 && !mentionsName(body.doc, String(parameter))
    return isUnused && /^[\w$]+$/.test(String(parameter)) ? '_' : withHoles(parameter, body.doc)
  })
  while (used.length > 1 && !mentionsName(body.doc, String(used.at(-1)))) used.pop()
  return arrow(used, body, result)
}

/** `[, value]` for `[key, value]` where the key is not used. */
function withHoles(parameter: Doc, body: Doc): Doc {
  const names = typeof parameter === 'string' ? /^\[(.*)\]$/.exec(parameter)?.[1] : undefined
  if (names === undefined) return parameter
  const used = names.split(', ').map((name) => (mentionsName(body, name) ? name : ''))
  while (used.at(-1) === '') used.pop()
  return used.length === 0 ? '_' : `[${used.join(', ')}]`
}

/** `map(String)` for `map((n) => String(n))`; functions that take one argument alone. */
function pointFree(mapped: Written, parameters: readonly Doc[]): Written | undefined {
  const [only, ...others] = parameters
  if (others.length > 0 || typeof only !== 'string') return undefined
  for (const name of ['String', 'Number']) if (flat(mapped.doc) === `${name}(${only})`) return atom(name)
  return undefined
}

function flat(doc: Doc): string {
  if (typeof doc === 'string') return doc
  if (!('kind' in doc)) return doc.map(flat).join('')
  if (doc.kind === 'line') return doc.flat ?? '\n'
  return doc.kind === 'if-broken' ? flat(doc.flat) : flat(doc.of)
}

/**
 * Writes with a clause's array, filtered by its conditions. `uses` is what is computed of its variables afterwards: an
 * index that is a callback's second parameter would be another one after `filter`.
 */
export function withFlow<T>(
  clause: Clause,
  uses: readonly Expression[],
  writing: Writing,
  write: (flow: Flow) => T,
): T {
  const { iterable, conditions } = clause
  const isNeeded = (name: string) => conditions.length > 0 && uses.some((of) => mentions(of, name))
  const filtered = (flow: Flow, after = flow.parameters): Flow => {
    if (conditions.length === 0) return flow
    const [first, ...more] = conditions
    const isItself = more.length === 0 && first!.kind === 'name' && first!.name === flow.whole
    const keep =
      isItself && first!.type.kind === 'bool'
        ? atom('Boolean')
        : callback(flow.parameters, allOf(conditions, flow.writing))
    return { ...flow, array: method(flow.array, 'filter', [keep]), parameters: after }
  }
  if (isLazy(iterable) && iterable.name === 'enumerate' && clause.names.length === 2)
    return enumerated(clause, isNeeded, filtered, writing, write)
  if (
    isLazy(iterable) &&
    iterable.name === 'zip' &&
    iterable.arguments.length === 2 &&
    clause.names.length === 2
  ) {
    const found = withZip(clause, isNeeded, filtered, writing, write)
    if (found !== undefined) return found
    return write(
      filtered({ array: zipped(iterable.arguments, writing), parameters: [pattern(clause.names)], writing }),
    )
  }
  const [only, ...others] = clause.names
  const whole = others.length === 0 ? { whole: only!.name } : {}
  const array = constant(iterable, arrayOf(iterable, writing), writing)
  return write(filtered({ array, parameters: [pattern(clause.names)], writing, ...whole }))
}

type Filtered = (flow: Flow, after?: Doc[]) => Flow

function enumerated<T>(
  { names, iterable, conditions }: Clause,
  isNeeded: (name: string) => boolean,
  filtered: Filtered,
  writing: Writing,
  write: (flow: Flow) => T,
): T {
  const given = (iterable as Expression & { kind: 'builtin' }).arguments
  const [index, value] = names.map(({ name }) => name) as [string, string]
  const shown = spell(value, 'variable')
  const count = spell(index, 'variable')
  const inner = isFromZero({ arguments: given })
    ? writing
    : renamed(writing, [[index, infix(atom(count), '+', operand(given[1]!, writing), levels.sum)]])
  const source = arrayOf(given[0]!, writing)
  if (isNeeded(index)) {
    const entries = spread(method(source, 'entries'))
    return write(filtered({ array: entries, parameters: [pattern(names)], writing: inner }))
  }
  const after = conditions.length > 0 ? [shown] : [shown, count]
  return write(filtered({ array: source, parameters: [shown, count], writing: inner, whole: value }, after))
}

/** `a.map((x, i) => … b[i] …)`, over as many items as both lists have. */
function withZip<T>(
  { names, iterable }: Clause,
  isNeeded: (name: string) => boolean,
  filtered: Filtered,
  writing: Writing,
  write: (flow: Flow) => T,
): T | undefined {
  const [a, b] = (iterable as Expression & { kind: 'builtin' }).arguments as [Expression, Expression]
  const [first, second] = names.map(({ name }) => name) as [string, string]
  const isNext =
    b.kind === 'slice' && b.stop === undefined && b.start !== undefined && isInt(b.start, 1) && b.step === 1
  if (isNext && isSimple(a) && isSame(a, b.of)) {
    if (isNeeded(first)) return undefined
    return withName(['i', 'index'], writing, (i) => {
      const inner = renamed(writing, [[first, item(operand(a, writing), atom(i))]])
      const later = spell(second, 'variable')
      const rest = method(operand(a, writing), 'slice', [atom('1')])
      const source = a.type.kind === 'string' ? spread(rest) : rest
      return write(
        filtered({ array: source, parameters: [later, i], writing: inner, whole: second }, [later]),
      )
    })
  }
  if (!isSimple(b) || !isIndexed(a) || !isIndexed(b) || isNeeded(second)) return undefined
  return withName(['i', 'index'], writing, (i) => {
    const other = operand(b, writing)
    const inner = renamed(writing, [[second, item(other, atom(i))]])
    const shorter = method(operand(a, writing), 'slice', [atom('0'), property(other, 'length')])
    const source = a.type.kind === 'string' ? spread(shorter) : shorter
    const shown = spell(first, 'variable')
    return write(filtered({ array: source, parameters: [shown, i], writing: inner, whole: first }, [shown]))
  })
}

function isIndexed(of: Expression): boolean {
  return (of.type.kind === 'list' && !isLazy(of)) || of.type.kind === 'string'
}

function isSame(a: Expression, b: Expression): boolean {
  if (a.kind === 'name' && b.kind === 'name') return a.name === b.name
  return a.kind === 'field' && b.kind === 'field' && a.name === b.name && isSame(a.of, b.of)
}

/** `xs.some((x) => …)` for `any`, `every` for `all`; inner clauses nest. */
export function quantified(of: Comprehension, name: 'some' | 'every', writing: Writing): Written {
  const test = (clauses: readonly Clause[], inner: Writing): Written => {
    const [clause, ...rest] = clauses as [Clause, ...Clause[]]
    const joins = name === 'some' && clause.conditions.length > 0
    const plain = joins ? { ...clause, conditions: [] } : clause
    return withFlow(plain, [of.item, ...partsOf(rest)], inner, (flow) => {
      const last = rest.length > 0 ? test(rest, flow.writing) : allOf([of.item], flow.writing)
      const body = joins
        ? logic(allOf(clause.conditions, flow.writing), '&&', last, levels.and, flow.writing)
        : last
      return method(flow.array, name, [callback(flow.parameters, body)])
    })
  }
  return test(of.clauses, writing)
}

/** How many rounds a generator has. */
export function counted(of: Comprehension, conditions: readonly Expression[], writing: Writing): Written {
  const clauses = [...of.clauses]
  const last = clauses.pop()!
  const all: Comprehension = {
    ...of,
    clauses: [...clauses, { ...last, conditions: [...last.conditions, ...conditions] }],
  }
  if (clauses.length > 0) return property(listed(all, writing), 'length')
  return withFlow(all.clauses[0]!, [], writing, (flow) => property(flow.array, 'length'))
}

/** `reduce((total, x) => total + …, 0)`. */
export function summed(of: Comprehension, start: Operand, writing: Writing): Written {
  const [clause, ...rest] = of.clauses as [Clause, ...Clause[]]
  return withName(['sum', 'total', 'acc', 'result', 'subtotal'], writing, (total) => {
    const add = (value: Operand) => infix(atom(total), '+', value, levels.sum)
    if (rest.length > 0)
      return withName(['value', 'n', 'x'], writing, (value) =>
        method(listed(of, writing), 'reduce', [arrow([total, value], add(atom(value))), start]),
      )
    return withFlow(clause, [of.item], writing, (flow) =>
      method(flow.array, 'reduce', [
        callback([total, ...flow.parameters], add(operand(of.item, flow.writing))),
        start,
      ]),
    )
  })
}
