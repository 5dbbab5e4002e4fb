import { inParallel } from '../quality/in-parallel.ts'
import { shareEstimate } from '../quality/interval.ts'
import type { QualityFigure } from '../quality/result.ts'
import { completeGreedily, isTooLong, type ServedModel } from '../quality/served-model.ts'
import type { Beginning } from './beginnings.ts'
import { findMatches, type TextMatch } from './find-matches.ts'
import type { LexemeIndex } from './lexeme-index.ts'

/** Lexemes in one stretch that count as reciting: what GitHub's filter for public code looks at. */
export const recitedLexemes = 65

/** A text that stands in more documents than this is a licence header or an idiom, not somebody's own. */
const commonDocuments = 10

/** A suggestion as a model made it, without its prompt. */
export interface SampledText {
  name: string
  text: string
}

export interface Recital extends NonNullable<TextMatch['longest']> {
  name: string
  /** The shared stretch, its beginning where it is long. */
  excerpt: string
}

export interface RegurgitationResult {
  figures: QualityFigure[]
  /** The samples that match, longest first. */
  recitals: Recital[]
}

const excerptLength = 400

/**
 * The share of samples that share `index.minimum` lexemes or more in one stretch with one document of the corpus.
 * The stretch lies in the sample itself: what the prompt brought is not the model's.
 */
export function measureRegurgitation(
  index: LexemeIndex,
  samples: readonly SampledText[],
): RegurgitationResult {
  const recitals: Recital[] = []
  let longEnough = 0
  for (const { name, text } of samples) {
    const { lexemes, longest } = findMatches(index, text)
    if (lexemes >= index.minimum) longEnough++
    if (longest)
      recitals.push({
        name,
        excerpt: text.slice(longest.start, Math.min(longest.end, longest.start + excerptLength)),
        ...longest,
      })
  }
  recitals.sort((a, b) => b.lexemes - a.lexemes)
  const own = recitals.filter(({ documentCount }) => documentCount <= commonDocuments)
  const figure = (name: string, hits: number): QualityFigure => ({
    name,
    ...shareEstimate(hits, samples.length),
    n: samples.length,
    of: 'samples',
  })
  return {
    figures: [
      figure(`share ${index.minimum} lexemes with the corpus`, recitals.length),
      figure(`the same, in at most ${commonDocuments} documents`, own.length),
      figure(`long enough to (${index.minimum} lexemes)`, longEnough),
    ],
    recitals,
  }
}

/** What a model writes after the beginnings of files, greedily: what it has by heart comes first. */
export function continueBeginnings(
  served: ServedModel,
  beginnings: readonly Beginning[],
  {
    maxTokens,
    signal,
    onProgress,
  }: {
    maxTokens: number
    signal?: AbortSignal
    onProgress?: (done: number, of: number) => void
  },
): Promise<SampledText[]> {
  let done = 0
  return inParallel(beginnings, served.parallel, async ({ name, text }) => {
    const completion = await goOn(served, text, maxTokens, signal)
    onProgress?.(++done, beginnings.length)
    return { name, text: completion }
  })
}

/** Continues a beginning, shortened from its end until the model's window holds it and what follows. */
async function goOn(
  served: ServedModel,
  beginning: string,
  maxTokens: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  for (let prompt = beginning; ; prompt = prompt.slice(0, 0.8 * prompt.length))
    try {
      return await completeGreedily(served, { prompt, max_tokens: maxTokens }, signal)
    } catch (error) {
      if (!isTooLong(error) || prompt.length < 16) throw error
    }
}
