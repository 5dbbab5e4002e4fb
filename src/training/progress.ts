import type { TrainerEvent } from './trainer-event.ts'
import type { ShardProgress } from './write-shards.ts'

/** One line about a run, at most 80 wide, or nothing for an event that has nothing to show. */
export function describeEvent(event: TrainerEvent, steps: number): string | undefined {
  switch (event.event) {
    case 'start': {
      const size = `${(event.parameters / 1e6).toFixed(1)}M weights`
      const from = event.step === 0 ? 'from the start' : `from step ${event.step}`
      return `Training ${from} to ${event.steps}: ${size}, ${event.device}, ${event.precision}`.slice(0, 80)
    }
    case 'step': {
      const share = `${Math.floor((100 * event.step) / steps)} %`.padStart(5)
      const count = `step ${event.step}/${steps}`
      return `${share}  ${count}  loss ${event.loss.toFixed(3)}  ${Math.round(event.tokensPerSecond)} tok/s  ${describeDuration(event.secondsLeft)} left`
    }
    case 'heldout':
      return `Held out at step ${event.step}: ${event.bitsPerByte.all?.toFixed(3)} bits per byte${event.full ? '' : ' (of a part)'}`
    case 'checkpoint':
      return undefined
    case 'stopped': {
      const why = { done: 'Done', time: 'The time is up', signal: 'Stopped' }[event.reason]
      return `${why} at step ${event.step}: ${(event.tokens / 1e6).toFixed(2)}M tokens in ${describeDuration(event.seconds)}`
    }
  }
}

/** One line about the writing of shards. */
export function describeShards({ phase, share, documents, tokens }: ShardProgress): string {
  const percent = `${Math.floor(share * 100)} %`
  if (phase === 'reading') return `Reading the corpus: ${documents} files`
  if (phase === 'tokenizing')
    return `Tokenizing: ${percent}, ${documents} files, ${(tokens / 1e6).toFixed(1)}M tokens`
  return `Packing rows: ${percent}`
}

/** Seconds in the two largest units, such as `1 h 5 min`. */
export function describeDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export interface ProgressOutput {
  isTTY?: boolean
  write(text: string): unknown
}

/**
 * Shows a line that is replaced by the next on a terminal, and otherwise plain lines, about one in ten seconds.
 * A line that is `kept` is always written and stays.
 */
export function createProgress(output: ProgressOutput, now: () => number = () => performance.now()) {
  const everyMs = output.isTTY ? 100 : 10_000
  let shownAt = Number.NEGATIVE_INFINITY
  let open = false
  const close = () => {
    if (open) output.write('\n')
    open = false
  }
  return {
    show(line: string, kept = false): void {
      if (!kept && now() - shownAt < everyMs) return
      shownAt = kept ? Number.NEGATIVE_INFINITY : now()
      // ESC[K clears what a longer line before has left.
      output.write(output.isTTY ? `\r${line.slice(0, 79)}\u001b[K` : `${line}\n`)
      open = output.isTTY === true
      if (kept) close()
    },
    /** Ends the open line. */
    close,
  }
}
