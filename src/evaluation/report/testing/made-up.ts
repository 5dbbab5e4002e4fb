/** Results that nobody measured: only to test how reports are written. */
import type { QualityResult } from '../../quality/result.ts'
import type { Estimate, RunResult } from '../result.ts'

export type Changes = Partial<Omit<RunResult, 'sampling' | 'model'>> & {
  sampling?: Partial<RunResult['sampling']>
  model?: Partial<RunResult['model']>
}

/** A run on HumanEval by a small model, with what is changed. */
export function madeUpRun({ sampling, model, ...changes }: Changes = {}): RunResult {
  return {
    format: 'understudy-evaluation-1',
    benchmark: 'humaneval',
    title: 'HumanEval',
    language: 'python',
    judge: 'run',
    model: { name: 'made-up', sha256: 'ab12'.repeat(16), parameters: 9_437_184, ...model },
    sampling: { n: 200, temperature: 0.2, topP: 0.95, seed: 17, ...sampling },
    problems: 164,
    samples: 32_800,
    passAt: {
      1: { value: 0.01234, low: 0.0051, high: 0.0218 },
      10: { value: 0.0377, low: 0.0191, high: 0.0603 },
      100: { value: 0.0712, low: 0.0388, high: 0.1079 },
    },
    ranked: {
      byMeanLogprob: { value: 0.0183, low: 0, high: 0.0427 },
      random: { value: 0.01235, low: 0.0052, high: 0.0219 },
    },
    distinct: { value: 0.7854, low: 0.7476, high: 0.8219 },
    outcomes: { passed: 405, failed: 32_201, 'timed-out': 187, 'out-of-memory': 7 },
    flaky: [],
    tokens: 4_123_456,
    seconds: { sampling: 2345.6, judging: 321.98 },
    notes: [],
    date: '2026-11-20T10:11:12.000Z',
    commit: '0123abc',
    machine: '2 × made-up cores, 24 GB',
    ...changes,
  }
}

/** One part of quality, with as many figures as names. */
export function madeUpQuality(changes: Partial<QualityResult> = {}): QualityResult {
  return {
    format: 'understudy-quality-1',
    part: 'bits',
    title: 'Bits per byte by language',
    unit: 'bits per byte',
    model: { name: 'made-up', sha256: 'ab12'.repeat(16) },
    figures: [
      { name: 'python', value: 1.1106, low: 1.0804, high: 1.1411, n: 123_457, of: 'bytes' },
      { name: 'go', value: 1.0702, low: 1.0303, high: 1.1207, n: 65_431, of: 'bytes' },
      { name: 'shell', value: 1.6453, low: 1.5504, high: 1.7308, n: 9_871, of: 'bytes' },
    ],
    seed: 23,
    settings: { 'window, tokens': 512, 'texts from': 'held-out packages' },
    notes: ['Files of packages that were not trained on.'],
    seconds: 75.5,
    date: '2026-11-21T10:11:12.000Z',
    commit: '0123abc',
    machine: '2 × made-up cores, 24 GB',
    ...changes,
  }
}

/** What nobody recited. */
export function madeUpRecital(lexemes: number): NonNullable<QualityResult['recitals']>[number] {
  const source = { package: 'left-pad', version: '1.3.0', license: 'MIT', language: 'javascript', lexemes }
  return {
    name: 'HumanEval/7',
    lexemes,
    excerpt: 'module.exports = leftPad; var cache = [',
    documentCount: 3,
    documents: [{ ...source, path: 'index.js' }],
  }
}

/** A share with an interval around it. */
export function around(value: number, half: number): Estimate {
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) }
}

