import type { Expression } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import type { BuiltinCall } from './builtins.ts'
import { comparator } from './comparators.ts'
import { equality, isPrimitive } from './conditions.ts'
import { infix, operand } from './expressions.ts'
import { helper } from './helpers.ts'
import { arrayOf, isFresh, isLazy, iterableOf } from './iterables.ts'
import { isInt } from './ranges.ts'
import { type Writing, withName } from './writing.ts'
import {
  array,
  arrow,
  atom,
  call,
  item,
  method,
  nonNull,
  property,
  spread,
  spreadItem,
  type Written,
} from './written.ts'

/** Lists and what makes them; `undefined` for other names. */
export function listBuiltin(of: BuiltinCall, writing: Writing): Written | undefined {
  const [list, ...rest] = of.arguments
  const receiver = () => operand(list!, writing)
  const given = () => rest.map((part) => operand(part, writing))
  switch (of.name) {
    case 'list':
    case 'tuple':
      return list === undefined ? array([]) : copied(list, writing)
    case 'range':
    case 'enumerate':
    case 'zip':
    case 'reversed':
      return arrayOf(of, writing)
    case 'sorted':
      return sorted(of, writing)
    case 'list.sort':
      return sortedInPlace(receiver(), of, writing)
    case 'list.append':
      return method(receiver(), 'push', given())
    case 'list.extend':
      return method(receiver(), 'push', extension(rest[0]!, writing))
    case 'list.insert':
      if (isInt(rest[0]!, 0)) return method(receiver(), 'unshift', given().slice(1))
      return method(receiver(), 'splice', [given()[0]!, atom('0'), given()[1]!])
    case 'list.pop':
      return popped(of, writing)
    case 'list.reverse':
      return method(receiver(), 'reverse')
    case 'list.copy':
      return writing.manner.sorted === 'slice' ? method(receiver(), 'slice') : spread(receiver())
    case 'list.clear':
      return infix(property(receiver(), 'length'), '=', atom('0'), 0)
    case 'list.index':
      return position(list!, rest[0]!, writing)
    case 'list.remove':
      return method(receiver(), 'splice', [position(list!, rest[0]!, writing), atom('1')])
    case 'list.count':
      return counted(list!, rest[0]!, writing)
    default:
      return undefined
  }
}

/** `[...xs]`: a new array, unless it is one already. */
function copied(source: Expression, writing: Writing): Written {
  if (isFresh(source) && (isLazy(source) || source.kind === 'comprehension')) return arrayOf(source, writing)
  if (source.type.kind === 'list' || source.type.kind === 'tuple') return spread(operand(source, writing))
  return arrayOf(source, writing)
}

/** `...xs`; a literal gives its items. */
export function extension(source: Expression, writing: Writing): Written[] {
  const items = source.kind === 'convert' ? source.value : source
  if (items.kind === 'list') return items.items.map((part) => operand(part, writing))
  return [spreadItem(iterableOf(source, writing))]
}

function itemType(of: Expression) {
  const { type } = of
  if (type.kind === 'list' || type.kind === 'set') return type.of
  if (type.kind === 'map') return type.key
  if (type.kind === 'tuple') return type.of[0]!
  return { kind: 'char' } as const
}

function sorted(of: BuiltinCall, writing: Writing): Written {
  const source = of.arguments[0]!
  const items = arrayOf(source, writing)
  const { sorted: manner } = writing.manner
  if (isFresh(source)) return sortedInPlace(items, of, writing)
  if (manner === 'toSorted') return sortedInPlace(items, of, writing, 'toSorted')
  return sortedInPlace(manner === 'slice' ? method(items, 'slice') : spread(items), of, writing)
}

function sortedInPlace(items: Written, of: BuiltinCall, writing: Writing, name = 'sort'): Written {
  const { key, reverse } = of.options ?? {}
  const type = of.name === 'sorted' && of.type.kind === 'list' ? of.type.of : itemType(of.arguments[0]!)
  // Equal texts are the same, so turning them round is exact, and shorter than a comparator.
  const turns = reverse === true && key === undefined && (type.kind === 'string' || type.kind === 'char')
  const compare = comparator(type, key, reverse === true && !turns, writing)
  const inOrder = method(items, name, compare === undefined ? [] : [compare])
  return turns ? method(inOrder, 'reverse') : inOrder
}

function popped({ arguments: [list, index] }: BuiltinCall, writing: Writing): Written {
  const receiver = operand(list!, writing)
  const sure = (value: Written) => (writing.typed ? nonNull(value) : value)
  const isLast = index === undefined || isInt(index, -1) || (index.kind === 'negate' && isInt(index.value, 1))
  if (isLast) return sure(method(receiver, 'pop'))
  if (isInt(index, 0)) return sure(method(receiver, 'shift'))
  return item(method(receiver, 'splice', [operand(index, writing), atom('1')]), atom('0'))
}

/** By `indexOf`, which says -1 where Python raises; where errors are caught, a helper raises. */
function position(list: Expression, value: Expression, writing: Writing): Written {
  const items = operand(list, writing)
  if (isPrimitive(value.type)) {
    if (writing.catches) return call(helper('indexIn', writing), [items, operand(value, writing)])
    return method(items, 'indexOf', [operand(value, writing)])
  }
  if (writing.catches) throw new Unsupported('the position of a compound value that may be missing')
  return withItem(value, writing, (test) => method(items, 'findIndex', [test]))
}

function counted(list: Expression, value: Expression, writing: Writing): Written {
  return withItem(value, writing, (test) =>
    property(method(operand(list, writing), 'filter', [test]), 'length'),
  )
}

/** A function that says whether an item is equal to the value. */
function withItem(value: Expression, writing: Writing, write: (test: Written) => Written): Written {
  return withName(['item', 'other', 'entry'], writing, (name) =>
    write(arrow([name], equality({ kind: 'name', name, type: value.type }, value, false, writing))),
  )
}
