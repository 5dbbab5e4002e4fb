import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sha256 } from '../lib/index.ts'
import type { Document } from './document.ts'
import { createMixedOrder } from './mixed-order.ts'
import { temporaryTestFolder } from './testing/fixtures.ts'

const root = temporaryTestFolder()

function document(name: string, i: number): Document {
  const text = `${name} ${i}\u2028`
  const source = { kind: 'folder', checksum: '0' } as const
  const fields = { language: 'python', version: '1', license: 'MIT', sha256: sha256(text), source }
  return { text, path: `${i}.py`, package: name, ...fields }
}

function mixed(documents: Document[], folder: string): Document[] {
  using order = createMixedOrder(folder)
  for (const one of documents) order.add(one)
  return [...order.documents()]
}

test('every document comes out once, mixed, in an order that does not depend on how they came in', () => {
  const documents = ['a', 'b'].flatMap((name) => Array.from({ length: 300 }, (_, i) => document(name, i)))
  const once = mixed(documents, join(root, 'once'))
  expect(mixed(documents.toReversed(), join(root, 'again'))).toEqual(once)
  expect(once.map(({ text }) => text).sort()).toEqual(documents.map(({ text }) => text).sort())
  const firstHalf = once.slice(0, 300).filter((one) => one.package === 'a').length
  expect(Math.abs(firstHalf - 150)).toBeLessThan(45)
  expect(existsSync(join(root, 'once'))).toBe(false)
})
