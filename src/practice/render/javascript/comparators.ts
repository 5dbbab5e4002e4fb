import type { Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { Unsupported } from '../renderer.ts'
import { substitute } from '../substitute.ts'
import { infix, logic, operand } from './expressions.ts'
import { helper } from './helpers.ts'
import { type Writing, withName } from './writing.ts'
import { arrow, atom, call, levels, method, type Written } from './written.ts'

/** A number below, at or above 0 as `left` comes before, with or after `right`. */
export function comparison(left: Expression, right: Expression, writing: Writing): Written {
  const { type } = left
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'days':
      // `-a` before `-b` is `b - a`.
      if (left.kind === 'negate' && right.kind === 'negate')
        return comparison(right.value, left.value, writing)
      return infix(operand(left, writing), '-', operand(right, writing), levels.sum)
    case 'bool': {
      const [a, b] = [left, right].map((side) => call('Number', [operand(side, writing)]))
      return infix(a!, '-', b!, levels.sum)
    }
    case 'date': {
      const [a, b] = [left, right].map((side) => method(operand(side, writing), 'getTime'))
      return infix(a!, '-', b!, levels.sum)
    }
    case 'string':
    case 'char':
      return call(helper('compare', writing), [operand(left, writing), operand(right, writing)])
    case 'tuple': {
      const parts = type.of.map((of, index) =>
        comparison(part(left, index, of), part(right, index, of), writing),
      )
      return parts.reduce((all, next) => logic(all, '||', next, levels.or, writing))
    }
    case 'list':
      if (['int', 'float', 'string', 'char'].includes(type.of.kind))
        return call(helper('compareArrays', writing), [operand(left, writing), operand(right, writing)])
      throw new Unsupported('the order of lists of compound items')
    default:
      throw new Unsupported(`the order of a ${type.kind}`)
  }
}

function part(tuple: Expression, index: number, type: Type): Expression {
  if (tuple.kind === 'tuple') return tuple.items[index]!
  return { kind: 'index', of: tuple, index: { kind: 'int', value: index, type: { kind: 'int' } }, type }
}

/** Writes with two names for items of one type, `a` and `b` where they are free. */
export function withPair<T>(
  type: Type,
  writing: Writing,
  write: (a: Expression & { kind: 'name' }, b: Expression & { kind: 'name' }) => T,
): T {
  const wanted = [
    ['a', 'b'],
    ['left', 'right'],
    ['first', 'second'],
    ['one', 'other'],
    ['former', 'latter'],
  ]
  const free = wanted.find((pair) => pair.every((name) => !writing.taken.has(name))) ?? ['itemA', 'itemB']
  return withName([free[0]!], writing, (a) =>
    withName([free[1]!], writing, (b) =>
      write({ kind: 'name', name: a, type }, { kind: 'name', name: b, type }),
    ),
  )
}

/** The value by which `item` is sorted. */
export function keyed(key: Expression | undefined, item: Expression): Expression {
  if (key === undefined) return item
  if (key.kind !== 'lambda') throw new Unsupported('a key that is not a lambda')
  return substitute(key.body, new Map([[key.parameters[0]!.name, item]]))
}

/** The comparator of `sort`; nothing where JavaScript's own order, that of strings, is the one. */
export function comparator(
  type: Type,
  key: Expression | undefined,
  reverse: boolean,
  writing: Writing,
): Written | undefined {
  if (key === undefined && (type.kind === 'string' || type.kind === 'char') && !reverse) return undefined
  return withPair(type, writing, (a, b) => {
    // Swapped, equal items still keep their order, as with Python's `reverse`.
    const [left, right] = reverse ? [b, a] : [a, b]
    const body = comparison(keyed(key, left), keyed(key, right), writing)
    const isPlain = key === undefined && !reverse && body.level === levels.postfix
    return isPlain && type.kind === 'list'
      ? atom(helper('compareArrays', writing))
      : arrow([a.name, b.name], body)
  })
}
