import { constants } from 'node:os'
import type { StepResult } from './cell.ts'

const longest = 300

/** Why a step failed, in one line: the signal, the exception or the compiler's first error, else the exit status. */
export function reasonOf({ status, verdict, stderr, stdout }: StepResult): string {
  if (status === 0 && !verdict) return 'ended before its end'
  if (status < 0) return `killed by ${signalName(-status)}`
  // Some compilers, TypeScript's among them, print their errors to standard output.
  const line = errorLine(stderr) ?? errorLine(stdout)
  return line === undefined ? `exit status ${status}` : line.trim().slice(0, longest)
}

/** The last line that looks like an uncaught exception, else the first that speaks of an error. */
function errorLine(text: string): string | undefined {
  const lines = text.split('\n')
  return (
    lines.findLast((line) =>
      /^(Exception in thread|Uncaught |panic: )|^[\w.:]*(Error|Exception|Interrupt|Exit)\b/.test(line),
    ) ??
    lines.find((line) =>
      /\b(fatal |internal compiler )?error\b|panicked at|\((\w|::)+(Error|Exception)\)/i.test(line),
    )
  )
}

function signalName(signal: number): string {
  const entry = Object.entries(constants.signals).find(([, number]) => number === signal)
  return entry?.[0] ?? `signal ${signal}`
}
