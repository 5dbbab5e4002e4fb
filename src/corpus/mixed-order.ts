/**
 * Brings documents into an order that mixes packages and languages and is always the same, so that any stretch of
 * the corpus is a fair sample of it: sorted by a hash, by way of files on disk, each with the texts of one stretch
 * of hashes, so that a corpus far larger than memory can be sorted.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../lib/index.ts'
import { type Document, documentKey } from './document.ts'
import { type JsonLinesWriter, openJsonLines } from './json-lines.ts'

/** Of a corpus of 1.5 GB each has about 25 MB. */
const STRETCHES = 64

interface Ordered {
  order: string
  document: Document
}

export interface MixedOrder extends Disposable {
  add(document: Document): void
  /** Every document that was added, in the mixed order. To be read once, when all are there. */
  documents(): Generator<Document>
}

/** `folder` is made, and removed when the scope is left. */
export function createMixedOrder(folder: string): MixedOrder {
  mkdirSync(folder, { recursive: true })
  const writers = new Map<number, JsonLinesWriter>()
  const pathOf = (stretch: number) => join(folder, `${stretch}.jsonl`)
  return {
    add(document) {
      const order = sha256(`${document.sha256} ${documentKey(document)}`)
      const stretch = Math.floor((Number.parseInt(order.slice(0, 4), 16) / 0x10000) * STRETCHES)
      let writer = writers.get(stretch)
      if (!writer) {
        writer = openJsonLines(pathOf(stretch))
        writers.set(stretch, writer)
      }
      writer.write({ order, document } satisfies Ordered)
    },
    *documents() {
      for (const writer of writers.values()) writer.close()
      for (const stretch of [...writers.keys()].sort((a, b) => a - b)) {
        const lines = readFileSync(pathOf(stretch), 'utf8').split('\n').filter(Boolean)
        const ordered = lines.map((line) => JSON.parse(line) as Ordered)
        for (const { document } of ordered.sort((a, b) => (a.order < b.order ? -1 : 1))) yield document
        rmSync(pathOf(stretch))
      }
    },
    [Symbol.dispose]() {
      for (const writer of writers.values()) writer[Symbol.dispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
