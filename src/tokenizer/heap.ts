/** A binary heap: `pop` returns the entry that comes before all others. */
export interface Heap<T> {
  push(entry: T): void
  pop(): T | undefined
}

/** Makes an empty heap whose order is `before`; entries that tie come out in no fixed order. */
export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const entries: T[] = []

  function push(entry: T): void {
    let child = entries.length
    entries.push(entry)
    while (child > 0) {
      const parent = (child - 1) >> 1
      const above = entries[parent]!
      if (!before(entry, above)) break
      entries[child] = above
      child = parent
    }
    entries[child] = entry
  }

  function pop(): T | undefined {
    const first = entries[0]
    const last = entries.pop()
    if (last === undefined || entries.length === 0) return first
    let parent = 0
    for (;;) {
      let child = 2 * parent + 1
      if (child >= entries.length) break
      if (child + 1 < entries.length && before(entries[child + 1]!, entries[child]!)) child++
      if (!before(entries[child]!, last)) break
      entries[parent] = entries[child]!
      parent = child
    }
    entries[parent] = last
    return first
  }

  return { push, pop }
}
