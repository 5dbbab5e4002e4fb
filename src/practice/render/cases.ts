import type { Program } from '../language/program.ts'
import type { Example, Value } from '../language/value.ts'

/** An example as plain JSON, for harnesses that read their values when they run. */
export interface Case {
  Arguments: unknown[]
  Raised: boolean
  Value: unknown
}

/** Values as they are, but records as `{ record: […] }` in the order of their fields and floats without JSON as words. */
export function casesOf(program: Program, examples: readonly Example[]): Case[] {
  const plain = (value: Value): unknown => {
    if (typeof value === 'number') return Number.isFinite(value) ? value : { float: spelled(value) }
    if (value === null || typeof value !== 'object' || 'days' in value || 'date' in value) return value
    if ('list' in value) return { list: value.list.map(plain) }
    if ('tuple' in value) return { tuple: value.tuple.map(plain) }
    if ('set' in value) return { set: value.set.map(plain) }
    if ('map' in value) return { map: value.map.map((entry) => entry.map(plain)) }
    const fields = program.records.find(({ name }) => name === value.record)?.fields ?? []
    return { record: fields.map(({ name }) => plain(value.fields[name]!)) }
  }
  return examples.map(({ arguments: args, outcome }) => ({
    Arguments: args.map(plain),
    Raised: 'raised' in outcome,
    Value: 'raised' in outcome ? null : plain(outcome.value),
  }))
}

function spelled(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
}
