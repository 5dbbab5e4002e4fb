import type { Expression } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { expression, levels } from './expressions.ts'
import type { Writing } from './writing.ts'

/** A lambda, or the name of a function that does the same: `len` for `lambda word: len(word)`. */
export function lambda(of: Expression & { kind: 'lambda' }, writing: Writing): Operand {
  const names = of.parameters.map(({ name }) => name)
  const named = sameFunction(of.body, names, writing)
  if (named !== undefined) return { doc: named, level: levels.atom }
  return { doc: ['lambda ', names.join(', '), ': ', expression(of.body, writing)], level: levels.lambda }
}

function sameFunction(body: Expression, names: readonly string[], writing: Writing): string | undefined {
  const arePassed = (args: readonly Expression[]) =>
    args.length === names.length &&
    args.every((arg, index) => arg.kind === 'name' && arg.name === names[index])
  if (body.kind === 'call') return arePassed(body.arguments) ? body.function : undefined
  if (body.kind === 'index') {
    const { of, index } = body
    const isLookup = writing.keyGet && of.kind === 'name' && of.type.kind === 'map' && of.name !== names[0]
    return isLookup && arePassed([index]) ? `${of.name}.get` : undefined
  }
  if (body.kind !== 'builtin' || body.options || !arePassed(body.arguments)) return undefined
  if (body.name.startsWith('str.')) return body.arguments[0]!.type.kind === 'string' ? body.name : undefined
  return functions.has(body.name) ? body.name : undefined
}

const functions: ReadonlySet<string> = new Set([
  'len',
  'sum',
  'min',
  'max',
  'abs',
  'int',
  'float',
  'str',
  'ord',
  'sorted',
])
