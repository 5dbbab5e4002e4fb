/** An async iterable that is filled from outside: one writer, one reader. It ends only by an error. */
export interface EventQueue<T> extends AsyncIterable<T> {
  push(...values: T[]): void
  /** Throws in the reader after what was pushed. */
  fail(error: unknown): void
}

export function createEventQueue<T>(): EventQueue<T> {
  const values: T[] = []
  let failure: { error: unknown } | undefined
  let wake: (() => void) | undefined
  return {
    push(...more) {
      values.push(...more)
      wake?.()
    },
    fail(error) {
      failure ??= { error }
      wake?.()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (values.length > 0) yield values.shift()!
        if (failure) throw failure.error
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        wake = undefined
      }
    },
  }
}
