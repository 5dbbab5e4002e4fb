/**
 * Maps items with a few calls in flight at a time; the results keep the items' order. The first failure ends it,
 * after the calls in flight have ended, so that nothing is left running.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  call: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  let failed = false
  async function work(): Promise<void> {
    while (!failed && next < items.length) {
      const index = next++
      try {
        results[index] = await call(items[index] as T, index)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, work))
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason
  return results
}
