import { type FrontEnd, openFrontEnd, parseType } from '../front-end.ts'
import type { Program } from '../program.ts'
import { printExpression, printProgram } from './print-tree.ts'

/** The front end for tests, in their notation: surface text in, S-expressions out. */
export interface Reader {
  /** The tree of a whole program, without its last line, which names the entry. */
  tree(source: string): string
  /** The statements of a function with these parameters and this result, as one would write its body. */
  body(signature: string, source: string): string
  /** An expression over variables, such as `c: str` or `xs: list[int]`; a `char` may be had as `s[0]`. */
  expression(source: string, variables: string): string
  program(source: string): Program
  frontEnd: FrontEnd
}

export async function openReader(): Promise<Reader> {
  const frontEnd = await openFrontEnd()
  const tree = (source: string) => printProgram(frontEnd.parseProgram(source)).replace(/\nentry .*$/, '')
  return {
    frontEnd,
    tree,
    program: (source) => frontEnd.parseProgram(source),
    body(signature, source) {
      const lines = source.trim().split('\n')
      const printed = tree(`def f${signature}:\n${lines.map((line) => `    ${line}`).join('\n')}\n`)
      return printed
        .split('\n')
        .slice(1)
        .map((line) => line.slice(2))
        .join('\n')
    },
    expression(source, variables) {
      const types = variables.split(/, (?=\w+: )/).filter((one) => one !== '')
      const named = types.map((one) => one.split(': ') as [string, string])
      const map = new Map(named.map(([name, type]) => [name, parseType(type)]))
      return printExpression(frontEnd.parseExpression(source, map))
    },
  }
}
