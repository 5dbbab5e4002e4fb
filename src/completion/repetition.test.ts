import { describe, expect, it } from 'vitest'
import { repeats } from './repetition.ts'

describe('repeats', () => {
  it.each([
    'a, a, a, a, a, a, a, a',
    'x.append(1) x.append(1) x.append(1) x.append(1)',
    'self.a.a.a.a.a.a.a.a',
    'return a\n    return b\n    return a\n    return b\n    return a',
  ])('hears it in %j', (text) => expect(repeats(text)).toBe(true))

  it.each([
    'return a + b',
    'for (let i = 0; i < n; i++) {',
    '  }\n }\n}\n',
    '[[1, 0, 0], [0, 1, 0], [0, 0, 1]]',
    'a, b, c, d, e, f, g, h',
    '',
  ])('does not hear it in %j', (text) => expect(repeats(text)).toBe(false))
})
