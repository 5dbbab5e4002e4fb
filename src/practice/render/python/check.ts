import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program as SandboxProgram } from '../../../sandbox/index.ts'
import { NONE } from '../../language/types.ts'
import type { Rendered } from '../renderer.ts'
import { quoted, valueLiteral } from './literals.ts'

const harness = readFileSync(join(import.meta.dirname, 'check.py'), 'utf8')

/** Each rendering runs in a namespace of its own; see `check.py`. */
export function check(batch: readonly Rendered[]): SandboxProgram {
  const renderings = batch.map((rendered) => {
    const parts = [rendered.code, rendered.entry, cases(rendered)]
    return `    (${parts.map((text) => quoted(text, "'")).join(', ')}),\n`
  })
  return {
    language: 'python',
    source: `renderings = [\n${renderings.join('')}]\n\n${harness}`,
    limits: { milliseconds: 60_000, outputBytes: 1 << 20 },
  }
}

/** A list of (arguments, expected), as source. */
function cases({ program, examples }: Rendered): string {
  const entry = program.functions.find(({ name }) => name === program.entry)
  const form = { quote: '"' as const, program }
  const written = examples.map(({ arguments: args, outcome }) => {
    const given = args.map(
      (arg, index) => `${valueLiteral(arg, entry?.parameters[index]?.type ?? NONE, form)}, `,
    )
    const expected = 'raised' in outcome ? 'raised' : valueLiteral(outcome.value, entry?.result ?? NONE, form)
    return `((${given.join('')}), ${expected})`
  })
  return `[${written.join(', ')}]`
}
