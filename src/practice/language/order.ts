import type { FunctionDeclaration } from './program.ts'

/**
 * The first function that is used before it stands, with the one that uses it; two that use each other are let be.
 * `undefined` where each stands after what it uses.
 */
export function usedTooEarly(
  functions: readonly FunctionDeclaration[],
): { user: string; used: string } | undefined {
  const calls = new Map(functions.map((declared) => [declared.name, new Set(calledIn(declared.body))]))
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (seen.has(from)) return false
    seen.add(from)
    const called = [...(calls.get(from) ?? [])]
    return called.includes(to) || called.some((next) => reaches(next, to, seen))
  }
  const position = new Map(functions.map(({ name }, index) => [name, index]))
  for (const { name: user } of functions)
    for (const used of calls.get(user)!)
      if (position.get(used)! > position.get(user)! && !reaches(used, user)) return { user, used }
  return undefined
}

function calledIn(tree: unknown): string[] {
  if (tree === null || typeof tree !== 'object') return []
  const { kind, function: called } = tree as { kind?: string; function?: string }
  return [...(kind === 'call' ? [called!] : []), ...Object.values(tree).flatMap(calledIn)]
}
