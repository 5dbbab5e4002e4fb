import { join } from 'node:path'
import { askAt, heldoutCursors } from '../../src/cli/calibrate.ts'
import { openSource } from '../../src/cli/open-source.ts'
import { measureGate } from '../../src/completion/index.ts'
import { projectRoot } from '../../src/lib/index.ts'
import { readManifest } from '../../src/models/index.ts'
import { nano, needsNano } from './places.ts'
import type { Benchmark, Values } from './result.ts'

const models = join(projectRoot, 'models')
const folder = join(models, 'understudy-nano')

/** What the shipped threshold shows, and how much of it is right, in held-out files that it was not chosen on. */
export const gateFigures: Benchmark = {
  name: 'gate',
  title: 'What the gate shows, and how much of that is right',
  cost: `${needsNano}; a minute`,
  async measure(): Promise<Values> {
    const { gate } = await readManifest(folder)
    const { check } = await heldoutCursors({ corpus: nano.corpus, shards: nano.shards, cursors: 2400 })
    const source = await openSource({ model: join(folder, 'model.gguf'), models })
    try {
      const pairs = await askAt(check, source)
      const right = pairs.filter((pair) => pair.right).length
      const table = [gate.meanLogprob, -0.2, -0.4, -0.6].map((threshold) => {
        const { shownShare, precision } = measureGate(pairs, threshold, check.length)
        return [
          threshold.toFixed(3),
          { 'share shown': shownShare, 'right, of those shown': precision },
        ] as const
      })
      return {
        cursors: check.length,
        'right with the gate open, of all cursors': right / check.length,
        'shipped threshold': gate.meanLogprob,
        'by threshold': Object.fromEntries(table),
      }
    } finally {
      await source.dispose()
    }
  },
}
