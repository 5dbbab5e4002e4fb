import type { Clause, Expression } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { minusOne } from './arithmetic.ts'
import { hoisted, operand } from './expressions.ts'
import { isInt } from './numbers.ts'
import { variable } from './spelling.ts'
import { keyed } from './types.ts'
import { inside, NeedsStatements, type Writing } from './writing.ts'
import { arrow, atom, call, compared, infix, levels } from './written.ts'

type Comprehension = Expression & { kind: 'comprehension' }

/** `array_map` and `array_filter` where one list is gone through, else a loop before. */
export function comprehension(
  of: Expression & { kind: 'comprehension' | 'map-comprehension' },
  writing: Writing,
): Operand {
  if (of.kind === 'map-comprehension') {
    keyed((of.type as typeof of.type & { key: typeof of.type }).key)
    return hoisted(of, writing)
  }
  return functional(of, writing, () => {
    const items = mapped(of, writing, true)
    if (of.form !== 'set') return items
    keyed(of.item.type)
    return call('array_fill_keys', items, atom('true'))
  })
}

/** By functions where the style wants them or there is no place for a loop. */
export function functional(of: Expression, writing: Writing, write: () => Operand): Operand {
  if (writing.before && !writing.functional) return hoisted(of, writing)
  try {
    return write()
  } catch (error) {
    if (error instanceof NeedsStatements && writing.before) return hoisted(of, writing)
    throw error
  }
}

/** What a comprehension gives. `asList`: its keys count from 0. */
export function mapped(of: Comprehension, writing: Writing, asList: boolean): Operand {
  const { names, iterable, conditions, parallel } = soleClause(of.clauses, writing)
  const parameters = names.map(({ name }) => variable(name))
  const isWhole =
    names.length === 1 &&
    bare(of.item).kind === 'name' &&
    (bare(of.item) as { name?: string }).name === names[0]!.name
  const kept = filtered(iterable, parameters, conditions, writing)
  const items = asList && conditions.length > 0 ? call('array_values', kept) : kept
  if (isWhole) return items
  return call('array_map', arrow(parameters, operand(of.item, inside(writing))), items, ...parallel)
}

function bare(of: Expression): Expression {
  return of.kind === 'convert' && of.type.kind !== 'float' ? bare(of.value) : of
}

function filtered(
  items: Operand,
  parameters: string[],
  conditions: readonly Expression[],
  writing: Writing,
): Operand {
  const all = together(conditions)
  return all ? call('array_filter', items, arrow(parameters, operand(all, inside(writing)))) : items
}

export function together(conditions: readonly Expression[]): Expression | undefined {
  if (conditions.length === 0) return undefined
  return conditions.reduce((left, right) => ({
    kind: 'logic',
    operator: 'and',
    left,
    right,
    type: left.type,
  }))
}

/** The only clause, over one list, or over two of one length without conditions. */
function soleClause(clauses: readonly Clause[], writing: Writing) {
  const [{ names, iterable, conditions }, another] = clauses as [Clause, Clause?]
  if (another) throw new NeedsStatements('loops in one another')
  if (names.length === 1) return { names, iterable: itemsOf(iterable, writing), conditions, parallel: [] }
  const isZip = iterable.kind === 'builtin' && iterable.name === 'zip' && conditions.length === 0
  const [first, ...others] = isZip ? iterable.arguments : []
  if (!first || !others.every((other) => writing.sameLength(first, other)))
    throw new NeedsStatements('several variables')
  return {
    names,
    iterable: itemsOf(first, writing),
    conditions,
    parallel: others.map((other) => itemsOf(other, writing)),
  }
}

