import { createDistributionReader, type Distribution } from './distribution.ts'
import type { LlamaBinding } from './llama-binding.ts'

/** Work on one sequence of tokens: a completion or a scoring. */
export interface SequenceTask {
  /** The tokens to evaluate first; at least one, at most the context's length. */
  readonly tokens: readonly number[]
  /** Positions of `tokens` before which nothing needs to be evaluated if the memory holds it; 0 to read all. */
  readonly reusable: number
  wantsLogits(position: number): boolean
  /** How many tokens the memory already held; called once, before the first batch. */
  begin(cachedTokens: number): void
  /**
   * Reads the distribution after `position`, in order. Returns the token to evaluate next, where one is known;
   * undefined after the last of `tokens` ends the task.
   */
  read(position: number, distribution: Distribution): Promise<number | undefined>
  /** The task was cancelled, before or after it began. */
  cancelled(): void
  failed(error: unknown): void
}

export interface SequenceScheduler {
  /** Queues a task; first come, first served. */
  add(task: SequenceTask): void
  /** Ends a task at the next batch. */
  cancel(task: SequenceTask): void
}

/** One of the context's sequences: what it remembers, and the task that uses it now. */
interface Slot {
  readonly sequence: number
  /** Tokens whose state is in memory. */
  cells: number[]
  /** Tokens to evaluate next. */
  pending: number[]
  task: SequenceTask | undefined
  lastUsed: number
}

/** One slot's share of a batch. */
interface Share {
  slot: Slot
  task: SequenceTask
  start: number
  tokens: number[]
  /** Positions whose logits are wanted, and their handles. */
  positions: number[]
  handles: Uint32Array
}

/**
 * Evaluates tasks side by side in batches (continuous batching): each batch takes one token of every sequence that
 * is generating, and fills up with prompts in turn, so that a long prompt holds nobody up for long. A new task
 * takes the free sequence whose memory shares the longest beginning with it, unless `reuse` is false.
 */
export function createSequenceScheduler(
  binding: LlamaBinding,
  vocabularySize: number,
  { reuse }: { reuse: boolean },
): SequenceScheduler {
  const { context } = binding
  const distributionAt = createDistributionReader(binding, vocabularySize)
  const slots = Array.from({ length: binding.sequences }, (_, sequence): Slot => {
    return { sequence, cells: [], pending: [], task: undefined, lastUsed: 0 }
  })
  const waiting: SequenceTask[] = []
  const doomed = new Set<SequenceTask>()
  let running = false
  let clock = 0

  function admit(): void {
    while (waiting.length > 0) {
      const free = slots.filter((slot) => slot.task === undefined)
      if (free.length === 0) return
      const task = waiting.shift()!
      const shared = (slot: Slot) =>
        reuse ? Math.min(commonLength(slot.cells, task.tokens), task.reusable) : 0
      const slot = free.reduce((best, other) => {
        const gain = shared(other) - shared(best)
        return gain > 0 || (gain === 0 && other.lastUsed < best.lastUsed) ? other : best
      })
      const kept = rewind(slot, shared(slot))
      slot.task = task
      slot.pending = task.tokens.slice(kept)
      task.begin(kept)
    }
  }

  /** Makes a sequence forget everything from `length` on. Returns what it still remembers, which may be less. */
  function rewind(slot: Slot, length: number): number {
    if (length === slot.cells.length) return length
    const first = context.getSequenceKvCacheMinPosition(slot.sequence)
    const cut =
      length > 0 &&
      first === 0 &&
      context.removeTokenCellsFromSequence(slot.sequence, length, slot.cells.length)
    if (!cut) context.disposeSequence(slot.sequence)
    slot.cells.length = cut ? length : 0
    return slot.cells.length
  }

  function finish(slot: Slot): void {
    if (slot.task) doomed.delete(slot.task)
    slot.task = undefined
    slot.pending = []
    slot.lastUsed = ++clock
  }

  function dropDoomed(): void {
    for (const slot of slots) {
      const { task } = slot
      if (!task || !doomed.has(task)) continue
      finish(slot)
      task.cancelled()
    }
  }

  /** Splits the next batch among the busy slots: those with the least to do first, the others evenly. */
  function share(): Share[] {
    const busy = slots.filter((slot) => slot.task !== undefined)
    busy.sort((a, b) => a.pending.length - b.pending.length || a.lastUsed - b.lastUsed)
    let room = binding.batchSize
    return busy.map((slot, index) => {
      const count = Math.min(slot.pending.length, Math.ceil(room / (busy.length - index)))
      room -= count
      const task = slot.task!
      const start = slot.cells.length
      const tokens = slot.pending.splice(0, count)
      const positions = [...tokens.keys()].filter((i) => task.wantsLogits(start + i))
      return { slot, task, start, tokens, positions, handles: new Uint32Array() }
    })
  }

  async function evaluate(shares: Share[]): Promise<void> {
    context.initBatch(shares.reduce((sum, { tokens }) => sum + tokens.length, 0))
    for (const item of shares) {
      const { slot, start, tokens, positions } = item
      item.handles = context.addToBatch(
        slot.sequence,
        start,
        Uint32Array.from(tokens),
        Uint32Array.from(positions),
      )
    }
    await context.decodeBatch()
    for (const { slot, tokens } of shares) slot.cells.push(...tokens)
  }

  async function readResults({ slot, task, start, positions, handles }: Share): Promise<void> {
    try {
      for (const [i, position] of positions.entries()) {
        const next = await task.read(start + position, distributionAt(handles[i]!))
        if (next !== undefined) slot.pending.push(next)
      }
    } catch (error) {
      finish(slot)
      task.failed(error)
      return
    }
    if (slot.pending.length === 0) finish(slot)
  }

  async function run(): Promise<void> {
    for (;;) {
      dropDoomed()
      admit()
      const shares = share()
      if (shares.length === 0) return
      try {
        await evaluate(shares)
      } catch (error) {
        for (const { slot, task } of shares) {
          context.disposeSequence(slot.sequence)
          slot.cells = []
          finish(slot)
          task.failed(error)
        }
        continue
      }
      for (const item of shares) await readResults(item)
    }
  }

  return {
    add(task) {
      waiting.push(task)
      if (running) return
      running = true
      void run().finally(() => {
        running = false
      })
    },
    cancel(task) {
      const index = waiting.indexOf(task)
      if (index >= 0) {
        waiting.splice(index, 1)
        task.cancelled()
      } else if (slots.some((slot) => slot.task === task)) doomed.add(task)
    },
  }
}

function commonLength(a: readonly number[], b: readonly number[]): number {
  const end = Math.min(a.length, b.length)
  let length = 0
  while (length < end && a[length] === b[length]) length++
  return length
}
