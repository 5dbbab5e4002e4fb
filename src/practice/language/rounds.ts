/**
 * A program is checked in rounds. A use may come before what says its type: `if runs and runs[-1][0] == c`, and the
 * first `runs.append((c, 1))` below it. Then the statement is put off, the round goes on, and the next round knows what
 * this one found. A round that finds nothing new ends with the error that put the first statement off.
 */
import { UserError } from '../../lib/index.ts'
import { close, type Findings, isOpen } from './open-types.ts'
import { type Node, refuse } from './surface.ts'
import { Widen } from './unify.ts'

/** Not yet an error: the type of something is asked for before anything has said it. */
class NotYet {
  readonly error: unknown
  constructor(error: unknown) {
    this.error = error
  }
}

/** Puts off what is being checked; where nothing ever says the type, it is a `UserError` of these words. */
export function notYet(at: Node, problem: string, instead: string): never {
  try {
    return refuse(at, problem, instead)
  } catch (error) {
    throw new NotYet(error)
  }
}

export interface Round extends Findings {
  /** What was put off in this round. */
  putOff: NotYet[]
}

/** What the work gives, or undefined where it was put off. */
export function unlessPutOff<T>(round: Round, work: () => T): T | undefined {
  try {
    return work()
  } catch (reason) {
    if (!(reason instanceof NotYet)) throw reason
    round.putOff.push(reason)
    return undefined
  }
}

/** A text has fewer places whose types are found by uses. */
const mostRounds = 300

/** Does the work again and again, until all types are known and wide enough. */
export function inRounds<T>(at: Node, work: (round: Round) => T): T {
  const round: Round = { known: new Map(), met: new Map(), putOff: [] }
  for (let count = 0; count < mostRounds; count++) {
    round.met.clear()
    round.putOff = []
    const result = attempt(round, work)
    if ('done' in result) return result.done
    if (!result.again && !learn(round)) throw round.putOff[0]!.error
  }
  return refuse(at, 'the types of this do not come to an end', 'Annotate its variables.')
}

function attempt<T>(round: Round, work: (round: Round) => T): { done: T } | { again: boolean } {
  try {
    const done = unlessPutOff(round, () => work(round))
    return round.putOff.length === 0 ? { done: done as T } : { again: false }
  } catch (reason) {
    if (reason instanceof Widen) {
      for (const [site, type] of reason.types) round.known.set(site, type)
      return { again: true }
    }
    // What was put off may be the cause of any error that follows it.
    if (reason instanceof UserError && round.putOff.length > 0) return { again: false }
    throw reason
  }
}

/** Keeps what this round found; false where that is nothing new. */
function learn(round: Round): boolean {
  const before = round.known.size
  for (const [site, type] of round.met)
    if (!isOpen(type) && !round.known.has(site))
      round.known.set(
        site,
        close(type, (open) => open),
      )
  return round.known.size > before
}
