import { describe, expect, test } from 'vitest'
import { problemsIn } from './problems.ts'

describe('the problems of benchmark records', () => {
  test('a function with its documentation, examples left out', () => {
    const prompt =
      'from math import pi\n\ndef circle_area(r):\n    """Give the area of a circle. It is round.\n\n    >>> circle_area(1)\n    a result of exactly five words\n    """\n'
    expect([...problemsIn({ task_id: 'T/1', prompt })]).toEqual([
      { names: ['circle_area'], sentences: ['give the area of a circle'] },
    ])
  })

  test('a task in words, without the words that assign it', () => {
    const record = {
      text: 'Write a python function to find the area of a circle.',
      code: 'def f_area(r):\r\n  return 3',
    }
    expect([...problemsIn(record)]).toEqual([{ names: ['f_area'], sentences: ['find the area of a circle'] }])
  })

  test('line comments, and a name in another case', () => {
    const record = {
      prompt: '// Give the area of\n// a circle\nfunc CircleArea(r float64) float64 {\n',
      entry_point: 'circle_area',
    }
    expect([...problemsIn(record)]).toEqual([
      { names: ['circle_area', 'CircleArea'], sentences: ['give the area of a circle'] },
    ])
  })

  test('methods inside a record, and nothing where nothing is named or said', () => {
    const record = { methods: [{ method_name: 'area', method_description: 'Give the area of a circle' }] }
    expect([...problemsIn(record)]).toHaveLength(1)
    expect([...problemsIn({ question: 'How many apples are there in all?' })]).toEqual([])
    expect([...problemsIn('text')]).toEqual([])
  })
})
