import { relative, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { staticPath } from './static-path.ts'

const folder = '/srv/page'
const nasty = fc.array(
  fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '\0', '~', 'a', 'index.html', 'C:', ':', ' ', '…'),
  { maxLength: 12 },
)

describe('staticPath', () => {
  it('finds plain names', () => {
    expect(staticPath(folder, 'index.html')).toBe('/srv/page/index.html')
    expect(staticPath(folder, 'assets/index-B_x1.js')).toBe('/srv/page/assets/index-B_x1.js')
  })

  it.each([
    '',
    '/',
    '..',
    '../page.html',
    'a/../../b',
    '/etc/passwd',
    '.git/config',
    'a//b',
    'a\\..\\b',
    '%2e%2e/a',
    'a\0.html',
    'a/',
  ])('refuses %j', (name) => expect(staticPath(folder, name)).toBeUndefined())

  it('never leaves its folder and never names a hidden file', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nasty.map((parts) => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (name) => {
          const path = staticPath(folder, name)
          if (path === undefined) return
          const parts = relative(folder, path).split(sep)
          expect(parts.every((part) => part !== '' && !part.startsWith('.'))).toBe(true)
          expect(relative(folder, path)).toBe(name)
        },
      ),
      { numRuns: 500 },
    )
  })
})
