import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../lib/index.ts'
import { parseType } from './front-end.ts'
import { illTyped } from './testing/ill-typed.ts'
import { printExpression } from './testing/print-tree.ts'
import { openReader } from './testing/read-surface.ts'
import { BOOL, CHAR, FLOAT, INT, listOf, mapOf, optionalOf, STRING, spellType } from './types.ts'

const reader = await openReader()
const { frontEnd } = reader

const folder = new URL('testing/accepted/', import.meta.url)
const accepted = readdirSync(folder).flatMap((file) =>
  readFileSync(new URL(file, folder), 'utf8')
    .split(/^# %%\n/m)
    .filter((cell) => cell !== '')
    .map((source): [title: string, source: string] => [`${file}: ${source.split('\n')[0]}`, source]),
)

describe('parseProgram', () => {
  it('has many programs to read', () => expect(accepted.length).toBeGreaterThan(200))

  it.each(accepted)('reads %s, and its tree is well typed', (_, source) => {
    expect(illTyped(frontEnd.parseProgram(source))).toEqual([])
  })

  it('finds what is ill typed', () => {
    const program = frontEnd.parseProgram('def f(xs: list[int]) -> int:\n    return xs[0]\n')
    program.functions[0]!.result = STRING
    expect(illTyped(program)).toEqual(['return: int for str'])
  })

  it('takes the last function as the entry, the last class where there is none, or the one that is named', () => {
    const f = 'def f() -> int:\n    return 1\n'
    const g = 'def g() -> int:\n    return f()\n'
    const box = 'class Box:\n    def __init__(self):\n        self.n = 0\n'
    expect(frontEnd.parseProgram(f + g).entry).toBe('g')
    expect(frontEnd.parseProgram(box).entry).toBe('Box')
    expect(frontEnd.parseProgram(f + g, { entry: 'f' }).entry).toBe('f')
    expect(frontEnd.parseProgram(box + f, { entry: 'Box' }).entry).toBe('Box')
    expect(() => frontEnd.parseProgram('def f() -> int:\n\n')).toThrow('a body is missing')
    expect(() => frontEnd.parseProgram(f, { entry: 'h' })).toThrow('the entry is not defined')
  })

  it('gives anything but Python of the language a UserError', () => {
    const words =
      'def f ( ) : -> int str list[int] x y self return if else for in while = += == < and not [ ] { } , . " \' 1 2.5 None len sorted lambda class @dataclass raise ValueError try except yield await * ** # \\ f"{x}" 😀 \n \t'.split(
        ' ',
      )
    const piece = fc.oneof(
      fc.constantFrom(...words, '\n    ', '\n        ', ' '),
      fc.string({ maxLength: 4 }),
    )
    const random = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' '))
    fc.assert(
      fc.property(random, (text) => {
        refusesOnly(() => frontEnd.parseProgram(text))
        refusesOnly(() => frontEnd.parseExpression(text, new Map([['x', INT]])))
        refusesOnly(() => parseType(text))
      }),
      { numRuns: 400 },
    )
  })

  it('gives a program with a piece changed a tree that is well typed, or a UserError', () => {
    const sources = accepted.map(([, source]) => source)
    const tokens = sources.flatMap((source) => source.match(/\w+|[^\w\s]/g) ?? [])
    const edit = fc.record({
      source: fc.constantFrom(...sources),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      token: fc.constantFrom(...tokens),
    })
    fc.assert(
      fc.property(edit, ({ source, at, token }) => {
        const places = [...source.matchAll(/\w+|[^\w\s]/g)]
        const place = places[Math.floor(at * places.length)]!
        const changed = source.slice(0, place.index) + token + source.slice(place.index + place[0].length)
        refusesOnly(() => expect(illTyped(frontEnd.parseProgram(changed))).toEqual([]))
      }),
      { numRuns: 600 },
    )
  })

  it('refuses what is nested too deeply, as it refuses other things', () => {
    expect(() => frontEnd.parseProgram(`x = ${'('.repeat(5000)}`)).toThrow(UserError)
    expect(() => frontEnd.parseExpression(`${'-'.repeat(5000)}1`, new Map())).toThrow(UserError)
  })
})

function refusesOnly(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    expect(error.hint).not.toBe('')
  }
}

describe('parseExpression', () => {
  const { program } = reader
  it('sees variables, and functions and classes of a program', () => {
    const helpers = program('@dataclass\nclass P:\n    x: int\ndef twice(n: int) -> int:\n    return 2 * n\n')
    const variables = new Map([['n', INT]])
    const found = frontEnd.parseExpression('twice(P(n).x)', variables, { program: helpers })
    expect(printExpression(found)).toBe('(twice (new P n).x)')
    expect(() => frontEnd.parseExpression('thrice(n)', variables)).toThrow('there is no function `thrice`')
  })

  it('converts to the type that is wanted', () => {
    const variables = new Map([['s', STRING]])
    const found = frontEnd.parseExpression('list(s)', variables, { want: listOf(STRING) })
    expect(printExpression(found)).toBe('(to list[str] (list s))')
    expect(spellType(frontEnd.parseExpression('s[0]', variables).type)).toBe('char')
  })

  it('asks conditions of a family', () => {
    const variables = new Map([
      ['xs', listOf(INT)],
      ['k', INT],
    ])
    const found = frontEnd.parseExpression('0 < k <= len(xs) and xs != sorted(xs)', variables)
    expect(printExpression(found)).toBe('(and (between 0 < k <= (len xs)) (!= xs (sorted xs)))')
    expect(found.type).toEqual(BOOL)
  })

  it('refuses more than one expression', () => {
    expect(() => frontEnd.parseExpression('1; 2', new Map())).toThrow('this is not one expression')
    expect(() => frontEnd.parseExpression('', new Map())).toThrow('this is not one expression')
    expect(() => frontEnd.parseExpression('[]', new Map())).toThrow('nothing says the type of this')
  })
})

describe('parseType', () => {
  it.each([
    ['int', INT],
    ['list[list[float]]', listOf(listOf(FLOAT))],
    ['dict[str, list[int]]', mapOf(STRING, listOf(INT))],
    ['str | None', optionalOf(STRING)],
    ['None | str', optionalOf(STRING)],
    ['"Node | None"', optionalOf({ kind: 'record', name: 'Node' })],
    ['tuple[date, timedelta]', { kind: 'tuple', of: [{ kind: 'date' }, { kind: 'days' }] }],
  ])('reads %s', (text, type) => expect(parseType(text)).toEqual(type))

  it.each([
    ['List[int]', 'Write `list[…]`.'],
    ['Optional[int]', 'Write `T | None`.'],
    ['list', 'Say what is in it: `list[int]`.'],
    ['tuple[int, ...]', 'Use `list[T]` where the number varies.'],
    ['int | str', 'Write `T | None`.'],
    ['dict[list[int], int]', 'Use numbers, strings, dates or tuples of them.'],
    ['list[int', 'Close it.'],
    ['int int', 'Write one type.'],
    ['', 'Types are int, float'],
  ])('refuses %s with what to write instead', (text, hint) => {
    expect(hintOf(() => parseType(text))).toContain(hint)
  })

  it('knows no type of its own for a char', () => {
    expect(() => parseType('char')).toThrow('there is no type `char`')
    expect(CHAR.kind).toBe('char')
  })
})

function hintOf(work: () => void): string {
  try {
    work()
  } catch (error) {
    if (error instanceof UserError) return error.hint
    throw error
  }
  return ''
}
