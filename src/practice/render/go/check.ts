import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program as SandboxProgram } from '../../../sandbox/index.ts'
import { casesOf } from '../cases.ts'
import type { Rendered } from '../renderer.ts'
import { withoutTexts } from './helpers.ts'

const harness = readFileSync(join(import.meta.dirname, 'harness.go'), 'utf8')

/** All renderings in one file, where each declares its names with its number behind them; see `harness.go`. */
export function check(batch: readonly Rendered[]): SandboxProgram {
  const imports = new Set<string>()
  const parts = [harness, ...batch.map(({ code }, index) => numbered(code, index))].map((code) => {
    for (const path of importsIn(code)) imports.add(path)
    return withoutImports(code)
  })
  const calls = batch.map(({ entry, program, examples }, index) => {
    const declared = program.functions.find(({ name }) => name === program.entry)
    const optional = declared?.result.kind === 'optional'
    const cases = JSON.stringify(casesOf(program, examples)).replaceAll('`', '\\u0060')
    return `\tharnessVerify(${index}, ${entry}_${index}, ${optional}, \`${cases}\`)\n`
  })
  const quiet = '\tos.Stdout, _ = os.OpenFile(os.DevNull, os.O_WRONLY, 0)\n'
  const source = [
    'package main\n',
    `import (\n${[...imports]
      .toSorted()
      .map((path) => `\t"${path}"\n`)
      .join('')})\n`,
    ...parts,
    `func main() {\n${quiet}${calls.join('')}}\n`,
  ].join('\n')
  return {
    language: 'go',
    source,
    limits: { milliseconds: 20_000, compileMilliseconds: 60_000, outputBytes: 1 << 20 },
  }
}

const declaration = /^import (?:"[^"]+"|\(\n[^)]*\))\n+/m

function importsIn(code: string): string[] {
  return [...(declaration.exec(code)?.[0].matchAll(/"([^"]+)"/g) ?? [])].map(([, path]) => path!)
}

function withoutImports(code: string): string {
  return code.replace(/^package \w+\n+/m, '').replace(declaration, '')
}

/**
 * The code with `_INDEX` behind each name that it declares at its top. Fields and methods keep their names, unless a
 * function or type has the same: then whatever has that name is numbered, but for what packages have.
 */
function numbered(code: string, index: number): string {
  const bare = withoutTexts(code)
  const own = new Set([...bare.matchAll(/^(?:func|type|var|const) (\w+)/gm)].map(([, name]) => name!))
  const members = [...bare.matchAll(/^func \(\w+ \*?\w+\) (\w+)|^\t(\w+) +\S+$/gm)].map(([, a, b]) => a ?? b!)
  const everywhere = members.some((name) => own.has(name))
  const packages = new Set(importsIn(code).map((path) => path.split('/').at(-1)!))
  const tokens = /\/\/.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+'|(?:(\w+)\.)?\b([A-Za-z_]\w*)\b/g
  const selected = /\.$/
  return code.replace(tokens, (token, of: string | undefined, name: string | undefined, at: number) => {
    if (name === undefined) return token
    if (of !== undefined) {
      const first = own.has(of) && !selected.test(code.slice(0, at)) ? `${of}_${index}` : of
      return `${first}.${own.has(name) && everywhere && !packages.has(of) ? `${name}_${index}` : name}`
    }
    const isSelected = selected.test(code.slice(0, at))
    return own.has(name) && (!isSelected || everywhere) ? `${name}_${index}` : token
  })
}
