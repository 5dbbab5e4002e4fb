import type { TokenEvent } from './engine.ts'
import { createStopScanner } from './stop-strings.ts'
import { createUtf8Decoder } from './utf8-decoder.ts'

/**
 * Turns sampled tokens into the token events of an engine. An event waits while its text is incomplete (part of
 * a UTF-8 sequence) or may begin a stop string; so every event carries its own text, and log-probabilities stay
 * aligned with it. All engines share this, so that they stop alike.
 */
export interface TokenStream {
  /** Adds a token and returns the events that may be shown. `stopped`: a stop string was completed. */
  push(token: SampledToken): { events: TokenEvent[]; stopped: boolean }
  /** The events still held back, when the stream ends without a stop string. */
  flush(): TokenEvent[]
}

/** A token as it was sampled: its bytes, or its text where a token is never part of a character. */
export interface SampledToken extends Omit<TokenEvent, 'type' | 'text'> {
  bytes: Uint8Array | string
}

export function createTokenStream(stop: readonly string[]): TokenStream {
  const scanner = createStopScanner(stop)
  const decoder = createUtf8Decoder()
  let waiting: TokenEvent[] = []
  /** UTF-16 units of text in the events that were given out. */
  let given = 0

  function take(count: number): TokenEvent[] {
    const events = waiting.splice(0, count)
    for (const event of events) given += event.text.length
    return events
  }

  /** How many waiting events have all their text before `safe`. */
  function countBefore(safe: number): number {
    let end = given
    for (const [index, event] of waiting.entries()) {
      end += event.text.length
      if (end > safe) return index
    }
    return waiting.length
  }

  return {
    push({ bytes, ...rest }) {
      const text = typeof bytes === 'string' ? decoder.flush() + bytes : decoder.push(bytes)
      waiting.push({ type: 'token', ...rest, text })
      const { safe, stopped } = scanner.push(text)
      if (stopped) {
        // The event in which the stop string begins keeps the text before it; those after it are dropped.
        const events = take(countBefore(safe))
        const cut = waiting[0]
        if (cut && given < safe) events.push({ ...cut, text: cut.text.slice(0, safe - given) })
        while (events.at(-1)?.text === '') events.pop()
        waiting = []
        return { events, stopped }
      }
      // The last event waits for the rest of its character, so that U+FFFD has a place if that never comes.
      const complete = decoder.incomplete ? waiting.length - 1 : waiting.length
      return { events: take(Math.min(countBefore(safe), complete)), stopped }
    },
    flush() {
      const last = waiting.at(-1)
      if (last) last.text += decoder.flush()
      return take(waiting.length)
    },
  }
}
