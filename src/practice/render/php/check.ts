import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program as SandboxProgram } from '../../../sandbox/index.ts'
import { NONE } from '../../language/types.ts'
import type { Rendered } from '../renderer.ts'
import { valueLiteral } from './literals.ts'

const harness = readFileSync(join(import.meta.dirname, 'check.php'), 'utf8')

/** Each rendering is evaluated in a namespace of its own; see `check.php`. */
export function check(batch: readonly Rendered[]): SandboxProgram {
  const renderings = batch.map((rendered) => {
    const parts = [rendered.code, rendered.entry, cases(rendered)]
    return `    [${parts.map(plainString).join(', ')}],\n`
  })
  return {
    language: 'php',
    source: `<?php\n$renderings = [\n${renderings.join('')}];\n\n${harness}`,
    limits: { milliseconds: 60_000, outputBytes: 1 << 20 },
  }
}

function plainString(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

/** A list of [arguments, expected], as source. */
function cases({ program, examples }: Rendered): string {
  const entry = program.functions.find(({ name }) => name === program.entry)
  const result = entry?.result ?? NONE
  const fieldsOf = (record: string) =>
    program.records.find(({ name }) => name === record)?.fields.map(({ type }) => type) ?? []
  const written = examples.map(({ arguments: args, outcome }) => {
    const given = args.map((arg, at) => valueLiteral(arg, entry?.parameters[at]?.type ?? NONE, fieldsOf))
    if ('raised' in outcome) return `[[${given.join(', ')}], \\RAISED]`
    const expected = result.kind === 'none' ? '\\NOTHING' : valueLiteral(outcome.value, result, fieldsOf)
    return `[[${given.join(', ')}], ${expected}]`
  })
  return `[${written.join(', ')}]`
}
