/** Things that one user has at a time; whoever waits longest is next. */
export interface Turns<Item> {
  /** Waits for a free item. An abort gives up waiting and rejects with the signal's reason. */
  take(signal?: AbortSignal): Promise<Item>
  /** Hands back what was taken. */
  give(item: Item): void
}

export function takeTurns<Item>(items: Item[]): Turns<Item> {
  const free = [...items]
  const waiting: ((item: Item) => void)[] = []
  return {
    take(signal) {
      const item = free.pop()
      if (item !== undefined) return Promise.resolve(item)
      return new Promise((resolve, reject) => {
        const accept = (item: Item) => {
          signal?.removeEventListener('abort', giveUp)
          resolve(item)
        }
        const giveUp = () => {
          waiting.splice(waiting.indexOf(accept), 1)
          reject(signal?.reason)
        }
        waiting.push(accept)
        signal?.addEventListener('abort', giveUp, { once: true })
      })
    },
    give(item) {
      const next = waiting.shift()
      if (next) next(item)
      else free.push(item)
    },
  }
}
