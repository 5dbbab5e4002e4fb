import type { Outcome } from '../../src/completion/index.ts'
import { element } from './elements.ts'
import { createTiming } from './timing.ts'

/** The foot of the editor: how long suggestions took, and why there is none. */
export interface StatusLine {
  report(outcome: Outcome, threshold: number): void
  tell(sentence: string): void
}

export function createStatusLine(): StatusLine {
  const timing = createTiming()
  const why = element('why')
  const announcement = element('announcement')

  function tell(sentence: string): void {
    why.textContent = sentence
  }

  return {
    tell,
    report(outcome, threshold) {
      // What came from the cache or was never asked for took no time worth counting.
      if (outcome.milliseconds > 0 && !(outcome.kind === 'quiet' && outcome.reason === 'mid-line')) {
        timing.add(outcome.milliseconds)
        element('time-last').textContent = inMilliseconds(outcome.milliseconds)
        element('time-p50').textContent = inMilliseconds(timing.percentile(0.5))
        element('time-p95').textContent = inMilliseconds(timing.percentile(0.95))
      }
      why.dataset.reason = outcome.kind === 'quiet' ? outcome.reason : 'shown'
      tell(outcome.kind === 'suggestion' ? sureness(outcome.meanLogprob) : reasonOf(outcome, threshold))
      if (outcome.kind === 'suggestion' && outcome.milliseconds > 0)
        announcement.textContent = `Suggestion: ${outcome.text.trim().split('\n', 1)[0]}. Tab accepts.`
    },
  }
}

function reasonOf(outcome: Outcome & { kind: 'quiet' }, threshold: number): string {
  switch (outcome.reason) {
    case 'low-confidence':
      return `Quiet: not sure enough (${percent(outcome.meanLogprob)} a token, ${percent(threshold)} wanted).`
    case 'parse-error':
      return 'Quiet: the suggestion would break the syntax.'
    case 'repetition':
      return 'Quiet: the suggestion would repeat itself.'
    case 'duplicate':
      return 'Quiet: the next line says it already.'
    case 'empty':
      return 'Quiet: nothing to add here.'
    case 'mid-line':
      return 'Quiet: there is code right of the cursor.'
    case 'cancelled':
      return ''
    case 'unavailable':
      return `No suggestion: ${outcome.message}`
  }
}

function sureness(meanLogprob: number): string {
  return `Shown: ${percent(meanLogprob)} sure of each token.`
}

/** The geometric mean of the tokens' probabilities, which says more to people than its logarithm. */
function percent(meanLogprob: number | undefined): string {
  return meanLogprob === undefined ? '–' : `${Math.round(Math.exp(meanLogprob) * 100)} %`
}

function inMilliseconds(value: number | undefined): string {
  return value === undefined ? '–' : `${Math.round(value)} ms`
}
