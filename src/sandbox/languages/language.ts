import type { Program, SandboxLanguage } from '../program.ts'

/**
 * How one language is compiled and run inside the sandbox. A language is a value of this type in a file of its own,
 * listed in `languages.ts`; the isolation knows nothing of languages, and languages nothing of the isolation.
 *
 * The run command starts a harness of ours, which runs the program and, only where it came back normally, reads the
 * nonce from file descriptor 3 and writes it to file descriptor 4. A program that leaves by `exit(0)` never gets
 * there, so an exit status is never a pass.
 */
export interface Language {
  name: SandboxLanguage
  /** Debian packages that bring the toolchain, for the sentence that says it is missing. */
  packages: string[]
  /** Paths outside the sandbox that must exist, such as `/usr/bin/go`. */
  needs: string[]
  /** What the toolchain reads outside `/usr`, such as `/etc/alternatives`: mounted read-only where it exists. */
  mounts?: string[]
  /** Tools that may lie anywhere outside, such as this process's own Node: outside path → path inside. */
  tools?: Record<string, string>
  /** Prints the version, outside the sandbox: no untrusted code runs. */
  version: string[]
  /** Files of ours beside the program, by absolute path on this machine: mounted read-only under `/harness`. */
  harness: string[]
  /**
   * A command of ours that makes what every program of this language would make again, such as a precompiled header.
   * Run in a sandbox once for each toolchain and harness, without any program: what it writes into `/cache` is kept,
   * and programs see it there read-only.
   */
  cache?: string[]
  /** What to write into `/cell` (the fresh writable folder, current directory), to compile and to run. */
  prepare(program: Program): Prepared
  /** Whether standard error tells of exhausted memory, such as Java's `OutOfMemoryError`. */
  ranOutOfMemory?(stderr: string): boolean
}

export interface Prepared {
  /** Relative path → text. */
  files: Record<string, string>
  /** What this program needs beyond its language, such as a library's folder: refused where a path is absent. */
  needs?: string[]
  /** Absent for what needs no compilation. */
  compile?: string[]
  run: string[]
  /** In place of `run`: source that a fork of a waiting Python interpreter runs. */
  python?: { source: string; tests: boolean }
  environment?: Record<string, string>
  memoryLimit: MemoryLimit
}

/**
 * How the memory of one process is limited, beside the private memory of all together, which is watched: by its address
 * space; for runtimes that reserve much of that, by private writable memory; for those that reserve much of that too,
 * by what is watched alone.
 */
export type MemoryLimit = 'address-space' | 'data' | 'resident'
