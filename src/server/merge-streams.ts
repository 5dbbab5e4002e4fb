/** A value of the stream that stands at `index`. */
export interface Indexed<T> {
  index: number
  value: T
}

/**
 * Runs streams side by side, at most `limit` at a time and in order, and yields their values as they come. When
 * one throws, or the reader leaves, the signal that the others were given aborts.
 */
export async function* mergeStreams<T>(
  sources: ((signal: AbortSignal) => AsyncIterable<T>)[],
  limit: number,
): AsyncGenerator<Indexed<T>> {
  const stop = new AbortController()
  const running = new Map<number, AsyncIterator<T>>()
  const pending = new Map<number, Promise<{ index: number; result: IteratorResult<T> }>>()
  let started = 0

  function pull(index: number, iterator: AsyncIterator<T>) {
    const promise = iterator.next().then((result) => ({ index, result }))
    // A second failure has no reader after the first has ended the loop.
    promise.catch(() => {})
    pending.set(index, promise)
  }

  function fill() {
    while (running.size < limit && started < sources.length) {
      const index = started++
      const iterator = sources[index]!(stop.signal)[Symbol.asyncIterator]()
      running.set(index, iterator)
      pull(index, iterator)
    }
  }

  try {
    fill()
    while (pending.size > 0) {
      const { index, result } = await Promise.race(pending.values())
      const iterator = running.get(index)!
      if (result.done) {
        running.delete(index)
        pending.delete(index)
        fill()
      } else {
        yield { index, value: result.value }
        pull(index, iterator)
      }
    }
  } finally {
    stop.abort()
    await Promise.allSettled([...running.values()].map((iterator) => iterator.return?.()))
  }
}
