import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missing } from '../../test/requirements.ts'
import { buildCorpus, readCorpus, readCorpusCard } from '../corpus/index.ts'
import { type ProcessResult, projectRoot, runProcess, sha256 } from '../lib/index.ts'
import { readManifest, readVocabulary, tokenizerFileOf } from '../models/index.ts'
import { createTokenizer, saveTokenizerFile, trainTokenizer } from '../tokenizer/index.ts'
import { readRecipe, train, writeShards } from '../training/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-cli-models-'))
const models = join(folder, 'models')
const [corpus, shards, run] = ['corpus', 'shards', 'run'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
]
const tokenizerPath = join(folder, 'tokenizer.json')

/** `understudy …` as a person runs it. */
function understudy(...args: string[]): Promise<ProcessResult> {
  return runProcess(process.execPath, [join(projectRoot, 'src/cli/main.ts'), ...args])
}

function exportTo(name: string, ...more: string[]): Promise<ProcessResult> {
  return understudy(
    'export',
    '--run',
    run,
    '--tokenizer',
    tokenizerPath,
    '--out',
    join(models, name),
    ...more,
  )
}

beforeAll(async () => {
  if (missing('torch')) return
  await buildCorpus({
    manifest: {
      name: 'small',
      limits: { packageBytes: 1e6, fileBytes: 1e6, testShare: 1 },
      targets: [{ languages: ['javascript', 'typescript'], bytes: 1e6 }],
      packages: [{ source: 'folder', path: join(projectRoot, 'node_modules/commander'), license: 'MIT' }],
    },
    out: corpus,
  })
  const texts = async function* () {
    for await (const document of readCorpus(corpus)) yield document.text
  }
  const file = await trainTokenizer(texts(), { vocabularySize: 512 })
  await saveTokenizerFile(tokenizerPath, file)
  const recipe = readRecipe(join(projectRoot, 'recipes/understudy-nano.json'))
  Object.assign(recipe.model, { layers: 2, width: 64, heads: 2, kvHeads: 1, headSize: 32, feedForward: 96 })
  Object.assign(recipe.model, { vocabularySize: 512, contextLength: 64 })
  Object.assign(recipe.data, { heldoutShare: 0.3 })
  Object.assign(recipe.batch, { rows: 4, microRows: 4 })
  Object.assign(recipe.schedule, { steps: 4, warmupSteps: 1, decaySteps: 1, checkpointEverySteps: 2 })
  await writeShards({
    documents: () => readCorpus(corpus),
    corpus: readCorpusCard(corpus).checksum,
    tokenizer: createTokenizer(file),
    recipe,
    out: shards,
  })
  writeFileSync(join(folder, 'recipe.json'), JSON.stringify(recipe))
  await train({ recipe: join(folder, 'recipe.json'), data: shards, run })
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(missing('torch'))('a run becomes a model', () => {
  test('with a manifest and a card that tell where it came from', async () => {
    const exported = await exportTo('tiny', '--corpus', corpus)
    expect(exported).toMatchObject({ code: 0, stderr: '' })
    expect(exported.stdout).toMatch(/tiny: 0\.1 M weights as Q8_0, 0\.1 MB, \d+\.\d{3} bits per byte\n$/)
    const manifest = await readManifest(join(models, 'tiny'))
    expect(manifest.training).toMatchObject({
      corpus: readCorpusCard(corpus).checksum,
      tokenizer: sha256(readFileSync(tokenizerPath)),
      recipe: { model: { contextLength: 64 } },
    })
    expect(manifest.training.tokens).toBeGreaterThan(0)
    expect(Object.keys(manifest.bitsPerByte)).toContain('all')
    const card = readFileSync(join(models, 'tiny', 'card.md'), 'utf8')
    expect(card).toContain('The corpus **small**')
    expect(card).toMatch(/\| MIT \| \d+ \|/)
    expect(tokenizerFileOf(await readVocabulary(join(models, 'tiny', 'model.gguf')))).toEqual(
      JSON.parse(readFileSync(tokenizerPath, 'utf8')),
    )
  }, 60_000)

  test('which can be listed, verified and shown, within 80 columns', async () => {
    const listed = await understudy('models', 'list', '--models', models)
    expect(listed.stdout).toMatch(/^tiny +94\.7 k {2}Q8_0 +64 {2}yes +0\.1 MB$/m)
    const verified = await understudy('models', 'verify', '--models', models, '--json')
    expect(JSON.parse(verified.stdout)).toMatchObject([{ name: 'tiny', verdict: 'good' }])
    const shown = await understudy('models', 'show', 'tiny', '--models', models)
    expect(shown.stdout).toMatch(/^licence +Apache-2\.0$/m)
    expect(Math.max(...listed.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  }, 60_000)

  test('and a second time only when told to', async () => {
    const second = await exportTo('tiny')
    expect(second).toMatchObject({ code: 1, stdout: '' })
    expect(second.stderr).toMatch(
      /There is something at .* already\.\n {2}Choose another folder, or add --replace\./,
    )
    expect((await exportTo('tiny', '--replace', '--quantize', 'Q4_0')).code).toBe(0)
    expect((await readManifest(join(models, 'tiny'))).quantization).toBe('Q4_0')
  }, 60_000)

  test('but not with the tokenizer of another', async () => {
    const other = join(folder, 'other.json')
    await saveTokenizerFile(
      other,
      await trainTokenizer(['some other text, hardly any'], { vocabularySize: 295 }),
    )
    const refused = await understudy(
      'export',
      '--run',
      run,
      '--tokenizer',
      other,
      '--out',
      join(models, 'other'),
    )
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('was trained with another tokenizer')
  }, 60_000)
})

describe('a model that is broken or not there', () => {
  test('is listed with the reason, and fails verification', async () => {
    const broken = join(folder, 'broken')
    const path = join(folder, 'page.gguf')
    writeFileSync(path, '<!doctype html>')
    expect((await understudy('models', 'list', '--models', folder)).stdout).toMatch(
      /^page +cannot be used: .*“GGUF”/m,
    )
    expect(await understudy('models', 'verify', path, '--models', broken)).toMatchObject({
      code: 1,
      stderr: '',
    })
    const shown = await understudy('models', 'show', 'nobody', '--models', folder)
    expect(shown).toMatchObject({ code: 1, stdout: '' })
    expect(shown.stderr).toBe(
      `understudy: There is no model named nobody in ${folder}.\n  See what there is: understudy models list\n`,
    )
  }, 60_000)
})
