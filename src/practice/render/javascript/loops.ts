import type { Binding, Expression } from '../../language/program.ts'
import { type Doc, group } from '../print.ts'
import { assignedIn, expressionsIn, mentions } from '../walk.ts'
import {
  bodyOf,
  constants,
  counted,
  counting,
  countingBack,
  type For,
  forHead,
  isStableList,
  length,
  moved,
  one,
  overIndex,
  overIndexBack,
  type Part,
  refuseAssigned,
} from './counting.ts'
import { infix, isPure, operand } from './expressions.ts'
import { arrayOf, isFromZero, isLazy, iterableOf, pattern, zipped } from './iterables.ts'
import { isInt, rangeOf } from './ranges.ts'
import { spell } from './spelling.ts'
import { braced, ended } from './statements.ts'
import { constant } from './typing.ts'
import { renamed, type Writing, withName } from './writing.ts'
import { atom, call, item, levels, method, property } from './written.ts'

export function forLoop(of: For, writing: Writing): Doc[] {
  const { iterable } = of
  if (isLazy(iterable)) {
    const [source] = iterable.arguments
    switch (iterable.name) {
      case 'range':
        return counting(of, rangeOf(iterable.arguments), writing)
      case 'enumerate':
        if (of.names.length === 2) return enumerating(of, iterable.arguments, writing)
        break
      case 'zip':
        if (of.names.length === iterable.arguments.length) return zipping(of, iterable.arguments, writing)
        break
      case 'reversed':
        return reversing(of, source!, writing)
      case 'dict.items': {
        const found = items(of, source!, writing)
        if (found !== undefined) return [found]
      }
    }
  }
  return [going(of, constant(iterable, iterableOf(iterable, writing), writing).doc, writing)]
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

/** The index and the item, by `entries` or by an index. */
function enumerating(of: For, given: readonly Expression[], writing: Writing): Doc[] {
  const [list, start] = given
  const [index, value] = of.names as [Binding, Binding]
  const isPlain = isFromZero({ arguments: given })
  const byIndex = writing.manner.enumerate === 'index' && isStableList(list!, of)
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
  if (isPlain) return [going(of, entries, writing)]
  return withName(['i', 'index', 'position'], writing, (i) => {
    const number = infix(atom(i), '+', operand(start!, writing), levels.sum)
    const isAssigned = assignedIn(of.body).has(index.name)
    const isOnce =
      [...expressionsIn(of.body)].filter((part) => part.kind === 'name' && part.name === index.name)
        .length === 1
    const names = [{ ...index, name: i }, value]
    if (isOnce && !isAssigned) return [going(of, entries, renamed(writing, [[index.name, number]]), names)]
    const keyword = isAssigned ? 'let' : 'const'
    return [
      going(of, entries, writing, names, [
        ended([`${keyword} ${spell(index.name, 'variable')} = `, number.doc], writing),
      ]),
    ]
  })
}

/** Neighbours by one index, several lists by the shortest; lists without names as pairs. */
function zipping(of: For, given: readonly Expression[], writing: Writing): Doc[] {
  const [a, b] = given as [Expression, Expression]
  if (given.length === 2 && isStableList(a, of) && isRest(b, a, writing))
    return withName(['i', 'j', 'index'], writing, (index) => {
      const list = operand(a, writing)
      const parts: Part[] = [
        [of.names[0]!, (i) => item(list, infix(i, '-', atom('1'), levels.sum))],
        [of.names[1]!, (i) => item(list, i)],
      ]
      const first = constants(of, index, parts, writing)
      return counted(of, index, '1', { bound: length(a), isDown: false, step: one }, writing, first)
    })
  if (!given.every((list) => isStableList(list, of))) return [going(of, zipped(given, writing).doc, writing)]
  return withName(['i', 'j', 'index'], writing, (index) => {
    const lists = given.map((list) => operand(list, writing))
    const parts = lists.map((list, place): Part => [of.names[place]!, (i) => item(list, i)])
    const shortest = call(
      'Math.min',
      lists.map((list) => property(list, 'length')),
    )
    const test = infix(atom(index), '<', shortest, levels.relation).doc
    const head = forHead([`let ${index} = 0`, group(test), moved(index, one, false, writing)])
    return [braced(head, [...constants(of, index, parts, writing), ...bodyOf(of, writing)])]
  })
}

/** Whether `rest` is `list[1:]`. */
function isRest(rest: Expression, list: Expression, writing: Writing): boolean {
  if (rest.kind !== 'slice' || rest.stop !== undefined || rest.step !== 1) return false
  const text = (of: Expression) => JSON.stringify(operand(of, writing).doc)
  return rest.start !== undefined && isInt(rest.start, 1) && text(list) === text(rest.of)
}

function reversing(of: For, source: Expression, writing: Writing): Doc[] {
  if (isLazy(source) && source.name === 'range') return countingBack(of, rangeOf(source.arguments), writing)
  const byIndex = of.names.length === 1 && writing.manner.enumerate === 'index'
  if (byIndex && isStableList(source, of)) return overIndexBack(of, source, writing)
  return [going(of, iterableOf(of.iterable, writing).doc, writing)]
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
