import type { FimOrder } from '../models/index.ts'

/**
 * Fits prompts into a context window, in tokens. What is nearest to the place of the answer is kept.
 */
export interface FittedPrompt {
  tokens: number[]
  truncated: boolean
}

export interface PromptRoom {
  contextLength: number
  maxTokens: number
}

/** Marks around the parts of an infill prompt, in the order of the prompt. */
export interface InfillMarks {
  prefix: number
  suffix: number
  /** Absent for models that have none. */
  middle: number | undefined
  order: FimOrder
}

/** Of a prompt that is too long, the suffix gets at least this share where it has that much. */
const suffixShare = 1 / 4

/** How many tokens of prompt there is room for: half of the window at least, however many tokens are asked for. */
export function promptRoom({ contextLength, maxTokens }: PromptRoom): number {
  return contextLength - Math.max(1, Math.min(maxTokens, Math.floor(contextLength / 2)))
}

/** Keeps the end of a prompt. `first` (a beginning-of-text token) is put before it and never cut. */
export function fitText(tokens: number[], first: number[], room: number): FittedPrompt {
  const kept = Math.max(0, room - first.length)
  const truncated = tokens.length > kept
  return { tokens: [...first, ...(truncated ? tokens.slice(tokens.length - kept) : tokens)], truncated }
}

/**
 * Keeps the end of the prefix and the beginning of the suffix. The line of the cursor comes first: the suffix gives
 * up its share for the line's beginning, and the prefix lines above for the line's end.
 * @param endsLine whether a token holds a line break.
 */
export function fitInfill(
  prefix: number[],
  suffix: number[],
  marks: InfillMarks,
  first: number[],
  room: number,
  endsLine: (token: number) => boolean,
): FittedPrompt {
  const markCount = marks.middle === undefined ? 2 : 3
  const available = Math.max(0, room - first.length - markCount)
  const truncated = prefix.length + suffix.length > available
  const kept = truncated ? suffixKept(prefix, suffix, available, endsLine) : suffix.length
  const start = Math.max(0, prefix.length - (available - kept))
  return { tokens: [...first, ...arrange(prefix.slice(start), suffix.slice(0, kept), marks)], truncated }
}

function arrange(prefix: number[], suffix: number[], marks: InfillMarks): number[] {
  const middle = marks.middle === undefined ? [] : [marks.middle]
  switch (marks.order) {
    case 'prefix-suffix-middle':
      return [marks.prefix, ...prefix, marks.suffix, ...suffix, ...middle]
    case 'suffix-prefix-middle':
      return [marks.prefix, marks.suffix, ...suffix, ...middle, ...prefix]
    case 'suffix-prefix':
      return [marks.suffix, ...suffix, marks.prefix, ...prefix]
  }
}

function suffixKept(
  prefix: number[],
  suffix: number[],
  available: number,
  endsLine: (token: number) => boolean,
): number {
  const lineStart = prefix.length - 1 - prefix.findLastIndex(endsLine)
  const lineBreak = suffix.findIndex(endsLine)
  const lineEnd = lineBreak < 0 ? suffix.length : lineBreak + 1
  const share = Math.floor(available * suffixShare)
  // What the prefix cannot fill is the suffix's.
  let kept = Math.max(share, available - prefix.length)
  if (lineStart + lineEnd <= available) kept = Math.min(Math.max(kept, lineEnd), available - lineStart)
  return Math.min(kept, suffix.length)
}
