import type { Expression, Parameter } from '../../language/program.ts'

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
