import { describe, expect, test } from 'vitest'
import { type CardCorpus, renderCard } from './card.ts'
import type { ModelManifest } from './manifest.ts'

const manifest: ModelManifest = {
  format: 'understudy-model-1',
  name: 'understudy-nano',
  license: 'Apache-2.0',
  parameters: 6_500_000,
  contextLength: 512,
  vocabularySize: 8192,
  quantization: 'Q8_0',
  files: { 'model.gguf': { bytes: 7_000_000, sha256: 'f'.repeat(64) } },
  training: {
    recipe: {},
    corpus: 'c'.repeat(64),
    tokenizer: 'd'.repeat(64),
    tokens: 70_000_000,
    seconds: 9000,
  },
  bitsPerByte: { python: 1.42, rust: 1.2, all: 1.351 },
  gate: { meanLogprob: -0.51, shownShare: 0.25, precision: 0.6 },
}

const corpus: CardCorpus = {
  name: 'v1',
  totals: { documents: 30, bytes: 3e6 },
  languages: { rust: { documents: 10, bytes: 1e6 }, python: { documents: 20, bytes: 2e6 } },
  licences: { MIT: { documents: 29, bytes: 2.9e6 }, 'odd | name\n': { documents: 1, bytes: 1e5 } },
  packages: [{ source: 'debian' }, { source: 'npm' }, { source: 'debian' }],
  benchmarks: [{ name: 'HumanEval' }],
}

describe('a model card', () => {
  const card = renderCard({
    manifest,
    corpus,
    training: {
      steps: 2600,
      losses: Array.from({ length: 260 }, (_, i) => ({ step: 10 * (i + 1), loss: 9 / (i + 1) })),
      heldout: [{ step: 2600, all: 1.351, full: true }],
      machine: 'cpu, bfloat16, PyTorch 1.13.1',
    },
  })

  test.each([
    'trained on 70.0 million tokens',
    'Weights under Apache-2.0',
    '6,500,000, stored as Q8_0',
    '30 files, 3.0 MB of text, of 3 packages (2 from debian, 1 from npm)',
    'these benchmarks were removed: HumanEval.',
    '70.0 million tokens in 2.5 hours of training, 2600 steps (cpu, bfloat16, PyTorch 1.13.1)',
    '| **all** | **1.351** |',
    'a suggestion is shown at 25.0 % of them, and the first line of 60.0 % of those is exactly',
    'It sees 512 tokens',
    'c'.repeat(64),
  ])('says: %s', (sentence) => {
    expect(card).toContain(sentence)
  })

  test('lists languages and licences, the largest first, with their shares', () => {
    expect(card).toContain('| python | 20 | 2.0 MB | 66.7 % |\n| rust | 10 | 1.0 MB | 33.3 % |')
    expect(card).toContain('| MIT | 29 | 2.9 MB | 96.7 % |\n| odd \\| name  | 1 | 0.1 MB | 3.3 % |')
  })

  test('lists held-out languages, the best first', () => {
    expect(card.indexOf('| rust | 1.200 |')).toBeLessThan(card.indexOf('| python | 1.420 |'))
  })

  test('thins a long curve and keeps both of its ends', () => {
    const points = card.split('\n').filter((line) => /^\| \d+ \| \d+\.\d{3} \|$/.test(line))
    expect(points).toHaveLength(12)
    expect(points[0]).toBe('| 10 | 9.000 |')
    expect(points.at(-1)).toBe('| 2600 | 0.035 |')
  })

  test('sums up the many small licences', () => {
    const licences = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`L${i}`, { documents: 1, bytes: 1000 + i }]),
    )
    const long = renderCard({ manifest, corpus: { ...corpus, licences } })
    expect(long).toContain('| 10 others | 10 |')
  })
})

describe('a model card claims nothing that was not measured', () => {
  test('without a data card, a calibration or a measure', () => {
    const card = renderCard({
      manifest: {
        ...manifest,
        training: { ...manifest.training, corpus: '', tokens: 0 },
        bitsPerByte: {},
        gate: { meanLogprob: -0.7, shownShare: 0, precision: 0 },
      },
    })
    expect(card).toContain('its data is not described here')
    expect(card).toContain('untrained')
    expect(card).toContain('were not measured')
    expect(card).toContain('it was not calibrated')
    expect(card).not.toContain('% of suggestions')
  })

  test('about benchmarks that the corpus was not cleared of', () => {
    expect(renderCard({ manifest, corpus: { ...corpus, benchmarks: [] } })).toContain(
      '**not** cleared of benchmark texts',
    )
  })
})
