import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomFor } from '../../lib/index.ts'
import { countAlternatives, type Fillings, fill, TemplateError, writeText } from './wording.ts'

const speller = { spell: (name: string) => name.toUpperCase(), literal: (value: unknown) => `<${value}>` }
const fillings: Fillings = {
  values: { identifier: 'readings', role: 'variable', words: 'readings' },
  xs: { identifier: 'xs', role: 'variable', words: undefined },
  item: { identifier: 'entry', role: 'variable', words: 'entry' },
  test: { template: 'greater than {`values`}' },
  loop: { template: '{loop}' },
}

function say(template: string, seed = 0): string {
  return writeText(fill(template, fillings, randomFor('test', seed)), speller)
}

describe('fill', () => {
  test('{name} is words, {`name`} the identifier as the language spells it', () => {
    expect(say('Count the {values} of {`values`}.')).toBe('Count the readings of `READINGS`.')
  })

  test('a name that is no word is shown as code', () => {
    expect(say('every one of {xs}')).toBe('every one of `XS`')
  })

  test('an axis may have holes of its own, and one that holds itself is refused', () => {
    expect(say('what is {test}')).toBe('what is greater than `READINGS`')
    expect(() => say('{loop}')).toThrow(TemplateError)
  })

  test('[a|b] takes one of all, which may be empty or hold others', () => {
    const seen = new Set(Array.from({ length: 60 }, (_, seed) => say('x [a|[b|c]|]', seed)))
    expect(seen).toEqual(new Set(['x a', 'x b', 'x c', 'x']))
    expect(countAlternatives('x [a|[b|c]|]')).toBe(4)
  })

  test('brackets without |, and all in code, stand for themselves', () => {
    expect(say('[1, 2] and `[a|b]` and `{values}[0]`')).toBe('[1, 2] and `[a|b]` and `READINGS[0]`')
  })

  test('a becomes an before a vowel', () => {
    expect(say('a {item} and a {values}')).toBe('an entry and a readings')
  })

  test('an unknown hole is refused by name', () => {
    expect(() => say('{nobody}')).toThrow('{nobody} is no name, axis or field')
  })

  test('any text without holes and brackets comes out as it is, but for blanks', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]+( [a-z]+)*$/), (text) => {
        expect(say(text)).toBe(text)
      }),
    )
  })

  test('whatever is written, it is filled or refused, and never anything else', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z[\]|{}` ]*$/), (template) => {
        try {
          say(template)
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError)
        }
      }),
    )
  })
})
