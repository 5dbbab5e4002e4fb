/** `len`, `sum`, `any`, `all`, `min` and `max`. */
import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import type { BuiltinCall } from './builtins.ts'
import { comparison, keyed, withPair } from './comparators.ts'
import { counted, listed, quantified, summed } from './comprehensions.ts'
import { truth } from './conditions.ts'
import { infix, isSimple, operand } from './expressions.ts'
import { helper } from './helpers.ts'
import { arrayOf, isLazy } from './iterables.ts'
import { number } from './literals.ts'
import { atLeast, type Writing, withName } from './writing.ts'
import {
  array,
  arrow,
  atom,
  call,
  conditional,
  levels,
  method,
  property,
  spreadItem,
  type Written,
} from './written.ts'

export function quantity(of: BuiltinCall, writing: Writing): Written | undefined {
  const source = of.arguments[0]!
  switch (of.name) {
    case 'len':
      return length(source, writing)
    case 'sum':
      return sum(of, writing)
    case 'any':
    case 'all': {
      const name = of.name === 'any' ? 'some' : 'every'
      if (source.kind === 'comprehension' && source.form !== 'set') return quantified(source, name, writing)
      return method(arrayOf(source, writing), name, [itemTruth(source, writing)])
    }
    default:
      return undefined
  }
}

function itemTruth(source: Expression, writing: Writing): Written {
  const { type } = source
  const of = type.kind === 'list' || type.kind === 'set' ? type.of : undefined
  if (of === undefined) throw new Unsupported(`the truth of items of a ${type.kind}`)
  if (of.kind === 'bool') return atom('Boolean')
  return withName(['item', 'x'], writing, (name) =>
    arrow([name], truth({ kind: 'name', name, type: of }, writing)),
  )
}

function length(source: Expression, writing: Writing): Written {
  if (source.kind === 'comprehension' && source.form !== 'set') return counted(source, [], writing)
  if (isLazy(source) && source.name !== 'range') {
    const [of] = source.arguments
    if (source.name.startsWith('dict.')) return property(operand(of!, writing), 'size')
    if (source.name === 'enumerate' || source.name === 'reversed') return length(of!, writing)
  }
  const { kind } = source.type
  if (kind === 'set' || kind === 'map') return property(operand(source, writing), 'size')
  if (kind === 'string' || kind === 'char') return property(operand(source, writing), 'length')
  return property(arrayOf(source, writing), 'length')
}

function sum({ arguments: [source, start], type }: BuiltinCall, writing: Writing): Written {
  if (type.kind === 'list') {
    const flat = method(arrayOf(source!, writing), 'flat')
    return start === undefined || isEmptyList(start)
      ? flat
      : method(operand(start, writing), 'concat', [flat])
  }
  const from = start === undefined ? atom('0') : operand(start, writing)
  const isZero = start === undefined || (start.kind === 'int' && start.value === 0)
  const plus = (count: Written) => (isZero ? count : infix(from, '+', count, levels.sum))
  if (source!.kind === 'comprehension' && source!.form !== 'set') {
    const { item } = source!
    if (item.type.kind === 'bool') return plus(counted(source!, [item], writing))
    if (item.kind === 'int' && item.value === 1) return plus(counted(source!, [], writing))
    const { kind } = item
    if (
      kind === 'conditional' &&
      item.then.kind === 'int' &&
      item.then.value === 1 &&
      item.otherwise.kind === 'int' &&
      item.otherwise.value === 0
    )
      return plus(counted(source!, [item.condition], writing))
    return summed(source!, from, writing)
  }
  const items = arrayOf(source!, writing)
  if (itemKind(source!) === 'bool')
    return plus(property(method(items, 'filter', [atom('Boolean')]), 'length'))
  return withName(['sum', 'total', 'acc', 'result', 'subtotal'], writing, (total) =>
    withName(['x', 'n', 'value', 'item'], writing, (value) =>
      method(items, 'reduce', [
        arrow([total, value], infix(atom(total), '+', atom(value), levels.sum)),
        from,
      ]),
    ),
  )
}

function isEmptyList(of: Expression): boolean {
  return of.kind === 'convert' ? isEmptyList(of.value) : of.kind === 'list' && of.items.length === 0
}

function itemKind({ type }: Expression): string | undefined {
  return type.kind === 'list' || type.kind === 'set' ? type.of.kind : undefined
}

/** Of one argument's items, or of several arguments. */
export function extreme(of: BuiltinCall, writing: Writing): Written {
  const { arguments: given, options, type } = of
  const isNumber = type.kind === 'int' || type.kind === 'float'
  const name = of.name === 'min' ? 'Math.min' : 'Math.max'
  if (given.length > 1) {
    if (isNumber && options?.key === undefined)
      return call(
        name,
        given.map((part) => operand(part, writing)),
      )
    return best(array(given.map((part) => operand(part, writing).doc)), of, writing)
  }
  const source = given[0]!
  const items =
    source.kind === 'comprehension' && source.form !== 'set'
      ? listed(source, writing)
      : arrayOf(source, writing)
  const fallback = options?.default
  const isPlain = isNumber && options?.key === undefined
  if (fallback === undefined) {
    // Python raises for no items; JavaScript says Infinity.
    const sure = writing.catches ? call(helper('nonEmpty', writing), [items]) : items
    return isPlain ? call(name, [spreadItem(sure)]) : best(sure, of, writing)
  }
  const other = operand(fallback, writing)
  if (isPlain) {
    const isLeast =
      of.name === 'max' && fallback.kind === 'int' && itemAtLeast(source, fallback.value, writing)
    if (isLeast) return call(name, [atom(number(fallback.value)), spreadItem(items)])
    if (isSimple(source) && source.type.kind === 'list')
      return conditional(truth(source, writing), call(name, [spreadItem(items)]), other)
    return call(helper(of.name === 'min' ? 'minOf' : 'maxOf', writing), [items, other])
  }
  if (isSimple(source)) return conditional(truth(source, writing), best(items, of, writing), other)
  return call(helper('bestOf', writing), [items, preferring(of, writing), other])
}

/** Whether no item of a generator is less. */
function itemAtLeast(source: Expression, bound: number, writing: Writing): boolean {
  return source.kind === 'comprehension' && atLeast(source.item, bound, writing)
}

/** `reduce((best, item) => (item < best ? item : best))`: the first among equals stays. */
function best(items: Written, of: BuiltinCall, writing: Writing): Written {
  return method(items, 'reduce', [preferring(of, writing)])
}

function preferring({ name, options, type }: BuiltinCall, writing: Writing): Written {
  return withPair(type, writing, (a, b) => {
    const [old, item] = [keyed(options?.key, a), keyed(options?.key, b)]
    const sign = name === 'min' ? '<' : '>'
    const isBetter = ['int', 'float', 'days', 'string', 'char', 'date'].includes(item.type.kind)
      ? infix(operand(item, writing), sign, operand(old, writing), levels.relation)
      : infix(comparison(item, old, writing), sign, atom('0'), levels.relation)
    return arrow([a.name, b.name], conditional(isBetter, operand(b, writing), operand(a, writing)))
  })
}
