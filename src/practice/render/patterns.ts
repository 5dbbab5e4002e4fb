import type { Binding, Statement } from '../language/program.ts'
import { mentions } from './walk.ts'

/** A loop's variable, or the variables that it is taken apart into. */
export type Pattern = Binding | Binding[]

/**
 * The variables of a loop as Python's text had them: `for i, (a, b) in …` is a loop over `i, pair` that begins with
 * `a, b = pair`.
 */
export function patternsOf({ names, body }: { names: readonly Binding[]; body: readonly Statement[] }): {
  patterns: Pattern[]
  body: readonly Statement[]
} {
  const [first, ...rest] = body
  if (
    names.length < 2 ||
    first?.kind !== 'unpack' ||
    first.value.kind !== 'name' ||
    !first.declares.every(Boolean)
  )
    return { patterns: [...names], body }
  const pair = first.value.name
  const parts = first.targets.flatMap((target) =>
    target.kind === 'name' ? [{ name: target.name, type: target.type }] : [],
  )
  if (!names.some(({ name }) => name === pair) || mentions(rest, pair) || rest.length === 0)
    return { patterns: [...names], body }
  return { patterns: names.map((binding) => (binding.name === pair ? parts : binding)), body: rest }
}
