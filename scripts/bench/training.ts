import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../src/lib/index.ts'
import { readRunEvents, train } from '../../src/training/index.ts'
import { nano, needsNano } from './places.ts'
import { type Benchmark, percentile, type Values } from './result.ts'

/**
 * Tokens a second that two cores of a Zen 5 made, in bfloat16 with context 512, with the nearest shape measured there:
 * 3.0M weights besides the embedding, a vocabulary of 8k. Ours has 2.4M.
 */
const reference = 10_500
const seconds = 90

/** How fast a full training step is here, on an idle machine, and how the run that made the model went. */
export const trainingFigures: Benchmark = {
  name: 'training',
  title: 'Training speed of understudy-nano',
  cost: `${needsNano}, and PyTorch; two minutes`,
  async measure(): Promise<Values> {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-training-'))
    const speeds: number[] = []
    try {
      await train({
        recipe: join(projectRoot, 'recipes/understudy-nano.json'),
        data: nano.shards,
        run: join(folder, 'run'),
        seconds,
        onEvent(event) {
          if (event.event === 'step') speeds.push(event.tokensPerSecond)
        },
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    const quiet = percentile(speeds.slice(1), 0.5)
    return {
      'tokens/s, this machine': quiet,
      'tokens/s, reference: 3.0M on 2 cores of a Zen 5': reference,
      ratio: quiet / reference,
      'the run that made the model': theRun(),
    }
  },
}

function theRun(): Values {
  const events = readRunEvents(nano.run)
  const steps = events.filter((event) => event.event === 'step')
  const stopped = events.filter((event) => event.event === 'stopped').at(-1)
  return {
    steps: stopped?.step ?? Number.NaN,
    tokens: stopped?.tokens ?? Number.NaN,
    hours: (stopped?.seconds ?? Number.NaN) / 3600,
    'median tokens/s': percentile(
      steps.map((event) => event.tokensPerSecond),
      0.5,
    ),
    'last training loss, nats a token': steps.at(-1)?.loss ?? Number.NaN,
  }
}
