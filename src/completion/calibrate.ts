import type { SyntaxParser } from '../syntax/index.ts'
import type { CalibrationSample } from './calibration-samples.ts'
import type { CompletePort } from './port.ts'
import { type SuggestModel, suggest } from './suggest.ts'

/** One suggestion at a held-out cursor: how sure the model was, and whether it was right. */
export interface CalibrationPair {
  meanLogprob: number
  right: boolean
}

/** What a manifest's `gate` holds. */
export interface Gate {
  meanLogprob: number
  shownShare: number
  precision: number
}

/** Fewest shown suggestions from which a precision is believed. */
const leastShown = 20

/**
 * The lowest threshold at which the suggestions shown reach the wanted precision; where none does, the one of
 * the best precision over at least 20 shown. `asked` is the number of cursors, those without a suggestion
 * included. Undefined where there are fewer than 20 pairs.
 */
export function calibrateGate(
  pairs: readonly CalibrationPair[],
  wanted: { precision: number; asked: number },
): Gate | undefined {
  const sorted = pairs.filter(({ meanLogprob }) => Number.isFinite(meanLogprob))
  sorted.sort((a, b) => b.meanLogprob - a.meanLogprob)
  let right = 0
  let reached: Gate | undefined
  let best: Gate | undefined
  for (const [at, pair] of sorted.entries()) {
    if (pair.right) right++
    const shown = at + 1
    // Equal confidences fall on one side of any threshold.
    if (shown < leastShown || sorted[shown]?.meanLogprob === pair.meanLogprob) continue
    const gate = {
      meanLogprob: pair.meanLogprob,
      shownShare: shown / Math.max(1, wanted.asked),
      precision: right / shown,
    }
    if (gate.precision >= wanted.precision) reached = gate
    if (best === undefined || gate.precision > best.precision) best = gate
  }
  return reached ?? best
}

/**
 * What a threshold does at other cursors than those it was chosen on: chosen and measured on the same, it would
 * look better than it is. `precision` is 0 where nothing is shown.
 */
export function measureGate(pairs: readonly CalibrationPair[], meanLogprob: number, asked: number): Gate {
  const shown = pairs.filter((pair) => pair.meanLogprob >= meanLogprob)
  const right = shown.filter((pair) => pair.right).length
  return {
    meanLogprob,
    shownShare: shown.length / Math.max(1, asked),
    precision: right / Math.max(1, shown.length),
  }
}

/**
 * Asks at one held-out cursor with the gate's threshold open and its other checks on. Undefined where there is
 * nothing to show at any threshold. Throws where the model cannot be reached: a figure needs every answer.
 */
export async function calibrationPair(
  sample: CalibrationSample,
  model: Omit<SuggestModel, 'threshold'>,
  ports: { complete: CompletePort; parser?: SyntaxParser; signal?: AbortSignal },
): Promise<CalibrationPair | undefined> {
  const { prefix, suffix, language, path } = sample
  const outcome = await suggest(
    { text: prefix + suffix, offset: prefix.length, language, path },
    { ...ports, model: { ...model, threshold: Number.NEGATIVE_INFINITY }, singleLine: true },
  )
  if (outcome.kind === 'suggestion')
    return { meanLogprob: outcome.meanLogprob, right: isRight(outcome.text, sample.truth) }
  if (outcome.reason === 'unavailable') throw new Error(outcome.message ?? 'The model cannot be reached.')
  return undefined
}

/** Whether a suggestion's first line is what the file goes on with, trailing blanks aside. */
export function isRight(suggestion: string, truth: string): boolean {
  const [suggested, expected] = [firstLine(suggestion), firstLine(truth)]
  return suggested !== '' && suggested === expected
}

/** The first line that is not blank: a suggestion after a line's end begins with the line break. */
function firstLine(text: string): string {
  return /^.*\S/m.exec(text)?.[0].trimEnd() ?? ''
}
