export { openSandbox } from './open-sandbox.ts'
export {
  defaultLimits,
  type Limits,
  type Program,
  type ProgramCase,
  type SandboxLanguage,
  sandboxLanguages,
} from './program.ts'
export type { Sandbox, SandboxOptions } from './sandbox.ts'
export type { Failed, OutOfMemory, Passed, Ran, Refused, TimedOut, Toolchain, Verdict } from './verdict.ts'
