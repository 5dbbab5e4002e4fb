/** Which inputs tell something about a function: what comes of them differs. */
import type { Example, Value } from '../language/value.ts'

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

/**
 * A few examples that say much: of the different inputs that can be written in a line, some with nothing, one thing or the
 * same thing in them, one error where there are errors, and for the rest as many different outcomes as there are.
 * Ordinary ones come first, in the order of the input, then edge cases, then errors.
 */
export function selectExamples(examples: readonly Example[], count: number): Example[] {
  const different = withoutRepeats(examples, ({ arguments: args }) => JSON.stringify(args))
  const short = different.filter(
    (example) => !hasInfinity(example.outcome) && lengthOf(example) <= longestShown,
  )
  const usable = short.length < count ? different : short
  const errors = usable.filter(({ outcome }) => 'raised' in outcome)
  const values = usable.filter(({ outcome }) => 'value' in outcome)
  const edges = values.filter(({ arguments: args }) => args.some(isEdge))
  const ordinary = values.filter(({ arguments: args }) => !args.some(isEdge))

  const fewErrors = telling(errors, errors.length === usable.length ? count : Math.ceil(count / 8))
  const left = count - fewErrors.length
  const fewEdges = telling(edges, Math.max(Math.floor(left / 3), left - ordinary.length))
  return [...telling(ordinary, left - fewEdges.length), ...fewEdges, ...fewErrors]
}

/** Characters of an example as JSON. */
const longestShown = 400

function lengthOf(example: Example): number {
  return JSON.stringify(example).length
}

/** JSON has no infinity, and few languages write it alike. */
function hasInfinity(part: unknown): boolean {
  if (typeof part === 'number') return !Number.isFinite(part)
  return typeof part === 'object' && part !== null && Object.values(part).some(hasInfinity)
}

/** As many different outcomes as there are, of all lengths; the given order is kept. */
function telling(examples: readonly Example[], count: number): Example[] {
  const byLength = [...examples].sort((a, b) => lengthOf(a) - lengthOf(b))
  const chosen = new Set(
    spread(
      withoutRepeats(byLength, ({ outcome }) => JSON.stringify(outcome)),
      count,
    ),
  )
  for (const example of byLength) if (chosen.size < count) chosen.add(example)
  return examples.filter((example) => chosen.has(example))
}

function withoutRepeats<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed()
}

/** Nothing, one thing, or one thing several times. */
export function isEdge(value: Value): boolean {
  if (value === null || value === 0 || value === '') return true
  if (typeof value === 'string') return value.length > 1 && new Set(value).size === 1
  if (typeof value !== 'object') return false
  if ('list' in value) return new Set(value.list.map((item) => JSON.stringify(item))).size <= 1
  if ('set' in value) return value.set.length <= 1
  return 'map' in value && value.map.length <= 1
}

/** So many items at equal distances, the first among them. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items]
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)] as T)
}
