import type { SuggestionCache } from './cache.ts'
import type { Outcome } from './outcome.ts'
import { createPace } from './pace.ts'
import type { Situation } from './situation.ts'

/**
 * Follows one editor. It decides when to ask: a new line at once, other typing after a short tail; what the
 * reader types as suggested, never. One request is in flight at a time. Typing does not end it as long as the
 * text that streams in agrees with what is typed; only when the two part is it cancelled.
 */
export interface SuggestionSession {
  /** The text or the cursor changed, and a suggestion is wanted. */
  changed(situation: Situation): void
  /** Nothing is wanted any more: the reader dismissed it, or left. */
  cancel(): void
}

export interface SessionOptions {
  /** Makes a suggestion; it looks in `cache` and fills it. */
  suggest(situation: Situation, signal: AbortSignal, onText: (text: string) => void): Promise<Outcome>
  cache: SuggestionCache
  /** Called with each answer for the present situation, and with undefined when the shown one is void. */
  show(outcome: Outcome | undefined, situation: Situation): void
}

interface Flight {
  situation: Situation
  controller: AbortController
  streamed: string
}

export function createSession({ suggest, cache, show }: SessionOptions): SuggestionSession {
  const pace = createPace()
  let present: Situation | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let flight: Flight | undefined

  async function start(situation: Situation): Promise<void> {
    const own: Flight = { situation, controller: new AbortController(), streamed: '' }
    flight = own
    const outcome = await suggest(situation, own.controller.signal, (text) => {
      own.streamed = text
      if (present !== undefined && !agrees(own, present)) own.controller.abort()
    })
    if (flight !== own) return
    flight = undefined
    if (outcome.kind === 'suggestion' || outcome.reason !== 'cancelled') pace.answered(outcome.milliseconds)
    if (present === undefined) return
    if (isSame(situation, present) && !(outcome.kind === 'quiet' && outcome.reason === 'cancelled'))
      return show(outcome, present)
    // The reader typed on meanwhile: what came may still hold the rest.
    const rest = cache.find(present)
    if (rest === undefined) void start(present)
    else show(rest, present)
  }

  function stop(): void {
    clearTimeout(timer)
    flight?.controller.abort()
    flight = undefined
  }

  return {
    changed(situation) {
      const before = present
      present = situation
      clearTimeout(timer)
      const known = cache.find(situation)
      if (known !== undefined) {
        stop()
        return show(known, situation)
      }
      show(undefined, situation)
      if (flight !== undefined) {
        if (agrees(flight, situation)) return
        flight.controller.abort()
        flight = undefined
      }
      const wait = pace.typed(isNewLine(before, situation))
      if (wait === 0) void start(situation)
      else timer = setTimeout(() => void start(situation), wait)
    },
    cancel() {
      stop()
      present = undefined
    },
  }
}

function isSame(a: Situation, b: Situation): boolean {
  return a.offset === b.offset && a.text === b.text && a.language === b.language
}

/** Whether what has been typed since the request is, so far, what the model says. */
function agrees({ situation, streamed }: Flight, now: Situation): boolean {
  const prefix = situation.text.slice(0, situation.offset)
  const nowPrefix = now.text.slice(0, now.offset)
  if (now.language !== situation.language || !nowPrefix.startsWith(prefix)) return false
  if (now.text.slice(now.offset) !== situation.text.slice(situation.offset)) return false
  const typed = nowPrefix.slice(prefix.length)
  return streamed.startsWith(typed) || typed.startsWith(streamed)
}

function isNewLine(before: Situation | undefined, now: Situation): boolean {
  const typed = now.text.slice(0, now.offset)
  if (before === undefined || now.offset <= before.offset) return false
  return typed.startsWith(before.text.slice(0, before.offset)) && typed.slice(before.offset).includes('\n')
}
