import { NONE, type Type } from '../../language/types.ts'
import type { Value } from '../../language/value.ts'
import { Unsupported } from '../renderer.ts'
import { spell } from './spelling.ts'

export type Quote = "'" | '"'

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
}

/** A string literal: in single quotes, where those are wanted, unless something in it has to be escaped. */
export function quoted(text: string, wanted: Quote): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be escaped.
  const isPlain = !/['\\\x00-\x1f\x7f]/.test(text)
  return isPlain && (wanted === "'" || text.includes('"')) ? `'${text}'` : `"${escaped(text)}"`
}

/** The text between double quotes. */
export function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be escaped.
  return text.replace(/[\\"\x00-\x1f\x7f]|#(?=[{$@])/g, (character) => {
    if (character === '#') return '\\#'
    return escapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

export function float(value: number): string {
  if (Number.isNaN(value)) return 'Float::NAN'
  if (!Number.isFinite(value)) return value > 0 ? 'Float::INFINITY' : '-Float::INFINITY'
  const text = Object.is(value, -0) ? '-0' : String(value)
  if (/^-?\d+$/.test(text)) return `${text}.0`
  return text.replace(/^(-?\d+)e/, '$1.0e')
}

/** A value of `type` as an expression. Needs `set` and `date` where those occur. */
export function valueLiteral(
  value: Value,
  type: Type,
  quote: Quote,
  fields?: (record: string) => Type[],
): string {
  const of = (inner: Value, innerType: Type) => valueLiteral(inner, innerType, quote, fields)
  if (type.kind === 'optional') return of(value, value === null ? NONE : type.of)
  if (value === null) return 'nil'
  if (typeof value === 'number')
    return type.kind === 'float' || !Number.isInteger(value) ? float(value) : String(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value, quote)
  if ('days' in value) return String(value.days)
  if ('date' in value) return `Date.new(${value.date.split('-').map(Number).join(', ')})`
  const item = type.kind === 'list' || type.kind === 'set' ? type.of : NONE
  if ('list' in value) return `[${value.list.map((one) => of(one, item)).join(', ')}]`
  if ('set' in value)
    return value.set.length === 0 ? 'Set.new' : `Set[${value.set.map((one) => of(one, item)).join(', ')}]`
  if ('tuple' in value) {
    const types = type.kind === 'tuple' ? type.of : []
    return `[${value.tuple.map((one, index) => of(one, types[index] ?? NONE)).join(', ')}]`
  }
  if ('map' in value) {
    const [key, held] = type.kind === 'map' ? [type.key, type.value] : [NONE, NONE]
    if (value.map.length === 0) return '{}'
    return `{ ${value.map.map(([k, v]) => `${of(k, key)} => ${of(v, held)}`).join(', ')} }`
  }
  if (type.kind !== 'record' && type.kind !== 'none') throw new Unsupported(`a record as a ${type.kind}`)
  const types = fields?.(value.record) ?? []
  const args = Object.values(value.fields).map((field, index) => of(field, types[index] ?? NONE))
  return `${spell(value.record, 'type')}.new(${args.join(', ')})`
}
