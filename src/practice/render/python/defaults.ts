import type { Expression, Parameter } from '../../language/program.ts'
import type { Writing } from './writing.ts'

/** The arguments without the last ones that are what their parameters have by default. */
export function withoutDefaults(
  args: readonly Expression[],
  parameters: readonly Parameter[],
): readonly Expression[] {
  const kept = args.findLastIndex((arg, index) => !isDefault(arg, parameters[index]?.default))
  return args.slice(0, kept + 1)
}

function isDefault(arg: Expression, literal: Expression | undefined): boolean {
  return literal !== undefined && JSON.stringify(arg) === JSON.stringify(literal)
}

export function constructorParameters(name: string, { program }: Writing): readonly Parameter[] {
  return program.classes.find((candidate) => candidate.name === name)?.constructor.parameters ?? []
}

export function functionParameters(name: string, { program }: Writing): readonly Parameter[] {
  return program.functions.find((candidate) => candidate.name === name)?.parameters ?? []
}

export function methodParameters(
  { of, name }: { of: Expression; name: string },
  { program }: Writing,
): readonly Parameter[] {
  const declared = program.classes.find(
    (candidate) => of.type.kind === 'record' && candidate.name === of.type.name,
  )
  return declared?.methods.find((method) => method.name === name)?.parameters ?? []
}
