/** What a running program is held to. */
export interface Limits {
  /** Statements, turns of loops and calls, with a share for long values that a builtin goes through. */
  steps: number
  /** Items of a list, set or map, characters of a string: of results and of what is made on the way. */
  size: number
  /** Calls inside calls. Python's own limit is 1000, and its harness takes some. */
  depth: number
  /** Go through sets, or maps, from the last to the first: a result that changes depends on their order. */
  backwards?: { sets: boolean; maps: boolean }
}

export const defaultLimits: Limits = { steps: 200_000, size: 100_000, depth: 400 }

/** Why there is no outcome: a limit, an integer that leaves ±(2^53 - 1), or what the interpreter does not do. */
export type StopReason = 'steps' | 'size' | 'depth' | 'range' | 'unsupported'

/** A Python exception in flight, by its class: `ValueError`, `IndexError`. */
export class Raised extends Error {
  override readonly name: string
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}

/** The interpreter gives up; no `try` of the program catches it. */
export class Stopped extends Error {
  readonly reason: StopReason
  constructor(reason: StopReason, message: string) {
    super(message)
    this.reason = reason
  }
}

export function unsupported(message: string): Stopped {
  return new Stopped('unsupported', message)
}

/** The counters of one run. Compiled code holds on to its machine, and every run starts it afresh. */
export interface Machine {
  limits: Limits
  depth: number
  /** The largest absolute value of any integer so far: renderers whose integers have 32 bits need to know. */
  largestInteger: number
  start(limits: Limits): void
  step(count?: number): void
  /** Checks an integer result and passes it on; also makes 0 of -0. */
  int(value: number): number
  /** Checks the length of a value that is about to be made, and charges for it. */
  size(length: number): void
}

export function createMachine(): Machine {
  let steps = 0
  return {
    limits: defaultLimits,
    depth: 0,
    largestInteger: 0,
    start(limits) {
      this.limits = limits
      this.depth = 0
      this.largestInteger = 0
      steps = 0
    },
    step(count = 1) {
      steps += count
      if (steps > this.limits.steps) throw new Stopped('steps', `more than ${this.limits.steps} steps`)
    },
    int(value) {
      const absolute = value < 0 ? -value : value
      if (absolute > this.largestInteger) {
        if (absolute > Number.MAX_SAFE_INTEGER) throw new Stopped('range', 'an integer leaves ±2^53')
        this.largestInteger = absolute
      }
      return value + 0
    },
    size(length) {
      if (length > this.limits.size)
        throw new Stopped('size', `a value of more than ${this.limits.size} items`)
      this.step(length >> 6)
    },
  }
}
