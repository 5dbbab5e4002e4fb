import { expect, test } from 'vitest'
import {
  binary,
  bracketed,
  bracketedIfBroken,
  type Doc,
  group,
  hardline,
  indent,
  type Operand,
  print,
} from './print.ts'

const narrow = (doc: Doc) => print(doc, { width: 20, tab: '  ', tabWidth: 2 })
const name = (doc: string): Operand => ({ doc, level: 20 })

test('a list stays on its line where it fits', () => {
  expect(narrow(bracketed('[', ['one', 'two', 'three'], ']', ','))).toBe('[one, two, three]')
})

test('the outermost brackets break first', () => {
  const inner = bracketed('f(', ['one', 'two'], ')', ',')
  expect(narrow(bracketed('f(', [inner, 'three', 'four'], ')', ','))).toBe(
    'f(\n  f(one, two),\n  three,\n  four,\n)',
  )
})

test('what follows a group counts', () => {
  expect(narrow([bracketed('f(', ['one', 'two'], ')'), ' === something'])).toBe(
    'f(\n  one,\n  two\n) === something',
  )
})

test('brackets are where the operators need them', () => {
  const sum = binary(name('a'), '+', name('b'), 10)
  expect(narrow(group(binary(sum, '*', name('c'), 11).doc))).toBe('(a + b) * c')
  expect(narrow(group(binary(name('c'), '-', sum, 10).doc))).toBe('c - (a + b)')
  expect(narrow(group(binary(sum, '-', name('c'), 10).doc))).toBe('a + b - c')
})

test('a chain of operators breaks after each', () => {
  const sum = binary(binary(name('first_one'), '+', name('second_one'), 10), '+', name('third'), 10)
  expect(narrow(['x = ', bracketedIfBroken(sum.doc)])).toBe(
    'x = (\n  first_one +\n  second_one +\n  third\n)',
  )
})

test('two hard breaks are an empty line, without blanks', () => {
  expect(narrow(['a', indent(hardline, hardline, 'b')])).toBe('a\n\n  b')
})
