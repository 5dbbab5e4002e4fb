import { readFileSync } from 'node:fs'
import type { Program as SandboxProgram } from '../../../sandbox/index.ts'
import type { Rendered } from '../renderer.ts'
import { literal } from './literals.ts'

const harness = readFileSync(new URL('check-harness.js', import.meta.url), 'utf8')

/** Each rendering stands in a function of its own, which also keeps what it prints. */
export function check(language: 'javascript' | 'typescript', batch: readonly Rendered[]): SandboxProgram {
  const calls = batch.map((rendered, index) => {
    const code = rendered.code.replace(/^export /gm, '')
    const load = `() => {\nconst console = { log(..._) {} };\n${code}\nreturn ${rendered.entry};\n}`
    return `check(${index}, ${load}, [${examplesOf(rendered).join(', ')}]);\n`
  })
  return {
    language,
    source: `${harness}\n${calls.join('')}`,
    limits: { milliseconds: 20_000, outputBytes: 1 << 20 },
  }
}

function examplesOf({ program, examples }: Rendered): string[] {
  const result = program.functions.find(({ name }) => name === program.entry)?.result
  return examples.map(({ arguments: given, outcome }) => {
    const call = `arguments: () => [${given.map(literal).join(', ')}]`
    if ('raised' in outcome) return `{ ${call}, raises: true }`
    if (result?.kind === 'none') return `{ ${call}, nothing: true }`
    return `{ ${call}, value: () => (${literal(outcome.value)}) }`
  })
}
