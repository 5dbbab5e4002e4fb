/** How long suggestions took in this session, in milliseconds. */
export interface Timing {
  add(milliseconds: number): void
  /** By nearest rank, `share` between 0 and 1; undefined before the first. */
  percentile(share: number): number | undefined
}

/** Only the latest are kept: an hour's typing at most. */
const kept = 2_000

export function createTiming(): Timing {
  const values: number[] = []
  return {
    add(milliseconds) {
      values.push(milliseconds)
      if (values.length > kept) values.shift()
    },
    percentile(share) {
      const sorted = values.toSorted((a, b) => a - b)
      return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
    },
  }
}
