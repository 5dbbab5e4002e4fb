import { expect, test } from 'vitest'
import type { Expression, Statement } from '../language/program.ts'
import { INT, listOf } from '../language/types.ts'
import * as build from './build.ts'
import { knowledgeOf } from './knowledge.ts'

const i = build.nameOf('i', INT)
const xs = build.nameOf('xs', listOf(INT))
const int = build.intOf
/** Each is an object of its own: what is known is known of places in the tree. */
const n = () => build.nameOf('n', INT)
const remainder = () => build.arithmetic(n(), '%', int(10))
const give = (value: Expression): Statement => ({ kind: 'return', value })

test('a parameter may be negative, but not where a loop asked', () => {
  const before = remainder()
  const inside = remainder()
  const body: Statement[] = [
    build.declare('total', INT, before),
    {
      kind: 'while',
      condition: build.compare(n(), '>', int(0)),
      body: [
        { kind: 'update', target: build.nameOf('total', INT), operator: '+', value: inside },
        { kind: 'update', target: n(), operator: '//', value: int(10) },
      ],
    },
    give(n()),
  ]
  const knowledge = knowledgeOf({ body })
  expect(knowledge.atLeast((before as { left: Expression }).left, 0)).toBe(false)
  expect(knowledge.atLeast((inside as { left: Expression }).left, 1)).toBe(true)
})

test('an index of a range stays inside the list, until the list shrinks', () => {
  const first = build.itemOf(xs, i, INT)
  const second = build.arithmetic(i, '+', int(1))
  const loop = (body: Statement[]): Statement => ({
    kind: 'for',
    names: [{ name: 'i', type: INT }],
    iterable: build.call('range', listOf(INT), build.lengthOf(xs)),
    body,
  })
  const stay = knowledgeOf({ body: [loop([build.run(first), build.run(second)])] })
  expect(stay.withinLength(first.kind === 'index' ? first.index : first, xs, -1)).toBe(true)
  expect(stay.withinLength(second, xs, 0)).toBe(true)
  expect(stay.withinLength(second, xs, -1)).toBe(false)
  const popped = build.arithmetic(i, '+', int(0))
  const shrink = knowledgeOf({
    body: [loop([build.run(build.call('list.pop', INT, xs)), build.run(popped)])],
  })
  expect(shrink.withinLength(popped, xs, -1)).toBe(false)
})

test('after a guard a list is not empty', () => {
  const read = build.nameOf('xs', listOf(INT))
  const body: Statement[] = [
    build.when(build.compare(build.lengthOf(xs), '==', int(0)), [give(int(0))]),
    give(build.itemOf(read, int(0), INT)),
  ]
  expect(knowledgeOf({ body }).hasLength(read, 1)).toBe(true)
  expect(knowledgeOf({ body: body.slice(1) }).hasLength(read, 1)).toBe(false)
})

test('binary search: the middle is an index', () => {
  const [low, high] = [build.nameOf('low', INT), build.nameOf('high', INT)]
  const middle = build.nameOf('middle', INT)
  const read = build.nameOf('middle', INT)
  const half = build.arithmetic(build.arithmetic(low, '+', high), '//', int(2))
  const body: Statement[] = [
    build.declare('low', INT, int(0)),
    build.declare('high', INT, build.arithmetic(build.lengthOf(xs), '-', int(1))),
    {
      kind: 'while',
      condition: build.compare(low, '<=', high),
      body: [
        build.declare('middle', INT, half),
        build.when(
          build.compare(build.itemOf(xs, read, INT), '<', n()),
          [{ kind: 'assign', target: low, value: build.arithmetic(middle, '+', int(1)) }],
          [{ kind: 'assign', target: high, value: build.arithmetic(middle, '-', int(1)) }],
        ),
      ],
    },
  ]
  const knowledge = knowledgeOf({ body })
  expect(knowledge.atLeast(half, 0)).toBe(true)
  expect(knowledge.atLeast(read, 0)).toBe(true)
  expect(knowledge.withinLength(read, xs, -1)).toBe(true)
})
