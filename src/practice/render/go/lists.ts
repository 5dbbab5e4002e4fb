import type { Expression, Statement } from '../../language/program.ts'
import { INT } from '../../language/types.ts'
import * as build from '../build.ts'
import { Unsupported } from '../renderer.ts'
import { returnsNew } from '../sharing.ts'
import { calleeOf } from '../subjects.ts'
import { afterwards, expression, lowered } from './expressions.ts'
import { unexported } from './names.ts'
import type { Arithmetical } from './operators.ts'
import { atom, call, composite, type Go, print, printAll } from './syntax.ts'
import { goType, zeroOf } from './types.ts'
import { emit, fresh, isSimple, type Writing } from './writing.ts'

/** A copy that shares nothing with the list. */
export function copyOf(list: Go, of: Expression, writing: Writing): Go {
  return spreadInto(composite(goType(of.type, writing.module.survey), []), list)
}

function spreadInto(first: Go, rest: Go): Go {
  return { kind: 'call', of: atom('append'), arguments: [first, rest], spread: true }
}

/** `xs + ys + [z]`: one list grows by the others. */
export function concatenated(of: Arithmetical, writing: Writing): Go {
  const parts: Expression[] = []
  const flatten = (part: Expression): void => {
    if (part.kind === 'arithmetic' && part.operator === '+') {
      flatten(part.left)
      flatten(part.right)
    } else parts.push(part)
  }
  flatten(of)
  const [first, ...rest] = parts as [Expression, ...Expression[]]
  let made = isOwn(first, writing)
    ? expression(first, writing)
    : copyOf(expression(first, writing, 'read'), of, writing)
  for (const part of rest) {
    if (part.kind !== 'list') made = spreadInto(made, expression(part, writing, 'read'))
    else if (part.items.length > 0)
      made = call('append', made, ...part.items.map((item) => expression(item, writing)))
  }
  return made
}

/** Whether a list can be appended to without harm: nobody else has it. */
export function isOwn(of: Expression, writing: Writing): boolean {
  if (of.kind === 'list' || of.kind === 'comprehension' || of.kind === 'arithmetic') return true
  if (of.kind === 'builtin') return ['sorted', 'list', 'list.copy', 'str.split'].includes(of.name)
  const callee = calleeOf(of)
  const subject = callee === undefined ? undefined : writing.module.survey.subjects.get(callee)
  return subject !== undefined && returnsNew(subject.declaration)
}

/** `[0] * n` and the like. */
export function repeatedList(of: Arithmetical, writing: Writing, goal?: string): Go {
  const [list, times] = of.left.type.kind === 'int' ? [of.right, of.left] : [of.left, of.right]
  const type = goType(of.type, writing.module.survey)
  if (list.kind === 'list' && list.items.length === 1) {
    const item = list.items[0]!
    if (['list', 'map', 'set'].includes(item.type.kind))
      throw new Unsupported('one list several times in a list')
    const count = expression(times, writing)
    const value = expression(item, writing)
    if (print(value) === print(zeroOf(item.type, writing.module.survey)) || isZeroFloat(item))
      return call('make', atom(type), count)
    const made = goal ?? unexported(fresh(writing, 'items', 'list'))
    emit(writing, `${made} := make(${printAll([atom(type), count], 2)})`)
    emit(writing, `for i := range ${made} {`, `\t${made}[i] = ${print(value)}`, '}')
    return atom(made)
  }
  if (!isSimple(list) && list.kind !== 'list') throw new Unsupported('a computed list several times')
  const result = build.nameOf(fresh(writing, 'repeated', 'items'), of.type)
  const more = build.run(build.call('list.extend', { kind: 'none' }, result, list))
  const loop: Statement = {
    kind: 'for',
    names: [{ name: '_', type: INT }],
    iterable: build.call('range', { kind: 'list', of: INT }, times),
    body: [more],
  }
  const empty: Expression = { kind: 'list', items: [], type: of.type }
  return afterwards(
    { statements: [build.declare(result.name, of.type, empty), loop], value: result },
    writing,
  )
}

function isZeroFloat(of: Expression): boolean {
  return of.kind === 'float' && of.value === 0 && !Object.is(of.value, -0)
}

/** `a | b`, `a & b` and `a - b` of sets. */
export function combinedSets(
  operator: string,
  left: Expression,
  right: Expression,
  writing: Writing,
  goal?: string,
): Go {
  const type = left.type
  if (type.kind !== 'set') throw new Unsupported('a set operation of something else')
  const item = build.nameOf(fresh(writing, 'item', 'element'), type.of)
  const names = [{ name: item.name, type: type.of }]
  if (operator === '|') {
    const result = build.nameOf(goal ?? fresh(writing, 'union', 'all_items'), type)
    const add = build.run(build.call('set.add', { kind: 'none' }, result, item))
    const loop = (iterable: Expression): Statement => ({ kind: 'for', names, iterable, body: [add] })
    const empty: Expression = { kind: 'set', items: [], type }
    const statements = [build.declare(result.name, type, empty), loop(left), loop(right)]
    return afterwards({ statements, value: result }, writing)
  }
  if (operator !== '&' && operator !== '-') throw new Unsupported(`sets with ${operator}`)
  const other = isSimple(right) ? right : kept(right, writing)
  const inside: Expression = {
    kind: 'in',
    item,
    container: other,
    negated: operator === '-',
    type: { kind: 'bool' },
  }
  const clauses = [{ names, iterable: left, conditions: [inside] }]
  return lowered({ kind: 'comprehension', form: 'set', item, clauses, type }, writing, goal)
}

/** A variable for a value that is looked at several times. */
export function kept(of: Expression, writing: Writing, ...wanted: string[]): Expression {
  const name = fresh(writing, ...(wanted.length > 0 ? wanted : ['other', 'known']))
  const own = unexported(name)
  writing.goal = own
  const made = print(expression(of, writing, 'read'))
  if (made !== own) emit(writing, `${own} := ${made}`)
  return build.nameOf(name, of.type)
}
