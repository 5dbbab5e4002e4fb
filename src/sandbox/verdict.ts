import type { SandboxLanguage } from './program.ts'

/** What became of a program. Every outcome is to be expected, so none is thrown. */
export type Verdict = Passed | Failed | TimedOut | OutOfMemory | Refused

export interface Ran {
  /** The first bytes of its standard output, as far as `Limits.outputBytes`. Of the last case, where there are cases. */
  stdout: string
  stderr: string
  /** Wall time of compilation and runs together, without the wait for a free slot. */
  milliseconds: number
}

/** It ran to its end, and said so over the channel of the verdict. */
export interface Passed extends Ran {
  outcome: 'passed'
}

export interface Failed extends Ran {
  outcome: 'failed'
  stage: 'compile' | 'run'
  /** One line: the exception, the exit status, the signal, `ended before its end` for an early `exit(0)`. */
  reason: string
}

export interface TimedOut extends Ran {
  outcome: 'timed-out'
  stage: 'compile' | 'run'
}

export interface OutOfMemory extends Ran {
  outcome: 'out-of-memory'
}

/** It was not run at all: never to be counted as a failure of the program. */
export interface Refused {
  outcome: 'refused'
  cause: 'missing-toolchain' | 'no-sandbox' | 'too-large'
  /** What is wrong and what to do, in one sentence. */
  message: string
}

/** Whether a language can be run here. */
export type Toolchain =
  | { language: SandboxLanguage; present: true; version: string }
  | { language: SandboxLanguage; present: false; message: string }
