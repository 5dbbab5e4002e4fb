import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import cases from './cases.json' with { type: 'json' }
import { redact, redactionKinds } from './redact.ts'

describe('redaction', () => {
  test.each(
    cases.redacted.map(([kind, pieces, expected]) => [kind, (pieces as string[]).join(''), expected]),
  )('%s', (kind, text, expected) => {
    expect(redact(text as string)).toEqual({ text: expected, counts: { [kind as string]: 1 } })
  })

  test.each(cases.kept)('stays: %s', (text) => {
    expect(redact(text)).toEqual({ text, counts: {} })
  })

  test('every kind has a case', () => {
    expect([...new Set(cases.redacted.map(([kind]) => kind))].sort()).toEqual([...redactionKinds].sort())
  })

  test('several in one text, each counted', () => {
    const text =
      '# Copyright 2001 Ann Lee <ann@lee.io>\n * (c) Bob <b@lee.io>\n# Authors: Ann\nping("85.214.132.117")\nbob@lee.io\n'
    expect(redact(text)).toEqual({
      text: '# Copyright 2001 the authors\n * (c) the authors <name@example.com>\n# Authors: the authors\nping("192.0.2.1")\nname@example.com\n',
      counts: {
        'e-mail address': 3,
        'IP address': 1,
        'name in a copyright notice': 2,
        "author's name": 1,
      },
    })
  })

  test('what is redacted stays as it is when it is redacted again', () => {
    const piece = fc.constantFrom(
      ...cases.redacted.map(([, pieces]) => (pieces as string[]).join('')),
      ...cases.kept,
      '\n',
      ' ',
      'x = 1\n',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const once = redact(pieces.join('\n')).text
        expect(redact(once)).toEqual({ text: once, counts: {} })
      }),
    )
  })

  test.each([
    ['a long line of letters', 'a'.repeat(200_000)],
    ['a long line of dots and marks', 'a.b-'.repeat(50_000)],
    ['many colons', '2a:'.repeat(60_000)],
    ['an endless address', `x@${'a.'.repeat(80_000)}`],
    ['a key that never ends', '-----BEGIN PRIVATE KEY-----\n'.repeat(2000)],
    ['spaces after a copyright', `copyright 2001 ${' '.repeat(100_000)}x`],
  ])('%s takes no time', (_what, text) => {
    const start = performance.now()
    redact(text)
    expect(performance.now() - start).toBeLessThan(3000)
  })
})