/** Everything a report can show: two models, several temperatures, languages, infilling, matching, all parts of quality. */
export function madeUpEverything(): { results: RunResult[]; quality: QualityResult[] } {
  const models = [
    { name: 'made-up', scale: 1, parameters: 9_437_184, sha256: 'ab12'.repeat(16) },
    { name: 'made-up-large', scale: 3.3, parameters: 123_456_789, sha256: 'cd34'.repeat(16) },
  ]
  const results = models.flatMap(({ name, scale, parameters, sha256 }) => {
    const model = { name, parameters, sha256 }
    const shares = (one: number) => ({
      1: around(one * scale, 0.004 * scale),
      10: around(2.9 * one * scale, 0.009 * scale),
      100: around(6.2 * one * scale, 0.014 * scale),
    })
    const byTemperature = [0.2, 0.4, 0.6, 0.8].map((temperature, at) =>
      madeUpRun({
        model,
        sampling: { temperature },
        passAt: {
          1: around((0.0131 - 0.0021 * at) * scale, 0.004 * scale),
          10: around((0.0302 + 0.0035 * at) * scale, 0.009 * scale),
          100: around((0.0544 + 0.0121 * at) * scale, 0.015 * scale),
        },
        flaky: at === 1 ? ['HumanEval/32', 'HumanEval/101'] : [],
      }),
    )
    const otherLanguages = (['Python', 'C++', 'Java', 'JavaScript', 'Go', 'Rust'] as const).map((title, at) =>
      madeUpRun({
        model,
        benchmark: `humaneval-x/${['python', 'cpp', 'java', 'js', 'go', 'rust'][at]}`,
        title: `HumanEval-X ${title}`,
        language: ['python', 'cpp', 'java', 'javascript', 'go', 'rust'][at] as string,
        sampling: { n: 20, temperature: 0.8 },
        samples: 3280,
        passAt: Object.fromEntries(Object.entries(shares(0.0112 / (1 + at / 3))).slice(0, 2)),
        outcomes:
          title === 'Rust'
            ? { failed: 1280, refused: 2000 }
            : { passed: 40, failed: 3100 - 100 * at, 'timed-out': 140 + 100 * at },
        notes: title === 'Go' ? ['4 of the official 164 problems do not compile with Go 1.19'] : [],
      }),
    )
    const infilling = (['single-line', 'multi-line', 'random-span'] as const).map((variant, at) =>
      madeUpRun({
        model,
        benchmark: `infilling/${variant}`,
        title: `HumanEval infilling, ${variant}`,
        sampling: { n: 1, temperature: 0 },
        problems: [1033, 5815, 1640][at] as number,
        samples: [1033, 5815, 1640][at] as number,
        passAt: { 1: around((0.21 - 0.07 * at) * Math.sqrt(scale), 0.02) },
        exactMatch: around((0.14 - 0.05 * at) * Math.sqrt(scale), 0.018),
        outcomes: { passed: 217 + 190 * at, failed: [816, 5408, 1043][at] as number },
      }),
    )
    const { ranked: _, ...unranked } = madeUpRun({
      model,
      benchmark: 'safim/api',
      title: 'SAFIM API calls',
      judge: 'match',
    })
    const matching = {
      ...unranked,
      problems: 310,
      samples: 310,
      sampling: { n: 1, temperature: 0, topP: 1, seed: 5 },
      passAt: { 1: around(0.0871 * scale, 0.03) },
      exactMatch: around(0.0871 * scale, 0.03),
      outcomes: { matched: 27, different: 283 },
    }
    return [...byTemperature, ...otherLanguages, ...infilling, matching]
  })
  const quality = models.flatMap(({ name, scale, sha256 }): QualityResult[] => {
    const model = { name, sha256 }
    const share = (figure: string, value: number, n: number, of: string) => ({
      name: figure,
      ...around(value * scale, 0.03),
      n,
      of,
    })
    return [
      madeUpQuality({
        model,
        figures: ['python', 'typescript', 'go', 'rust', 'java', 'shell', 'prose'].map((language, at) => ({
          name: language,
          value: (1.05 + 0.11 * at) / Math.sqrt(scale),
          low: (1.01 + 0.11 * at) / Math.sqrt(scale),
          high: (1.1 + 0.11 * at) / Math.sqrt(scale),
          n: 120_001 - 11_111 * at,
          of: 'bytes',
        })),
      }),
      madeUpQuality({
        model,
        part: 'api-calls',
        title: 'Masked API calls',
        unit: 'share',
        figures: ['numpy', 'pandas', 'requests', 'express', 'react'].map((library, at) =>
          share(library, 0.08 + 0.03 * at, 200 - at, 'calls'),
        ),
      }),
      madeUpQuality({
        model,
        part: 'few-shot',
        title: 'Few-shot learning of invented APIs',
        unit: 'share',
        figures: [0, 1, 2, 4].map((examples) =>
          share(`${examples} examples`, 0.03 + 0.04 * examples, 150, 'tasks'),
        ),
      }),
      madeUpQuality({
        model,
        part: 'regurgitation',
        title: 'Samples that recite the corpus',
        unit: 'share',
        figures: [share('65 lexemes or more', 0.002, 4000, 'samples')],
        recitals: [madeUpRecital(71), madeUpRecital(189)],
      }),
    ]
  })
  return { results, quality }
}
