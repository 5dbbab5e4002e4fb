import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missing } from '../../test/requirements.ts'
import { packTraining, resumeBundle, unpackResults } from './bundle.ts'
import { checkRecipe } from './recipe.ts'
import { readRunData, readRunEvents } from './run-folder.ts'
import { shardsChecksum } from './shard-index.ts'
import { testDocuments, testRecipe, testTokenizer } from './test-corpus.ts'
import { train } from './train.ts'
import type { TrainerEvent } from './trainer-event.ts'
import { exportWeights } from './trainer-process.ts'
import { writeShards } from './write-shards.ts'

/** Steps long enough for a stop to fall between them. */
const recipe = checkRecipe({ ...testRecipe(), batch: { rows: 16, microRows: 2 } })
const limits = { threads: 1, device: 'cpu' } as const

// Each test starts PyTorch, some of them several times: seconds each, and more on a busy machine.
describe.skipIf(missing('torch'))('training', { timeout: 180_000 }, () => {
  let folder: string
  let data: string
  let recipePath: string
  const at = (name: string) => join(folder, name)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'training-'))
    data = at('shards')
    recipePath = at('tiny.json')
    writeFileSync(recipePath, JSON.stringify(recipe))
    await writeShards({ documents: testDocuments, tokenizer: await testTokenizer(), recipe, out: data })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Asks for a stop as soon as the checkpoint of a step is written. */
  function stopAt(step: number) {
    const controller = new AbortController()
    const onEvent = (event: TrainerEvent) => {
      if (event.event === 'checkpoint' && event.step >= step) controller.abort()
    }
    return { signal: controller.signal, onEvent }
  }

  async function weightsOf(run: string): Promise<string> {
    const path = `${run}.safetensors`
    await exportWeights(run, path)
    const file = readFileSync(path)
    // The header holds the seconds that the run took; the weights follow it.
    return createHash('sha256')
      .update(file.subarray(8 + Number(file.readBigUInt64LE())))
      .digest('hex')
  }

  it('goes to the end, tells about it, and logs the stretch', async () => {
    const events: TrainerEvent[] = []
    const run = at('straight')
    const stretch = await train({
      recipe: recipePath,
      data,
      run,
      ...limits,
      onEvent: (event) => events.push(event),
    })
    expect(stretch).toMatchObject({
      fromStep: 0,
      toStep: 12,
      steps: 12,
      reason: 'done',
      threads: 1,
      device: 'cpu',
    })
    expect(stretch.data).toEqual(readRunData(run))
    expect(stretch.data.shards).toBe(shardsChecksum(data))
    expect(events[0]).toMatchObject({ event: 'start', step: 0 })
    expect(readRunEvents(run)).toEqual(events)
    // Untrained, each of 512 tokens is as likely: 9 bits a token. Twelve steps learn more than the frequencies of bytes.
    expect(stretch.bitsPerByte?.all).toBeLessThan(5)
    expect(JSON.parse(readFileSync(join(run, 'experiments.jsonl'), 'utf8'))).toEqual(stretch)
  })

  it('continues elsewhere and back again to the very same weights', async () => {
    const run = at('carried')
    const first = await train({ recipe: recipePath, data, run, ...limits, ...stopAt(4) })
    expect(first.reason).toBe('signal')
    expect(first.toStep).toBeLessThan(8)

    const packed = await packTraining({ run, data, out: at('bundle'), partBytes: 100_000 })
    expect(packed.parts.length).toBeGreaterThan(1)
    expect(packed.about).toMatchObject({ recipe: 'tiny', baseStep: first.toStep })

    const stop = stopAt(8)
    const results = await resumeBundle({
      bundle: at('bundle'),
      seconds: 300,
      ...limits,
      ...stop,
      partBytes: 50_000,
    })
    expect(results.parts.every((part) => part.bytes <= 50_000)).toBe(true)
    expect(results.about.step).toBeGreaterThanOrEqual(8)

    const [lost, damaged] = [0, 1].map((part) => join(results.folder, results.parts[part]!.file)) as [
      string,
      string,
    ]
    const [lostBytes, damagedBytes] = [readFileSync(lost), readFileSync(damaged)]
    const before = readdirSync(run).sort()
    rmSync(lost)
    truncateSync(damaged, 1000)
    await expect(unpackResults(results.folder, run)).rejects.toThrow(
      'results-000.part is missing and results-001.part is damaged; copy them again.',
    )
    expect(readdirSync(run).sort()).toEqual(before)
    writeFileSync(lost, lostBytes)
    await expect(unpackResults(results.folder, run)).rejects.toThrow(
      'results-001.part is damaged; copy it again.',
    )
    writeFileSync(damaged, damagedBytes)

    const stretch = await unpackResults(results.folder, run)
    expect(stretch).toMatchObject({ fromStep: first.toStep, toStep: results.about.step, data: first.data })
    expect(existsSync(join(run, 'incoming.tmp'))).toBe(false)

    const last = await train({ recipe: recipePath, data, run, ...limits })
    expect(last).toMatchObject({ fromStep: results.about.step, toStep: 12, reason: 'done' })
    const [carried, straight] = await Promise.all([weightsOf(run), weightsOf(at('straight'))])
    expect(carried).toBe(straight)
    expect(readFileSync(join(run, 'experiments.jsonl'), 'utf8').trim().split('\n')).toHaveLength(3)
  })

  it('refuses results that belong to an earlier state of the run, or to other data', async () => {
    await expect(unpackResults(at('bundle/results'), at('straight'))).rejects.toThrow(
      /has gone on to step 12 since the bundle was packed/,
    )
    const run = at('carried')
    const other = { ...readRunData(run), shards: '0'.repeat(64) }
    writeFileSync(join(run, 'data.json'), JSON.stringify(other))
    await expect(unpackResults(at('bundle/results'), run)).rejects.toThrow(
      /began with other data than the results/,
    )
    await expect(packTraining({ run, data, out: at('bundle-2') })).rejects.toThrow(
      /began with other data than the shards/,
    )
    await expect(train({ recipe: recipePath, data, run, ...limits })).rejects.toThrow(
      `The run in ${run} began with other data.`,
    )
  })

  it('hands on the sentence with which the trainer refuses', async () => {
    const other = at('other.json')
    writeFileSync(other, JSON.stringify({ ...recipe, seed: recipe.seed + 1 }))
    await expect(train({ recipe: other, data, run: at('straight'), ...limits })).rejects.toThrow(
      /^This run began with another seed; put the recipe back, or train into a new folder\.$/,
    )
  })
})
