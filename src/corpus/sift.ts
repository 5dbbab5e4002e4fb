import { readJsonLines } from '../lib/index.ts'
import {
  type Document,
  type DocumentSummary,
  documentKey,
  type Rejection,
  type Step,
  summaryOf,
} from './document.ts'
import type { GatheredPackage } from './gather.ts'
import { openJsonLines } from './json-lines.ts'
import { type CorpusReport, createRejectionCounter } from './report.ts'

export interface Sifted {
  /** What every step kept, in the packages' order, without the texts, which are handed to `keep`. */
  documents: DocumentSummary[]
  rejected: { files: number; counts: CorpusReport['rejected'] }
}

export interface SiftOptions {
  packages: GatheredPackage[]
  steps: Step[]
  /** Takes each document that every step kept. */
  keep(document: Document): void
  rejectedPath: string
  onProgress(line: string): void
  signal?: AbortSignal
}

/**
 * Runs all packages' documents through the steps across packages, one pass over the texts for each step: a
 * pass judges by one step and lets the next one survey what is left. Every rejection, those of the packages'
 * own steps included, goes to the file `rejectedPath`.
 */
export async function siftDocuments({
  packages,
  steps,
  keep,
  rejectedPath,
  onProgress,
  signal,
}: SiftOptions): Promise<Sifted> {
  using log = openJsonLines(rejectedPath)
  const counter = createRejectionCounter()
  let files = 0
  const reject = (rejection: Rejection) => {
    counter.add(rejection)
    log.write(rejection)
    files++
  }
  for (const { rejectedPath: path } of packages)
    for await (const rejection of readJsonLines<Rejection>(path)) reject(rejection)

  const dropped = new Set<string>()
  const documents: DocumentSummary[] = []
  for (let index = steps[0]?.survey ? -1 : 0; index < steps.length; index++) {
    const step = steps[index]
    const following = steps[index + 1]
    if (step) onProgress(`step: ${step.name}`)
    for (const { keptPath } of packages) {
      signal?.throwIfAborted()
      for await (const document of readJsonLines<Document>(keptPath)) {
        const key = documentKey(document)
        if (dropped.has(key)) continue
        const verdict = step?.judge(document) ?? { keep: document }
        if ('keep' in verdict) {
          if (following) following.survey?.(verdict.keep)
          else {
            keep(verdict.keep)
            documents.push(summaryOf(verdict.keep))
          }
          continue
        }
        dropped.add(key)
        reject(rejectionOf(document, step?.name ?? '', verdict.drop))
      }
    }
  }
  log.close()
  return { documents, rejected: { files, counts: counter.result() } }
}

function rejectionOf(document: Document, step: string, reason: string): Rejection {
  const { source, package: name, path, text } = document
  return { source: source.kind, package: name, path, step, reason, bytes: Buffer.byteLength(text) }
}
