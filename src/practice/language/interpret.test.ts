import { describe, expect, test } from 'vitest'
import { interpret } from './interpret.ts'
import type { Builtin, Expression, FunctionDeclaration, Parameter, Program, Statement } from './program.ts'
import { BOOL, INT, listOf, NONE, STRING, setOf, type Type } from './types.ts'
import type { Value } from './value.ts'

const name = (name: string, type: Type): Expression & { kind: 'name' } => ({ kind: 'name', name, type })
const int = (value: number): Expression => ({ kind: 'int', value, type: INT })
const n = name('n', INT)
const xs = name('xs', listOf(INT))
const give = (value: Expression): Statement => ({ kind: 'return', value })
const call = (...args: Expression[]): Expression => ({
  kind: 'call',
  function: 'f',
  arguments: args,
  type: INT,
})
const builtin = (name: Builtin, type: Type, ...args: Expression[]): Expression => ({
  kind: 'builtin',
  name,
  arguments: args,
  type,
})
const times = (left: Expression, right: Expression): Expression => ({
  kind: 'arithmetic',
  operator: '*',
  left,
  right,
  type: left.type,
})

/** A program of one function `f`. */
function program(parameters: Parameter[], result: Type, ...body: Statement[]): Program {
  const declaration: FunctionDeclaration = { name: 'f', parameters, result, body }
  return { records: [], classes: [], functions: [declaration], entry: 'f' }
}

const ofN = (body: Expression) => program([{ name: 'n', type: INT }], body.type, give(body))
const run = (program: Program, ...args: Value[]) => interpret(program, 'f', args)

describe('outcomes', () => {
  test('a value with the largest integer on the way to it', () => {
    expect(run(ofN(times(n, int(-3))), 7)).toEqual({ outcome: { value: -21 }, largestInteger: 21 })
  })

  test('an exception by its class', () => {
    const first: Expression = { kind: 'index', of: xs, index: int(0), type: INT }
    const firstOf = program([{ name: 'xs', type: listOf(INT) }], INT, give(first))
    expect(run(firstOf, { list: [] })).toMatchObject({ outcome: { raised: 'IndexError' } })
  })

  test('an argument of another type is told', () => {
    expect(() => run(ofN(n), 'seven')).toThrow('"seven" is not a value of the type int.')
    expect(() => run(ofN(n), 1, 2)).toThrow('no function f of 2 parameters')
  })

  test('a list that is changed under another name is the same list', () => {
    const ys = name('ys', listOf(INT))
    const aliased = program(
      [{ name: 'xs', type: listOf(INT) }],
      listOf(INT),
      { kind: 'declare', name: 'ys', type: listOf(INT), value: xs, mutable: true },
      {
        kind: 'update',
        target: ys,
        operator: '+',
        value: { kind: 'list', items: [int(3)], type: listOf(INT) },
      },
      { kind: 'expression', value: builtin('list.append', NONE, ys, int(4)) },
      give(xs),
    )
    expect(run(aliased, { list: [1] })).toMatchObject({ outcome: { value: { list: [1, 3, 4] } } })
  })
})

describe('stops, and no wrong answer', () => {
  test('where an integer leaves ±2^53', () => {
    expect(run(ofN(times(n, n)), 2 ** 40)).toMatchObject({ stopped: 'range' })
  })

  test('where a loop has no end', () => {
    const forever = program([], NONE, {
      kind: 'while',
      condition: { kind: 'bool', value: true, type: BOOL },
      body: [{ kind: 'continue' }],
    })
    expect(run(forever)).toMatchObject({ stopped: 'steps' })
  })

  test('where a function calls itself without end', () => {
    expect(run(ofN(call(n)), 1)).toMatchObject({ stopped: 'depth' })
  })

  test('before a text is made that is too long', () => {
    const long = ofN(times({ kind: 'string', value: 'ab', type: STRING }, n))
    expect(run(long, 2)).toMatchObject({ outcome: { value: 'abab' } })
    expect(run(long, 10 ** 12)).toMatchObject({ stopped: 'size' })
  })

  test('going backwards shows what depends on the order of a set', () => {
    const items = builtin('set', setOf(INT), builtin('range', listOf(INT), n))
    const asList = ofN(builtin('list', listOf(INT), items))
    const backwards = interpret(asList, 'f', [3], { backwards: { sets: true, maps: false } })
    expect(run(asList, 3)).toMatchObject({ outcome: { value: { list: [0, 1, 2] } } })
    expect(backwards).toMatchObject({ outcome: { value: { list: [2, 1, 0] } } })
  })
})
