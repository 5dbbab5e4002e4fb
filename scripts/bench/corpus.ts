import { readCorpusCard, type Totals } from '../../src/corpus/index.ts'
import { readShardIndex } from '../../src/training/index.ts'
import { nano, needsNano } from './places.ts'
import type { Benchmark, Values } from './result.ts'

/** What the corpus is made of, in megabytes and in tokens. */
export const corpusFigures: Benchmark = {
  name: 'corpus',
  title: 'Corpus v1 by language and licence, and its tokens',
  cost: `${needsNano}; a second`,
  async measure(): Promise<Values> {
    const card = readCorpusCard(nano.corpus)
    const index = readShardIndex(nano.shards)
    const sum = (files: { tokens: number }[]) => files.reduce((total, file) => total + file.tokens, 0)
    return {
      documents: card.totals.documents,
      MB: card.totals.bytes / 1e6,
      'MB by language': megabytes(card.languages),
      'MB by licence': megabytes(card.licences),
      'packages, had': card.packages.length,
      'packages, skipped': card.skipped.length,
      'packages, drifted': card.drift.length,
      'files rejected': card.rejected.files,
      'benchmarks kept out': card.benchmarks.length,
      'training tokens': sum(index.train),
      'held-out tokens': sum(index.heldout),
      'bytes a token': index.heldout.reduce((total, { bytes }) => total + bytes, 0) / sum(index.heldout),
    }
  },
}

function megabytes(totals: Record<string, Totals>): Values {
  const entries = Object.entries(totals).sort(([, a], [, b]) => b.bytes - a.bytes)
  return Object.fromEntries(entries.map(([name, { bytes }]) => [name, Math.round(bytes / 1e4) / 100]))
}
