/**
 * Finds stop strings in text that arrives in pieces. The first stop string to be completed wins (of two that
 * are completed by the same character, the longer), so the result does not depend on how the text was split.
 */
export interface StopScanner {
  /**
   * Adds a piece. `safe` is how many UTF-16 units of all text so far may be shown: text that could still be
   * the beginning of a stop string is left out. After `stopped`, `safe` is where the stop string begins.
   */
  push(piece: string): { safe: number; stopped: boolean }
}

/** Empty stop strings are passed over, since they would stop everything. */
export function createStopScanner(stop: readonly string[]): StopScanner {
  const strings = stop.filter((text) => text !== '')
  /** Text from `safe` on: nothing before it can belong to a stop string. */
  let held = ''
  let safe = 0
  return {
    push(piece) {
      held += piece
      const start = firstStop(held, strings)
      if (start !== undefined) return { safe: safe + start, stopped: true }
      const keep = heldLength(held, strings)
      safe += held.length - keep
      held = held.slice(held.length - keep)
      return { safe, stopped: false }
    },
  }
}

/** Where the first completed stop string begins, or undefined. */
function firstStop(text: string, strings: string[]): number | undefined {
  let start: number | undefined
  let end = Number.POSITIVE_INFINITY
  for (const string of strings) {
    const index = text.indexOf(string)
    if (index < 0) continue
    const stringEnd = index + string.length
    if (stringEnd < end || (stringEnd === end && index < start!)) {
      start = index
      end = stringEnd
    }
  }
  return start
}

/** Length of the longest end of `text` that is a proper beginning of a stop string. */
function heldLength(text: string, strings: string[]): number {
  let longest = 0
  for (const string of strings) {
    for (let length = Math.min(string.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(string.slice(0, length))) {
        longest = length
        break
      }
    }
  }
  return longest
}
