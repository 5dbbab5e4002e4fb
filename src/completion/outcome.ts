import type { GateReason } from './gate.ts'

/** A text to show at the cursor. */
export interface Suggestion {
  kind: 'suggestion'
  text: string
  /** Mean natural log-probability of its tokens. */
  meanLogprob: number
  /** From the question to the answer, all checks included; 0 for one from the cache. */
  milliseconds: number
}

/** Nothing to show, and why. */
export interface Quiet {
  kind: 'quiet'
  reason: GateReason | 'mid-line' | 'cancelled' | 'unavailable'
  /** For `unavailable`: what the server or the network said. */
  message?: string
  /** Where a text was sampled and judged. */
  meanLogprob?: number
  milliseconds: number
}

export type Outcome = Suggestion | Quiet
