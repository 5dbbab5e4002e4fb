import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program as SandboxProgram } from '../../../sandbox/index.ts'
import { NONE } from '../../language/types.ts'
import type { Rendered } from '../renderer.ts'
import { escaped, valueLiteral } from './literals.ts'

const harness = readFileSync(join(import.meta.dirname, 'check.rb'), 'utf8')

/** Each rendering is defined, called and forgotten; see `check.rb`. */
export function check(batch: readonly Rendered[]): SandboxProgram {
  const renderings = batch.map((rendered) => {
    const parts = [rendered.code, rendered.entry, cases(rendered)]
    return `  [${parts.map((text) => `"${escaped(text)}"`).join(', ')}],\n`
  })
  return {
    language: 'ruby',
    source: `RENDERINGS = [\n${renderings.join('')}].freeze\n\n${harness}`,
    limits: { milliseconds: 60_000, outputBytes: 1 << 20 },
  }
}

/** A list of [arguments, expected], as source. */
function cases({ program, examples }: Rendered): string {
  const entry = program.functions.find(({ name }) => name === program.entry)
  const result = entry?.result ?? NONE
  const fieldsOf = (record: string) =>
    program.records.find(({ name }) => name === record)?.fields.map(({ type }) => type) ?? []
  const written = examples.map(({ arguments: args, outcome }) => {
    const given = args.map((arg, at) => valueLiteral(arg, entry?.parameters[at]?.type ?? NONE, '"', fieldsOf))
    if ('raised' in outcome) return `[[${given.join(', ')}], :raised]`
    const expected = result.kind === 'none' ? ':nothing' : valueLiteral(outcome.value, result, '"', fieldsOf)
    return `[[${given.join(', ')}], ${expected}]`
  })
  return `[${written.join(', ')}]`
}
