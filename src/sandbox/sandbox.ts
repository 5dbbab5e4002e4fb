import type { Limits, Program, SandboxLanguage } from './program.ts'
import type { Toolchain, Verdict } from './verdict.ts'

export interface SandboxOptions {
  /** Programs at a time. Default: the number of cores. */
  slots?: number
  limits?: Partial<Limits>
}

/** Runs untrusted programs. Whoever opens one closes it. */
export interface Sandbox {
  /** Waits for a free slot, then runs. An abort kills the program and rejects with the signal's reason. */
  run(program: Program, signal?: AbortSignal): Promise<Verdict>
  toolchain(language: SandboxLanguage): Promise<Toolchain>
  close(): Promise<void>
}
