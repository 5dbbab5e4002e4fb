import { constants } from 'node:os'
import type { StepAnswer, StepRequest, StepResult } from './cell.ts'
import { defaultEnvironment } from './environment.ts'
import type { Language } from './languages/language.ts'
import { languageOf } from './languages/languages.ts'
import type { Limits, Program, ProgramCase } from './program.ts'
import { reasonOf } from './reason.ts'
import { isSameOutput } from './same-output.ts'
import type { Ran, Verdict } from './verdict.ts'

export type StepAsker = (request: StepRequest, timeoutMilliseconds: number) => Promise<StepAnswer>

/** Beyond the program's own time: killing what it left, and removing its files. */
const graceMilliseconds = 15_000

/** Compiles a program, runs it once or once for each case, and says what became of it. */
export async function judge(program: Program, limits: Limits, ask: StepAsker): Promise<Verdict> {
  const language = languageOf(program.language)
  const {
    files,
    compile,
    run,
    python,
    environment = {},
    memoryLimit,
  } = language.prepare({ ...program, limits })
  const cases: (ProgramCase | undefined)[] = program.cases?.length ? program.cases : [undefined]
  const ran: Ran = { stdout: '', stderr: '', milliseconds: 0 }
  for (const [index, expected] of cases.entries()) {
    const fresh = index === 0
    const request: StepRequest = {
      ...limits,
      ...(fresh && { files, ...(compile && { compile }) }),
      ...(python ? { python } : { run }),
      stdin: expected?.stdin ?? '',
      environment: { ...defaultEnvironment, ...environment },
      memoryLimit,
      // All that is compared must be kept.
      outputBytes: Math.max(limits.outputBytes, 2 * Buffer.byteLength(expected?.stdout ?? '') + 1024),
      fresh,
    }
    const answer = await ask(request, limits.compileMilliseconds + limits.milliseconds + graceMilliseconds)
    for (const result of [answer.compile, answer.run]) if (result) note(ran, result, limits.outputBytes)
    const where = program.cases?.length ? `case ${index + 1}: ` : ''
    const failure =
      (answer.compile && failureOf(answer.compile, 'compile', language, ran)) ??
      (answer.run && failureOf(answer.run, 'run', language, ran, where)) ??
      (answer.run && mismatch(answer.run, expected, ran, where))
    if (failure) return failure
  }
  return { outcome: 'passed', ...ran }
}

function failureOf(
  result: StepResult,
  stage: 'compile' | 'run',
  language: Language,
  ran: Ran,
  where = '',
): Verdict | undefined {
  if (result.endedBy === 'time' || result.status === -constants.signals.SIGXCPU)
    return { outcome: 'timed-out', stage, ...ran }
  if (result.endedBy === 'memory') return { outcome: 'out-of-memory', ...ran }
  if (result.status === 0 && (result.verdict || stage === 'compile')) return undefined
  if (language.ranOutOfMemory?.(result.stderr)) return { outcome: 'out-of-memory', ...ran }
  return { outcome: 'failed', stage, reason: where + reasonOf(result), ...ran }
}

function mismatch(
  { stdout }: StepResult,
  expected: ProgramCase | undefined,
  ran: Ran,
  where: string,
): Verdict | undefined {
  if (expected === undefined || isSameOutput(stdout, expected)) return undefined
  return { outcome: 'failed', stage: 'run', reason: `${where}printed something else`, ...ran }
}

function note(ran: Ran, { stdout, stderr, milliseconds }: StepResult, outputBytes: number): void {
  ran.stdout = firstBytes(stdout, outputBytes)
  ran.stderr = firstBytes(stderr, outputBytes)
  ran.milliseconds += milliseconds
}

function firstBytes(text: string, bytes: number): string {
  return Buffer.byteLength(text) <= bytes ? text : Buffer.from(text).subarray(0, bytes).toString()
}
