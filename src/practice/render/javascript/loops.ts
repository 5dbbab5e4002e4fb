import type { Binding, Expression, Statement } from '../../language/program.ts'
import { type Doc, group } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { assignedIn, changedIn, expressionsIn, mentions } from '../walk.ts'
import { infix, isPure, isSimple, operand } from './expressions.ts'
import {
  arrayOf,
  isFromZero,
  isInt,
  isLazy,
  iterableOf,
  pattern,
  type Range,
  rangeOf,
  zipped,
} from './iterables.ts'
import { spell } from './spelling.ts'
import { block, braced, ended } from './statements.ts'
import { renamed, type Writing, withName } from './writing.ts'
import { atom, call, item, levels, method, property, type Written } from './written.ts'

type For = Statement & { kind: 'for' }

export function forLoop(of: For, writing: Writing): Doc[] {
  const { iterable } = of
  if (isLazy(iterable)) {
    const [source] = iterable.arguments
    switch (iterable.name) {
      case 'range':
        return [counting(of, rangeOf(iterable.arguments), writing)]
      case 'enumerate':
        if (of.names.length === 2) return [enumerating(of, iterable.arguments, writing)]
        break
      case 'zip':
        if (of.names.length === iterable.arguments.length) return zipping(of, iterable.arguments, writing)
        break
      case 'reversed':
        return [reversing(of, source!, writing)]
      case 'dict.items': {
        const found = items(of, source!, writing)
        if (found !== undefined) return [found]
      }
    }
  }
  return [going(of, iterableOf(iterable, writing).doc, writing)]
}

/** `for (const x of xs) { … }`. */
function going(
  of: For,
  source: Doc,
  writing: Writing,
  names: readonly Binding[] = of.names,
  first: Doc[] = [],
): Doc {
  const keyword = names.some(({ name }) => assignedIn(of.body).has(name)) ? 'let' : 'const'
  return braced(
    [`for (${keyword} `, pattern(names), ' of ', group(source), ')'],
    [...first, ...bodyOf(of, writing)],
  )
}

function bodyOf({ body }: For, writing: Writing): Doc[] {
  return body.length === 0 ? [] : [block(body, writing)]
}

/** A loop's number must be Python's again in the next round, whatever the body does to it. */
function refuseAssigned({ names, body }: For): void {
  const set = assignedIn(body)
  if (names.some(({ name }) => set.has(name))) throw new Unsupported('a loop that assigns its own number')
}

/** `for (let i = 0; i < n; i++) { … }`. */
function counting(of: For, range: Range, writing: Writing): Doc {
  refuseAssigned(of)
  const { name } = of.names[0]!
  const write = (index: string) => {
    const { start, stop, step } = range
    const isDown = step.kind === 'int' && step.value < 0
    return counted(of, index, operand(start, writing).doc, { bound: stop, isDown, step }, writing)
  }
  return name === '_' ? withName(['i', 'j', 'k', 'round'], writing, write) : write(spell(name, 'variable'))
}

interface Count {
  /** Python's, which the loop does not reach. */
  bound: Expression
  isDown: boolean
  step: Expression
}

function counted(
  of: For,
  index: string,
  start: Doc,
  { bound, isDown, step }: Count,
  writing: Writing,
  first: Doc[] = [],
): Doc {
  const test = (limit: (value: Expression) => Written): Written => {
    const next = neighbour(bound, isDown)
    if (next !== undefined) return infix(atom(index), isDown ? '>=' : '<=', limit(next), levels.relation)
    return infix(atom(index), isDown ? '>' : '<', limit(bound), levels.relation)
  }
  const move = moved(index, step, isDown, writing)
  const head = (more: Doc, condition: Doc): Doc => [
    `for (let ${index} = `,
    group(start),
    more,
    '; ',
    group(condition),
    '; ',
    move,
    ')',
  ]
  const lines = [...first, ...bodyOf(of, writing)]
  if (isStable(bound, of.body)) return braced(head('', test((value) => operand(value, writing)).doc), lines)
  return withName(['end', 'stop', 'limit'], writing, (end) => {
    let value: Doc = ''
    const condition = test((limit) => {
      value = operand(limit, writing).doc
      return atom(end)
    })
    return braced(head([`, ${end} = `, value], condition.doc), lines)
  })
}

