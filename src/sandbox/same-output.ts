import type { ProgramCase } from './program.ts'

/** Whether a program printed what a case expects, in the way that the case compares. */
export function isSameOutput(printed: string, { stdout, compare = 'text' }: ProgramCase): boolean {
  if (stdout === undefined || trimmed(printed) === trimmed(stdout)) return true
  return compare === 'tokens' && areSameTokens(tokensOf(printed), tokensOf(stdout))
}

/** Without trailing white space of lines and of the whole. */
function trimmed(text: string): string {
  return text.replace(/[^\S\n]+$/gm, '').trimEnd()
}

function tokensOf(text: string): string[] {
  return text.split(/\s+/).filter((token) => token !== '')
}

/** As the judge of xCodeEval, ntunlp/ExecEval, `execution_engine.py` (`validate_outputs`). */
function areSameTokens(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((token, index) => isSameToken(token, b[index]!))
}

const integer = /^[+-]?\d+$/
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const answers = new Set(['yes', 'no', 'true', 'false'])
const tolerance = 1e-12

function isSameToken(a: string, b: string): boolean {
  if (a === b) return true
  if (integer.test(a) && integer.test(b)) return BigInt(a.replace('+', '')) === BigInt(b.replace('+', ''))
  if (number.test(a) && number.test(b)) return Math.abs(Number(a) - Number(b)) <= tolerance
  return answers.has(a.toLowerCase()) && a.toLowerCase() === b.toLowerCase()
}
