/**
 * How long to wait after a keystroke before asking, in milliseconds. The tail covers the reader's usual time
 * between two keys, less what the server takes anyway, so that fast typing costs few requests and a fast server
 * is not kept waiting.
 */
export interface Pace {
  /** Notes a keystroke; how long to wait after it. A new line waits for nothing. */
  typed(newLine: boolean): number
  /** Notes how long an answer took. */
  answered(milliseconds: number): void
}

const tail = { first: 60, least: 25, most: 150 }
/** Pauses longer than this are thinking, not typing. */
const longestInterval = 600
/** Weight of the newest value in the running means. */
const newest = 0.2

export function createPace(now: () => number = () => performance.now()): Pace {
  let last: number | undefined
  let interval: number | undefined
  let latency: number | undefined

  return {
    typed(newLine) {
      const time = now()
      if (last !== undefined && time - last < longestInterval) interval = mean(interval, time - last)
      last = time
      if (newLine) return 0
      if (interval === undefined || latency === undefined) return tail.first
      return Math.min(tail.most, Math.max(tail.least, interval * 1.2 - latency))
    },
    answered(milliseconds) {
      latency = mean(latency, milliseconds)
    },
  }
}

function mean(before: number | undefined, value: number): number {
  return before === undefined ? value : before + newest * (value - before)
}
