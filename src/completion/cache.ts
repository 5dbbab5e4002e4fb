import type { Outcome } from './outcome.ts'
import { type Situation, surroundings } from './situation.ts'
import { trimToDocument } from './trim.ts'

/**
 * Remembers what was asked. A reader who types what a suggestion says, or takes a word of it, gets the rest
 * without a request; one who comes back to a place gets its answer again.
 */
export interface SuggestionCache {
  /** What is known for this situation: the answer itself, or the rest of a suggestion that is being typed. */
  find(situation: Situation): Outcome | undefined
  add(situation: Situation, outcome: Outcome): void
  /** Forgets all, as after a change of model. */
  clear(): void
}

interface Entry {
  language: string
  prefix: string
  suffix: string
  outcome: Outcome
}

export function createCache(size = 100): SuggestionCache {
  /** Oldest first. */
  let entries: Entry[] = []

  return {
    find({ text, offset, language }) {
      const prefix = text.slice(0, offset)
      const suffix = text.slice(offset)
      for (const entry of entries.toReversed()) {
        if (entry.language !== language || !prefix.startsWith(entry.prefix)) continue
        const outcome = restOf(entry, prefix.slice(entry.prefix.length), suffix)
        if (outcome === undefined) continue
        entries = [...entries.filter((other) => other !== entry), entry]
        return outcome
      }
      return undefined
    },
    add({ text, offset, language }, outcome) {
      const prefix = text.slice(0, offset)
      const suffix = text.slice(offset)
      const others = entries.filter(
        (entry) => entry.prefix !== prefix || entry.suffix !== suffix || entry.language !== language,
      )
      entries = [...others, { language, prefix, suffix, outcome }].slice(-size)
    },
    clear() {
      entries = []
    },
  }
}

/** What an entry says once `typed` has been typed since, or undefined where it says nothing. */
function restOf(
  { prefix, suffix: before, outcome }: Entry,
  typed: string,
  suffix: string,
): Outcome | undefined {
  if (typed === '') return suffix === before ? outcome : undefined
  if (outcome.kind !== 'suggestion' || !outcome.text.startsWith(typed)) return undefined
  const rest = outcome.text.slice(typed.length)
  if (suffix === before) return rest.trim() === '' ? undefined : { ...outcome, text: rest, milliseconds: 0 }
  // An editor that closes brackets has put some right of the cursor.
  const closed = suffix.endsWith(before) ? suffix.slice(0, suffix.length - before.length) : ''
  if (!/^[)\]}"'`]+$/.test(closed)) return undefined
  const around = surroundings({ text: prefix + typed + suffix, offset: prefix.length + typed.length })
  const trimmed = trimToDocument(rest, around)
  return trimmed === '' ? undefined : { ...outcome, text: trimmed, milliseconds: 0 }
}
