import type { Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import * as build from '../build.ts'
import { applied } from '../lower.ts'
import { isWhole } from '../order.ts'
import { Unsupported } from '../renderer.ts'
import { itemsOf } from './comparisons.ts'
import { expression } from './expressions.ts'
import { call, type Go, print } from './syntax.ts'
import { captured, fresh, type Writing } from './writing.ts'

/** `sort.Ints(xs)`, `sort.Slice(xs, func(i, j int) bool { … })`: the statement that sorts a list. */
export function sortCall(
  list: Expression,
  options: (Expression & { kind: 'builtin' })['options'],
  writing: Writing,
): Go {
  const type = (list.type as { of: Type }).of
  const held = expression(list, writing, 'read')
  const { key, reverse = false } = options ?? {}
  const plain = { int: 'Ints', float: 'Float64s', string: 'Strings' }[type.kind as string]
  if (!key && plain) {
    if (!reverse) return call(`sort.${plain}`, held)
    const kind = { int: 'IntSlice', float: 'Float64Slice', string: 'StringSlice' }[type.kind as string]
    return call('sort.Sort', call('sort.Reverse', call(`sort.${kind}`, held)))
  }
  const [i, j] = [fresh(writing, 'i', 'a', 'left'), fresh(writing, 'j', 'b', 'right')]
  writing.taken.delete(i)
  writing.taken.delete(j)
  const at = (name: string) => build.itemOf(list, build.nameOf(name, { kind: 'int' }), type)
  const { lines } = captured(writing, () => {
    writing.lines.push(...less(at(i), at(j), key, reverse, writing))
  })
  const how = key && !isWhole(key) ? 'SliceStable' : 'Slice'
  return call(`sort.${how}`, held, { kind: 'function', head: `func(${i}, ${j} int) bool`, lines })
}

/** The body of a function that says whether one item stands before another. */
function less(
  a: Expression,
  b: Expression,
  key: Expression | undefined,
  reverse: boolean,
  writing: Writing,
): string[] {
  const [left, right] = key ? [applied(key, a), applied(key, b)] : [a, b]
  const pairs = flattened(left, right)
  const lines: string[] = []
  const written = (of: Expression) => {
    const { value, lines: before } = captured(writing, () => expression(of, writing, 'read'))
    lines.push(...before)
    return print(value)
  }
  const failing = writing.failing
  writing.failing = undefined
  pairs.forEach(([x, y], place) => {
    const negated = x.kind === y.kind && (x.kind === 'negate' || x.kind === 'not')
    const inner = (of: Expression) => (of.kind === 'negate' || of.kind === 'not' ? of.value : of)
    const [p, q] = negated ? [inner(x), inner(y)] : [x, y]
    const down = negated !== reverse
    const before = p.type.kind === 'bool' ? falseFirst(p, q, down) : build.compare(p, down ? '>' : '<', q)
    if (place < pairs.length - 1) {
      const differs = written(build.compare(p, '!=', q))
      lines.push(`if ${differs} {`, `\treturn ${written(before)}`, '}')
    } else lines.push(`return ${written(before)}`)
  })
  writing.failing = failing
  return lines
}

function falseFirst(a: Expression, b: Expression, down: boolean): Expression {
  return down ? build.both(a, build.not(b)) : build.both(build.not(a), b)
}

/** Pairs of parts to compare one after another. */
function flattened(left: Expression, right: Expression): [Expression, Expression][] {
  if (left.type.kind !== 'tuple') {
    if (left.type.kind === 'list' || left.type.kind === 'record')
      throw new Unsupported('a key that Go cannot order')
    return [[left, right]]
  }
  const [a, b] = [itemsOf(left), itemsOf(right)]
  return a.flatMap((item, place) => flattened(item, b[place]!))
}
