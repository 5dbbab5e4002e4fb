import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot, UserError } from '../lib/index.ts'
import { formatManifest, loadManifest, parseManifest } from './manifest.ts'

const good = {
  name: 'x',
  limits: { packageBytes: 1000, fileBytes: 100, testShare: 0.1 },
  targets: [{ languages: ['python'], bytes: 100 }],
  packages: [{ source: 'npm', name: 'zod' }],
}

test.each(['v1.json', 'tour.json'])('corpora/%s is pinned, and as `corpus pin` writes it', (name) => {
  const path = join(projectRoot, 'corpora', name)
  const manifest = loadManifest(path)
  expect(manifest.packages.every((entry) => 'sha256' in entry && 'version' in entry)).toBe(true)
  expect(formatManifest(manifest)).toBe(readFileSync(path, 'utf8'))
})

test('v1 has the mix that was measured', () => {
  const { targets, limits } = loadManifest(join(projectRoot, 'corpora', 'v1.json'))
  expect(targets.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(60_000_000)
  expect(limits).toEqual({ packageBytes: 2_000_000, fileBytes: 40_000, testShare: 0.15 })
})

test.each([
  ['not JSON', '{'],
  ['a list', '[]'],
  ['no packages', JSON.stringify({ ...good, packages: [] })],
  ['an unknown language', JSON.stringify({ ...good, targets: [{ languages: ['klingon'], bytes: 1 }] })],
  ['a negative target', JSON.stringify({ ...good, targets: [{ languages: ['python'], bytes: -1 }] })],
  ['an unknown field', JSON.stringify({ ...good, extra: 1 })],
  ['an unknown source', JSON.stringify({ ...good, packages: [{ source: 'pypi', name: 'x' }] })],
  [
    'a name that is an option',
    JSON.stringify({ ...good, packages: [{ source: 'debian', name: '--config' }] }),
  ],
  ['a name that is a path', JSON.stringify({ ...good, packages: [{ source: 'npm', name: '../x' }] })],
  [
    'a name that is a URL',
    JSON.stringify({ ...good, packages: [{ source: 'npm', name: 'http://x/y.tgz' }] }),
  ],
  ['a short checksum', JSON.stringify({ ...good, packages: [{ source: 'npm', name: 'x', sha256: 'abc' }] })],
  ['the same package twice', JSON.stringify({ ...good, packages: [...good.packages, ...good.packages] })],
])('a manifest with %s is refused in one sentence', (_what, text) => {
  expect(() => parseManifest(text, 'm.json')).toThrow(UserError)
  expect(() => parseManifest(text, 'm.json')).toThrow(/m\.json[^\n]*\.$/)
})

test('a manifest that is not there', () => {
  expect(() => loadManifest('/nowhere/m.json')).toThrow('There is no manifest at /nowhere/m.json.')
})
