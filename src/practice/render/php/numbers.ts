import type { Expression } from '../../language/program.ts'

export function isInt(of: Expression | undefined, value: number): boolean {
  return intValue(of) === value
}

/** The value of an integer literal, with a sign or without. */
export function intValue(of: Expression | undefined): number | undefined {
  if (of?.kind === 'int') return of.value
  if (of?.kind === 'negate' && of.value.kind === 'int') return -of.value.value
  return undefined
}

/** Reading it twice is the same as once, and short. */
export function isSimple(of: Expression): boolean {
  if (of.kind === 'field') return isSimple(of.of)
  if (of.kind === 'convert' || of.kind === 'unwrap' || of.kind === 'negate') return isSimple(of.value)
  return ['name', 'self', 'int', 'float', 'string', 'bool', 'none'].includes(of.kind)
}
