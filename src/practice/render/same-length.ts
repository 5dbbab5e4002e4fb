import type { Expression, Statement } from '../language/program.ts'

/**
 * Answers whether a function leaves where two variables differ in length, as a check at its beginning does. What adds to
 * or takes from one of them afterwards is not looked for: a rendering is run before it is believed.
 */
export function sameLengthIn(body: readonly Statement[]): (a: Expression, b: Expression) => boolean {
  const pairs = new Set<string>()
  for (const statement of body) {
    const leaves =
      statement.kind === 'if' && statement.branches.length === 1 && ends(statement.branches[0]!.body)
    if (!leaves) continue
    for (const part of alternatives(statement.branches[0]!.condition)) {
      if (part.kind !== 'compare' || part.operator !== '!=') continue
      const [a, b] = [measured(part.left), measured(part.right)]
      if (a !== undefined && b !== undefined) pairs.add(`${a} ${b}`).add(`${b} ${a}`)
    }
  }
  return (a, b) => a.kind === 'name' && b.kind === 'name' && pairs.has(`${a.name} ${b.name}`)
}

function ends(body: readonly Statement[]): boolean {
  const last = body.at(-1)
  return last?.kind === 'return' || last?.kind === 'raise'
}

/** What a condition is the `or` of. */
function alternatives(of: Expression): Expression[] {
  if (of.kind === 'logic' && of.operator === 'or')
    return [...alternatives(of.left), ...alternatives(of.right)]
  return [of]
}

/** `xs` of `len(xs)`. */
function measured(of: Expression): string | undefined {
  const list = of.kind === 'builtin' && of.name === 'len' ? of.arguments[0] : undefined
  return list?.kind === 'name' ? list.name : undefined
}
