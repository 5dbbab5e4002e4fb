import { inParallel } from './in-parallel.ts'
import { ratioEstimate } from './interval.ts'
import type { QualityFigure } from './result.ts'
import type { ServedModel } from './served-model.ts'
import type { QualityText } from './texts.ts'
import { scoreByWindows, type TextScore, type WindowOptions } from './windows.ts'

export interface BitsOptions extends WindowOptions {
  seed: number
  signal?: AbortSignal
  onProgress?: (done: number, of: number) => void
}

export interface BitsResult {
  /** Bits per byte by language, then `all code` over those that are not prose. */
  figures: QualityFigure[]
  bytes: number
  tokens: number
  windows: number
}

/**
 * How many bits a byte of text costs a model, by language: Σ −log₂ p of the tokens over the bytes that they spell.
 * Comparable between models whatever their tokenizers, as long as the windows are the same in tokens. The first
 * token of a text is not scored, and its bytes are not counted.
 */
export async function measureBits(
  served: ServedModel,
  texts: readonly QualityText[],
  options: BitsOptions,
): Promise<BitsResult> {
  const { seed, signal, onProgress } = options
  let done = 0
  const scores = await inParallel(texts, served.parallel, async ({ text }) => {
    const score = await scoreByWindows(served, text, options, signal)
    onProgress?.(++done, texts.length)
    return score
  })
  const byLanguage = Map.groupBy(
    texts.map(({ language }, index) => ({ language, score: scores[index] as TextScore })),
    ({ language }) => language,
  )
  const figure = (name: string, of: TextScore[]): QualityFigure => ({
    name,
    ...ratioEstimate(
      of.map(({ nats, bytes }) => ({ above: nats / Math.LN2, below: bytes })),
      seed,
    ),
    n: of.length,
    of: 'texts',
  })
  const figures = [...byLanguage]
    .sort(([a], [b]) => Number(a === 'prose') - Number(b === 'prose') || (a < b ? -1 : 1))
    .map(([language, entries]) =>
      figure(
        language,
        entries.map(({ score }) => score),
      ),
    )
  const code = scores.filter((_, index) => texts[index]?.language !== 'prose')
  const total = (key: 'bytes' | 'tokens' | 'windows') => scores.reduce((sum, score) => sum + score[key], 0)
  return {
    figures: code.length === 0 ? figures : [...figures, figure('all code', code)],
    bytes: total('bytes'),
    tokens: total('tokens'),
    windows: total('windows'),
  }
}
