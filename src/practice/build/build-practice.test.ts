import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../../../test/requirements.ts'
import { createGramTable, eachGram, readCorpus } from '../../corpus/index.ts'
import { openSandbox, type Sandbox } from '../../sandbox/index.ts'
import { buildPractice } from './build-practice.ts'

describe.skipIf(missing('bubblewrap'))('practice as a corpus', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-'))
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox()
  })
  afterAll(async () => {
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const options = (name: string) => ({
    out: join(folder, name),
    seed: 7,
    exercises: 12,
    languages: { python: 3, javascript: 1 },
    sandbox,
  })

  async function textsOf(name: string): Promise<string[]> {
    const texts = []
    for await (const { text, promptLength = 0 } of readCorpus(join(folder, name))) {
      expect(promptLength).toBeLessThan(text.length)
      texts.push(text)
    }
    return texts
  }

  test('the same seed gives the same bytes, and what does not agree is not in it', async () => {
    const first = await buildPractice(options('first'))
    const again = await buildPractice(options('again'))
    expect(again.card.checksum).toBe(first.card.checksum)
    expect(first.card.totals.documents).toBe((await textsOf('first')).length)
    for (const { rendered, agreed, refused } of Object.values(first.counts.languages)) {
      expect(refused).toBe(0)
      expect(agreed / rendered).toBeGreaterThan(0.9)
    }
  })

  test('what a benchmark has is left out', async () => {
    const [leaked = ''] = (await textsOf('first')).filter((text) => text.split(/\s+/).length > 20)
    const grams = createGramTable()
    eachGram(leaked, (gram) => grams.add(gram))
    const folders = [{ name: 'leaked', files: 1, sha256: '0'.repeat(64) }]
    const built = await buildPractice({ ...options('clean'), benchmarks: { grams, folders } as never })
    expect(built.contaminated).toBeGreaterThan(0)
    expect(await textsOf('clean')).not.toContain(leaked)
  })

  test('a folder that is there is not touched', async () => {
    await expect(buildPractice({ ...options('first'), exercises: 1 })).rejects.toThrow(/already there/)
  })
})
