/** How checks report what they find, and what no text may hold. */
import type { Family, Stage } from './family.ts'
import type { Problem } from './load.ts'

export type Path = (string | number)[]
export type Report = (path: Path, message: string) => void

/** Collects problems of one entry, each once. */
export function reporter(entry: Family | Stage): { problems: Problem[]; report: Report } {
  const problems: Problem[] = []
  const of = 'family' in entry ? entry.family : entry.stage
  const report: Report = (path, message) => {
    const steps = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    const field = steps.join('').replace(/^\./, '')
    const line = entry.lineOf(path)
    const whole = field === '' ? message : `${field}: ${message}`
    if (problems.some((other) => other.line === line && other.message === whole)) return
    problems.push({ file: entry.place.file, line, of, message: whole })
  }
  return { problems, report }
}

/** Writes names as they are, for messages. */
export const plain = { spell: (name: string) => name, literal: (value: unknown) => String(value) }

/** What no text may hold, outside spans of code. */
export function faultOf(text: string): string | undefined {
  if ((text.match(/`/g)?.length ?? 0) % 2 === 1) return 'a backtick without its other'
  const prose = text.replace(/`[^`]*`/g, '`')
  if (/[{}]/.test(prose)) return 'a brace is left'
  if (/\|/.test(prose)) return 'a | is left'
  if ((prose.match(/\[/g)?.length ?? 0) !== (prose.match(/\]/g)?.length ?? 0)) return 'a bracket is left'
  if (/\$[a-z_]/.test(prose)) return 'an axis is left'
  if (/ {2}| [.,;]( |$)|\.\.( |$)|,\.|\(\s|\s\)/.test(prose)) return 'stray punctuation'
  return undefined
}
