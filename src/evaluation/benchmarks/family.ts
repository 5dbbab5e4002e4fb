import type { Benchmark } from '../problem.ts'
import type { DataOptions } from './data-file.ts'

/** Benchmarks that are built alike: a file of this folder each, listed in `benchmarks.ts`. */
export interface Family {
  /** As the command line names them. */
  names: string[]
  /** Reads one of them. Throws `UserError` for data that is absent or broken. */
  load(name: string, options: DataOptions): Promise<Benchmark>
}

/** The note that says a score is on a part of the official problems; none where all are there. */
export function partOf(official: number, here: number): string[] {
  return here === official ? [] : [`${here} of the official ${official} problems`]
}

/** What follows the family in a benchmark's name: `cpp` of `humaneval-x/cpp`. */
export function variantOf(name: string): string {
  return name.slice(name.indexOf('/') + 1)
}