/** The last number itself: `n` for `n + 1`, 0 for -1 downwards. */
function neighbour(bound: Expression, isDown: boolean): Expression | undefined {
  if (isDown) {
    if (isMinusOne(bound)) return { kind: 'int', value: 0, type: bound.type }
    return bound.kind === 'arithmetic' && bound.operator === '-' && isInt(bound.right, 1)
      ? bound.left
      : undefined
  }
  return bound.kind === 'arithmetic' && bound.operator === '+' && isInt(bound.right, 1)
    ? bound.left
    : undefined
}

function isMinusOne(of: Expression): boolean {
  return isInt(of, -1) || (of.kind === 'negate' && isInt(of.value, 1))
}

function moved(index: string, step: Expression, isDown: boolean, writing: Writing): Doc {
  const sign = isDown ? '-' : '+'
  const size: Expression = step.kind === 'int' ? { ...step, value: Math.abs(step.value) } : step
  if (isInt(size, 1) && writing.manner.increment === 'i++') return index + sign + sign
  return [index, ` ${sign}= `, operand(size, writing).doc]
}

/** Whether the bound can be computed anew in each round: cheap, and nothing in it changes. */
function isStable(bound: Expression, body: readonly Statement[]): boolean {
  const changing = new Set([...assignedIn(body), ...changedIn(body)])
  const cheap = new Set(['name', 'int', 'self', 'field', 'arithmetic', 'negate', 'convert', 'unwrap'])
  for (const part of expressionsIn(bound)) {
    if (part.kind === 'builtin' ? part.name !== 'len' : !cheap.has(part.kind)) return false
    if (part.kind === 'name' && changing.has(part.name)) return false
    if (part.kind === 'self' && changing.has('self')) return false
  }
  return true
}

/** The index and the item, by `entries` or by an index. */
function enumerating(of: For, given: readonly Expression[], writing: Writing): Doc {
  const [list, start] = given
  const [index, value] = of.names as [Binding, Binding]
  const isPlain = isFromZero({ arguments: given })
  const byIndex =
    writing.manner.enumerate === 'index' &&
    isSimple(list!) &&
    isIndexed(list!) &&
    isStable(length(list!), of.body)
  if (byIndex && isPlain) {
    refuseAssigned({ ...of, names: [index] })
    return overIndex(
      of,
      spell(index.name, 'variable'),
      list!,
      [[value, (i) => item(operand(list!, writing), i)]],
      writing,
    )
  }
  const entries = method(arrayOf(list!, writing), 'entries').doc
  if (isPlain) return going(of, entries, writing)
  return withName(['i', 'index', 'position'], writing, (i) => {
    const number = infix(atom(i), '+', operand(start!, writing), levels.sum)
    const isAssigned = assignedIn(of.body).has(index.name)
    const isOnce =
      [...expressionsIn(of.body)].filter((part) => part.kind === 'name' && part.name === index.name)
        .length === 1
    const names = [{ ...index, name: i }, value]
    if (isOnce && !isAssigned) return going(of, entries, renamed(writing, [[index.name, number]]), names)
    const keyword = isAssigned ? 'let' : 'const'
    return going(of, entries, writing, names, [
      ended([`${keyword} ${spell(index.name, 'variable')} = `, number.doc], writing),
    ])
  })
}

function isIndexed({ type }: Expression): boolean {
  return type.kind === 'list' || type.kind === 'string'
}

function length(of: Expression): Expression {
  return { kind: 'builtin', name: 'len', arguments: [of], type: { kind: 'int' } }
}

type Part = [binding: Binding, value: (index: Written) => Written]

/** An index over a list, and at the head of the body what stands there. */
function overIndex(of: For, index: string, list: Expression, parts: readonly Part[], writing: Writing): Doc {
  const first = constants(of, index, parts, writing)
  const count: Count = {
    bound: length(list),
    isDown: false,
    step: { kind: 'int', value: 1, type: { kind: 'int' } },
  }
  return counted(of, index, '0', count, writing, first)
}

function constants(of: For, index: string, parts: readonly Part[], writing: Writing): Doc[] {
  return parts
    .filter(([{ name }]) => name !== '_')
    .map(([{ name }, value]) => {
      const keyword = assignedIn(of.body).has(name) ? 'let' : 'const'
      return ended([`${keyword} ${spell(name, 'variable')} = `, value(atom(index)).doc], writing)
    })
}

