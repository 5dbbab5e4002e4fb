import type { Program, SandboxLanguage } from '../sandbox/index.ts'

/** One problem of a benchmark: what the model sees, and how its completion is judged. */
export interface Problem {
  /** As the benchmark names it, such as `HumanEval/0`. */
  id: string
  language: SandboxLanguage
  prompt: ProblemPrompt
  /** Where the benchmark's authors cut a completion; the text of the stop itself is not part of it. */
  stops: string[]
  maxTokens: number
  /** Cuts a completion further than the stops can, such as after the closing brace of the function. */
  trim?(completion: string): string
  /** The program that judges the (trimmed) completion by running; absent where it is only compared. */
  program?(completion: string): Program
  /** A right completion, for exact match and for known-answer tests. */
  reference?: string
}

export type ProblemPrompt =
  | { kind: 'prefix'; text: string }
  | { kind: 'infill'; prefix: string; suffix: string }

export interface Benchmark {
  /** As the command line names it: `humaneval`, `multipl-e/humaneval-ts`, `infilling/single-line`. */
  name: string
  title: string
  /** What a score means: the share that passes when run, or that equals the reference (white space at the ends aside). */
  judge: 'run' | 'match'
  licence: string
  /** The official place. */
  url: string
  problems: Problem[]
  /** What was left out of the data and why, such as a language that is not run; shown with every score. */
  notes: string[]
}
