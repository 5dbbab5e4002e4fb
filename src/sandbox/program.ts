/** Languages that the sandbox can run, in the order of reports. */
export const sandboxLanguages = [
  'python',
  'javascript',
  'typescript',
  'go',
  'java',
  'rust',
  'cpp',
  'c',
  'ruby',
  'php',
  'bash',
] as const

export type SandboxLanguage = (typeof sandboxLanguages)[number]

/** A program to run. It passes when it runs to its own end without an error (and, with `cases`, prints what they say). */
export interface Program {
  language: SandboxLanguage
  /** The whole source, tests included. */
  source: string
  /**
   * Where it starts: `main` runs the file as a script or by its main function; `tests` runs the language's own unit
   * tests (Go's `TestXxx`, Rust's `#[test]`). Default `main`.
   */
  entry?: 'main' | 'tests'
  /** Run once for each case, after one compilation: standard input, and the standard output that is expected. */
  cases?: ProgramCase[]
  limits?: Partial<Limits>
}

export interface ProgramCase {
  stdin: string
  /** Absent: anything may be printed. */
  stdout?: string
  /**
   * `text`: but for trailing white space of lines and of the whole. `tokens`: also word by word, numbers by their value
   * and yes, no, true and false in any case, as judges of contests do. Default `text`.
   */
  compare?: 'text' | 'tokens'
}

/** What one program may use. Compilation has its own wall time; the rest holds for both. */
export interface Limits {
  /** Wall time of one run. */
  milliseconds: number
  /** Wall time of the compilation. */
  compileMilliseconds: number
  /** Memory of the run, of all its processes together where the kernel allows it, else of each. */
  bytes: number
  /** What it may write into its folder. */
  diskBytes: number
  /** Processes and threads at a time. */
  processes: number
  /** Kept of standard output and of standard error, each; what comes after is dropped. */
  outputBytes: number
}

export const defaultLimits: Limits = {
  milliseconds: 3_000,
  compileMilliseconds: 30_000,
  bytes: 1 << 30,
  diskBytes: 64 << 20,
  processes: 64,
  outputBytes: 64 << 10,
}
