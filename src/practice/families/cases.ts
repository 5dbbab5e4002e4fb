/** Which inputs tell something about a function: what comes of them differs. */
import type { Example } from '../language/value.ts'

/** Why nothing can be learnt from what came of some inputs; undefined where something can. */
export function degenerate(examples: readonly Example[]): string | undefined {
  if (examples.length < 20) return 'too few inputs fulfil what is required'
  const outcomes = new Map<string, number>()
  for (const { outcome } of examples) {
    if ('raised' in outcome && outcome.raised !== 'ValueError') return `${outcome.raised} comes of an input`
    const key = JSON.stringify(outcome)
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
  }
  const most = Math.max(...outcomes.values()) / examples.length
  if (outcomes.size === 1) return 'the outcome is the same for all inputs'
  return most > 0.97 ? 'the outcome is nearly always the same' : undefined
}

/** As many different outcomes as there are, then different inputs; short ones first. */
export function selectExamples(examples: readonly Example[], count: number): Example[] {
  const inputs = new Set<string>()
  const different = examples.filter(({ arguments: args }) => {
    const key = JSON.stringify(args)
    return !inputs.has(key) && inputs.add(key)
  })
  const sizes = new Map(different.map((example) => [example, JSON.stringify(example).length]))
  const byLength = [...different].sort((a, b) => (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0))
  const outcomes = new Set<string>()
  const fresh = byLength.filter(({ outcome }) => {
    const key = JSON.stringify(outcome)
    return !outcomes.has(key) && outcomes.add(key)
  })
  const chosen = new Set(spread(fresh, count))
  for (const example of byLength) if (chosen.size < count) chosen.add(example)
  return different.filter((example) => chosen.has(example))
}

/** So many items at equal distances, the first among them. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items]
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)] as T)
}