/** Neighbours by one index, several lists by the shortest; lists without names get some. */
function zipping(of: For, given: readonly Expression[], writing: Writing): Doc[] {
  const [a, b] = given as [Expression, Expression]
  const isNext =
    b.kind === 'slice' && b.start !== undefined && isInt(b.start, 1) && b.stop === undefined && b.step === 1
  const isStableList = (list: Expression) =>
    isSimple(list) && isIndexed(list) && isStable(length(list), of.body)
  if (
    given.length === 2 &&
    isNext &&
    isStableList(a) &&
    operandText(a, writing) === operandText(b.of, writing)
  )
    return [
      withName(['i', 'j', 'index'], writing, (index) => {
        const list = operand(a, writing)
        const previous = (i: Written) => item(list, infix(i, '-', atom('1'), levels.sum))
        const parts: Part[] = [
          [of.names[0]!, previous],
          [of.names[1]!, (i) => item(list, i)],
        ]
        const count: Count = {
          bound: length(a),
          isDown: false,
          step: { kind: 'int', value: 1, type: { kind: 'int' } },
        }
        return counted(of, index, '1', count, writing, constants(of, index, parts, writing))
      }),
    ]
  if (given.every(isStableList))
    return [
      withName(['i', 'j', 'index'], writing, (index) => {
        const lists = given.map((list) => operand(list, writing))
        const parts = lists.map((list, place): Part => [of.names[place]!, (i) => item(list, i)])
        const shortest = call(
          'Math.min',
          lists.map((list) => property(list, 'length')),
        )
        const test = infix(atom(index), '<', shortest, levels.relation).doc
        const move = moved(index, { kind: 'int', value: 1, type: { kind: 'int' } }, false, writing)
        const head = [`for (let ${index} = 0; `, group(test), '; ', move, ')']
        return braced(head, [...constants(of, index, parts, writing), ...bodyOf(of, writing)])
      }),
    ]
  return [going(of, zipped(given, writing).doc, writing)]
}

function operandText(of: Expression, writing: Writing): string {
  return JSON.stringify(operand(of, writing).doc)
}

function reversing(of: For, source: Expression, writing: Writing): Doc {
  if (isLazy(source) && source.name === 'range') {
    const { start, stop, step } = rangeOf(source.arguments)
    if (!isInt(step, 1)) throw new Unsupported('a range with a step, backwards')
    refuseAssigned(of)
    const { name } = of.names[0]!
    const before = minusOne(stop)
    const bound: Expression = isInt(start, 0)
      ? { kind: 'int', value: -1, type: start.type }
      : { kind: 'arithmetic', operator: '-', left: start, right: one, type: start.type }
    const write = (index: string) =>
      counted(of, index, operand(before, writing).doc, { bound, isDown: true, step: one }, writing)
    return name === '_' ? withName(['i', 'j', 'k'], writing, write) : write(spell(name, 'variable'))
  }
  const isBackwards =
    isSimple(source) && isIndexed(source) && of.names.length === 1 && writing.manner.enumerate === 'index'
  if (isBackwards && isStable(length(source), of.body))
    return withName(['i', 'j', 'index'], writing, (index) => {
      const list = operand(source, writing)
      const start = infix(property(list, 'length'), '-', atom('1'), levels.sum).doc
      const bound: Expression = { kind: 'int', value: -1, type: { kind: 'int' } }
      const first = constants(of, index, [[of.names[0]!, (i) => item(list, i)]], writing)
      return counted(of, index, start, { bound, isDown: true, step: one }, writing, first)
    })
  return going(of, iterableOf(of.iterable, writing).doc, writing)
}

const one: Expression = { kind: 'int', value: 1, type: { kind: 'int' } }

function minusOne(of: Expression): Expression {
  if (of.kind === 'int') return { ...of, value: of.value - 1 }
  if (of.kind === 'arithmetic' && of.operator === '+' && isInt(of.right, 1)) return of.left
  return { kind: 'arithmetic', operator: '-', left: of, right: one, type: of.type }
}

/** Only what is used of the entries. */
function items(of: For, map: Expression, writing: Writing): Doc | undefined {
  const [key, value] = of.names
  if (value === undefined || !isPure(map)) return undefined
  const isUsed = ({ name }: Binding) => name !== '_' && mentions(of.body, name)
  if (isUsed(key!) && isUsed(value)) return undefined
  const isKey = isUsed(key!)
  const name = isKey ? 'dict.keys' : 'dict.values'
  const source: Expression = {
    kind: 'builtin',
    name,
    arguments: [map],
    type: { kind: 'list', of: (isKey ? key! : value).type },
  }
  return going(of, iterableOf(source, writing).doc, writing, [isKey ? key! : value])
}