/** Anything that a loop goes through as an array whose keys count from 0. */
export function itemsOf(of: Expression, writing: Writing): Operand {
  if (of.kind === 'comprehension') {
    if (of.form === 'set') return keysOf(of, comprehension(of, writing))
    return comprehension({ ...of, form: 'list' }, writing)
  }
  if (of.kind === 'builtin') {
    const [first, second, third] = of.arguments
    switch (of.name) {
      case 'range':
        return range(of.arguments, writing)
      case 'reversed':
        return call('array_reverse', itemsOf(first!, writing))
      case 'dict.keys':
        return keysOf(first!, operand(first!, writing))
      case 'dict.values':
        return call('array_values', operand(first!, writing))
      case 'dict.items':
        return call(
          'array_map',
          atom('null'),
          call('array_keys', operand(first!, writing)),
          operand(first!, writing),
        )
      case 'zip':
        if (third || !writing.sameLength(first!, second!)) throw new NeedsStatements('lists of other lengths')
        return call('array_map', atom('null'), itemsOf(first!, writing), itemsOf(second!, writing))
      case 'enumerate': {
        if (second) throw new NeedsStatements('items with their numbers')
        const items = itemsOf(first!, writing)
        return call('array_map', atom('null'), call('array_keys', items), items)
      }
    }
  }
  const written = operand(of, writing)
  switch (of.type.kind) {
    case 'string':
      return call('str_split', written)
    case 'map':
    case 'set':
      return keysOf(of, written)
    default:
      return written
  }
}

/** Keys that are digits are ints in PHP: characters have to be made text again. */
function keysOf({ type }: Expression, written: Operand): Operand {
  const keys = call('array_keys', written)
  const of = type.kind === 'map' ? type.key : type.kind === 'set' ? type.of : type
  return of.kind === 'char' ? call('array_map', atom("'strval'"), keys) : keys
}

/** PHP's range goes down where its end is below its start: it has to be known not to be. */
function range(args: readonly Expression[], writing: Writing): Operand {
  const [start, stop, step] = args.length === 1 ? [undefined, args[0]!] : args
  const isLonger =
    !step &&
    (!start || isInt(start, 0)) &&
    (writing.knowledge.atLeast(stop!, 1) ||
      (isInt(start ?? stop, 0) && stop!.kind === 'int' && stop!.value > 0))
  if (!isLonger) throw new NeedsStatements('a range that may be empty')
  return call('range', atom('0'), minusOne(operand(stop!, writing)))
}

/** `sum(1 for x in xs if …)` and `len([…])`. */
export function counted(of: Expression, clauses: readonly Clause[], writing: Writing): Operand {
  return functional(of, writing, () => {
    const { names, iterable, conditions } = soleClause(clauses, writing)
    return call(
      'count',
      filtered(
        iterable,
        names.map(({ name }) => variable(name)),
        conditions,
        writing,
      ),
    )
  })
}

export function sum(of: Expression & { kind: 'builtin' }, writing: Writing): Operand {
  const [source, start] = of.arguments as [Expression, Expression?]
  if (source.kind === 'comprehension') {
    if (isInt(source.item, 1) && !start) return counted(of, source.clauses, writing)
    return functional(of, writing, () =>
      plus(call('array_sum', mapped(source, writing, false)), start, writing),
    )
  }
  return functionalOnly(of, writing, () => plus(call('array_sum', itemsOf(source, writing)), start, writing))
}

function plus(sum: Operand, start: Expression | undefined, writing: Writing): Operand {
  return start ? infix(sum, '+', operand(start, writing), levels.sum) : sum
}

/** The short form, unless that needs statements. */
export function functionalOnly(of: Expression, writing: Writing, write: () => Operand): Operand {
  return functional(of, { ...writing, functional: true }, write)
}

/** `any` and `all`: a loop where there is a place for it. */
export function quantified(of: Expression & { kind: 'builtin' }, writing: Writing): Operand {
  const [source] = of.arguments as [Expression]
  const isAny = of.name === 'any'
  if (writing.before) return hoisted(of, writing)
  if (source.kind !== 'comprehension') {
    const found = call('in_array', atom(String(isAny)), itemsOf(source, writing), atom('true'))
    if (isAny) return found
    throw new NeedsStatements('all of a list')
  }
  const { names, iterable, conditions } = soleClause(source.clauses, writing)
  const wanted: Expression = isAny ? source.item : { kind: 'not', value: source.item, type: source.item.type }
  const kept = filtered(
    iterable,
    names.map(({ name }) => variable(name)),
    [...conditions, wanted],
    writing,
  )
  return compared(call('count', kept), isAny ? '>' : '===', atom('0'))
}
