import { UserError } from '../../lib/index.ts'
import { loadWasmFromPackage, openTreeReader } from '../../syntax/index.ts'
import { newChecker } from './check-expressions.ts'
import { checkProgram, closed } from './check-program.ts'
import { emptyTables, tablesOf } from './checker.ts'
import { coerce } from './coerce.ts'
import type { Expression, Program } from './program.ts'
import { readType } from './read-type.ts'
import { inRounds } from './rounds.ts'
import { newScope } from './scope.ts'
import { readSurface, refuse } from './surface.ts'
import type { Type } from './types.ts'

/**
 * Reads the surface of the exercise language, a typed part of Python (`docs/practice.md`). What is not of it is a
 * `UserError` that says where, what is wrong and what to write instead.
 */
export interface FrontEnd {
  /** The entry is the last function, or class where there is none, if it is not named. */
  parseProgram(source: string, options?: { entry?: string }): Program
  /**
   * An expression over variables of these types, and over the functions and classes of a program where one is given.
   * With `want` it is converted to that type.
   */
  parseExpression(
    source: string,
    variables: ReadonlyMap<string, Type>,
    options?: { program?: Program; want?: Type },
  ): Expression
  dispose(): void
}

/** Loads the grammar of Python, once for all that is read. */
export async function openFrontEnd(): Promise<FrontEnd> {
  const reader = await openTreeReader(loadWasmFromPackage, 'python')
  return {
    parseProgram: (source, { entry } = {}) => checkProgram(readSurface(reader, source), entry),
    parseExpression(source, variables, { program, want } = {}) {
      const module = readSurface(reader, source.trim())
      const [statement, more] = module.children
      const node = statement?.children[0]
      if (statement?.type !== 'expression_statement' || node === undefined || more !== undefined)
        return refuse(module, 'this is not one expression', 'Write one expression.')
      const places = [...variables].map(([name, type]) => ({ name, type, role: 'parameter' as const }))
      return inRounds(module, (round) => {
        const checker = newChecker(program ? tablesOf(program) : emptyTables(), newScope(places), round)
        const found = checker.check(node, want)
        return closed(module, round, want === undefined ? found : coerce(found, want, node))
      })
    },
    dispose: () => reader.dispose(),
  }
}

/**
 * Reads a type as annotations write it. Any name that begins with a capital and is not the language's is a class of
 * the program.
 */
export function parseType(text: string): Type {
  const named = (name: string): Type | undefined =>
    /^[A-Z]/.test(name) && !habitual.has(name) ? { kind: 'record', name } : undefined
  return readType(text, named, (problem, instead) => {
    throw new UserError(`\`${text}\`: ${problem}.`, instead)
  })
}

const habitual = new Set(['List', 'Dict', 'Set', 'Tuple', 'Optional', 'Union', 'Any', 'Callable'])
