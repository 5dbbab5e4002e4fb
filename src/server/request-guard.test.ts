import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasToken, hostnameOf, isOwnOrigin } from './request-guard.ts'

describe('request guard', () => {
  it.each([
    ['127.0.0.1:8420', '127.0.0.1'],
    ['LOCALHOST', 'localhost'],
    ['[::1]:80', '[::1]'],
    ['evil.example:8420', 'evil.example'],
    ['localhost:8420:1', undefined],
    ['localhost@evil.example', undefined],
    ['localhost/evil', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads the host of %j', (header, hostname) => expect(hostnameOf(header)).toBe(hostname))

  it('takes only the page of the same host and port for its own', () => {
    expect(isOwnOrigin('http://127.0.0.1:8420', '127.0.0.1:8420')).toBe(true)
    for (const origin of [
      'http://127.0.0.1:3000',
      'http://localhost:8420',
      'null',
      '',
      'http://127.0.0.1:8420.evil.example',
      'file://',
    ])
      expect(isOwnOrigin(origin, '127.0.0.1:8420')).toBe(false)
  })

  it('accepts the token and nothing else', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\S+$/), fc.stringMatching(/^\S+$/), (token, other) => {
        expect(hasToken(`Bearer ${token}`, token)).toBe(true)
        expect(hasToken(`Bearer ${other}`, token)).toBe(other === token)
        expect(hasToken(token, token)).toBe(false)
      }),
    )
    expect(hasToken(undefined, 'secret')).toBe(false)
    expect(hasToken('Bearer ', 'secret')).toBe(false)
  })
})
