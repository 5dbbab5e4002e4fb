/** Calls `flush` soon after `request`, but not more often than every `interval` milliseconds unless it is urgent. */
export function createCoalescer(interval: number, flush: () => void): { request(urgent: boolean): void } {
  let last = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let immediate: NodeJS.Immediate | undefined

  function run(): void {
    clearTimeout(timer)
    clearImmediate(immediate)
    timer = undefined
    immediate = undefined
    last = performance.now()
    flush()
  }

  return {
    request(urgent) {
      if (immediate) return
      const wait = interval - (performance.now() - last)
      if (urgent || wait <= 0) immediate = setImmediate(run)
      else timer ??= setTimeout(run, wait)
    },
  }
}
