import type { Expression } from '../../language/program.ts'
import type { Pattern } from '../patterns.ts'
import type { Doc, Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { comprehension } from './comprehensions.ts'
import { expression, operand } from './expressions.ts'
import { intValue, isInt, isSimple } from './numbers.ts'
import { spell } from './spelling.ts'
import type { Writing } from './writing.ts'
import { atom, bind, flat, infix, levels, send, withBlock } from './written.ts'

/** What a block goes through: an object that has `each`, and the block's parameters. */
export interface Source {
  receiver: Operand
  parameters: string
  /** What `select` makes of it: an array but of hashes and sets. */
  kind: 'array' | 'lazy' | 'hash' | 'set'
}

/** The source of `for patterns in iterable`. */
export function sourceOf(patterns: readonly Pattern[], iterable: Expression, writing: Writing): Source {
  const names = patterns.map(parameter)
  const parameters = names.join(', ')
  if (iterable.kind === 'builtin') {
    const [of, second] = iterable.arguments
    switch (iterable.name) {
      case 'range':
        return { receiver: rangeOf(iterable.arguments, writing), parameters, kind: 'lazy' }
      case 'enumerate': {
        const [place, item] = names
        if (item === undefined) throw new Unsupported('items with their places as pairs')
        const items = itemsOf(of!, writing)
        const receiver = second
          ? send(send(items, 'each'), 'with_index', expression(second, writing))
          : send(items, 'each_with_index')
        return { receiver, parameters: place === '_' ? `${item}, _` : `${item}, ${place}`, kind: 'lazy' }
      }
      case 'dict.items': {
        const map = operand(of!, writing)
        if (names.length === 1) return { receiver: send(map, 'to_a'), parameters, kind: 'array' }
        return { receiver: map, parameters, kind: 'hash' }
      }
    }
  }
  if (iterable.type.kind === 'set') return { receiver: operand(iterable, writing), parameters, kind: 'set' }
  return { receiver: itemsOf(iterable, writing), parameters, kind: 'array' }
}

/** A block's parameter; what is taken apart inside another stands in brackets. */
export function parameter(pattern: Pattern): string {
  if (Array.isArray(pattern)) return `(${pattern.map(parameter).join(', ')})`
  return pattern.name === '_' ? '_' : spell(pattern.name, 'variable')
}

/** Anything that a loop goes through as an array. */
export function itemsOf(of: Expression, writing: Writing): Operand {
  if (of.kind === 'comprehension') return comprehension({ ...of, form: 'list' }, writing)
  if (of.kind === 'builtin') {
    const [first, second] = of.arguments
    switch (of.name) {
      case 'range':
        return send(rangeOf(of.arguments, writing), 'to_a')
      case 'enumerate': {
        const items = itemsOf(first!, writing)
        const indexed = second
          ? send(send(items, 'each'), 'with_index', expression(second, writing))
          : send(items, 'each_with_index')
        return withBlock(indexed, 'map', 'item, index', '[index, item]')
      }
      case 'zip':
        return zipped(of.arguments, writing)
      case 'reversed':
        return first!.type.kind === 'string'
          ? send(send(operand(first!, writing), 'reverse'), 'chars')
          : send(itemsOf(first!, writing), 'reverse')
      case 'dict.items':
        return send(operand(first!, writing), 'to_a')
      case 'dict.keys':
        return send(operand(first!, writing), 'keys')
      case 'dict.values':
        return send(operand(first!, writing), 'values')
    }
  }
  const written = operand(of, writing)
  switch (of.type.kind) {
    case 'string':
      return send(written, 'chars')
    case 'map':
      return send(written, 'keys')
    case 'set':
      return send(written, 'to_a')
    default:
      return written
  }
}

/** Python stops where the shortest ends, Ruby where the receiver does. */
function zipped(lists: readonly Expression[], writing: Writing): Operand {
  const [first, second] = lists as [Expression, Expression]
  if (lists.length === 2 && isTail(second, first)) return send(operand(first, writing), 'each_cons', '2')
  const others = lists.slice(1)
  const pairs = send(itemsOf(first, writing), 'zip', ...others.map((other) => itemsOf(other, writing).doc))
  if (others.every((other) => writing.sameLength(first, other))) return pairs
  if (others.length > 1 || !isSimple(second)) throw new Unsupported('several lists side by side')
  const length = send(operand(second, writing), writing.size ? 'size' : 'length')
  return send(pairs, 'first', length.doc)
}

/** `xs[1:]` of `xs`. */
function isTail(of: Expression, list: Expression): boolean {
  if (of.kind !== 'slice' || of.stop || of.step !== 1 || !isInt(of.start, 1)) return false
  return (
    list.kind === 'name' && of.of.kind === 'name' && of.of.name === list.name && list.type.kind === 'list'
  )
}

/** `(a...b)`, `(a..b)`, `(a...b).step(k)`, `a.downto(b)`. */
export function rangeOf(args: readonly Expression[], writing: Writing): Operand {
  const [start, stop, step] = args.length === 1 ? [undefined, args[0]!] : args
  const from = start ? operand(start, writing) : atom('0')
  const by = step === undefined ? 1 : (intValue(step) ?? 'computed')
  if (by === 'computed' || by > 0) {
    const range = atom(['(', span(from, stop!, writing), ')'])
    return by === 1 ? range : send(range, 'step', expression(step!, writing))
  }
  const last = plusOne(stop!, writing)
  return by === -1 ? send(from, 'downto', last.doc) : send(from, 'step', last.doc, String(by))
}

/** `from...stop`, or `from..last` where the stop is `last + 1`. */
function span(from: Operand, stop: Expression, writing: Writing): Doc {
  const last = before(stop)
  const [dots, to] = last ? ['..', last] : ['...', stop]
  return flat([bind(from, levels.or), dots, bind(operand(to, writing), levels.or)])
}

/** `n` of `n + 1`. */
export function before(of: Expression): Expression | undefined {
  return of.kind === 'arithmetic' && of.operator === '+' && isInt(of.right, 1) ? of.left : undefined
}

function plusOne(of: Expression, writing: Writing): Operand {
  const value = intValue(of)
  if (value !== undefined) return { doc: String(value + 1), level: value < -1 ? levels.minus : levels.atom }
  if (of.kind === 'arithmetic' && of.operator === '-' && isInt(of.right, 1)) return operand(of.left, writing)
  return infix(operand(of, writing), '+', atom('1'), levels.sum)
}

export function minusOne(of: Expression, writing: Writing): Operand {
  const value = intValue(of)
  if (value !== undefined) return { doc: String(value - 1), level: value < 1 ? levels.minus : levels.atom }
  const last = before(of)
  return last ? operand(last, writing) : infix(operand(of, writing), '-', atom('1'), levels.sum)
}
