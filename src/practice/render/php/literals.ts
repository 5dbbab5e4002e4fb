import { NONE, type Type } from '../../language/types.ts'
import type { Value } from '../../language/value.ts'
import { Unsupported } from '../renderer.ts'

/** A string literal: in single quotes unless something in it has to be escaped. */
export function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be escaped.
  if (/[\x00-\x1f\x7f]/.test(text)) return `"${escaped(text)}"`
  return `'${text.replace(/\\(?=\\|'|$)|'/g, '\\$&')}'`
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' }

/** The text between double quotes. */
export function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be escaped.
  return text.replace(/[\\"$\x00-\x1f\x7f]|\{(?=\$)/g, (character) => {
    if ('\\"$'.includes(character)) return `\\${character}`
    if (character === '{') return '{'
    return escapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

export function float(value: number): string {
  if (Number.isNaN(value)) return 'NAN'
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF'
  const text = Object.is(value, -0) ? '-0' : String(value)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}

/** A value of `type` as an expression. Sets are arrays with their items as keys. */
export function valueLiteral(value: Value, type: Type, fields?: (record: string) => Type[]): string {
  const of = (inner: Value, innerType: Type) => valueLiteral(inner, innerType, fields)
  if (type.kind === 'optional') return of(value, value === null ? NONE : type.of)
  if (value === null) return 'null'
  if (typeof value === 'number')
    return type.kind === 'float' || !Number.isInteger(value) ? float(value) : String(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if ('days' in value) return String(value.days)
  if ('date' in value) return `new DateTimeImmutable('${value.date}')`
  const item = type.kind === 'list' || type.kind === 'set' ? type.of : NONE
  if ('list' in value) return `[${value.list.map((one) => of(one, item)).join(', ')}]`
  if ('set' in value) return `[${value.set.map((one) => `${asKey(one, item)} => true`).join(', ')}]`
  if ('tuple' in value) {
    const types = type.kind === 'tuple' ? type.of : []
    return `[${value.tuple.map((one, index) => of(one, types[index] ?? NONE)).join(', ')}]`
  }
  if ('map' in value) {
    const [key, held] = type.kind === 'map' ? [type.key, type.value] : [NONE, NONE]
    return `[${value.map.map(([k, v]) => `${asKey(k, key)} => ${of(v, held)}`).join(', ')}]`
  }
  const types = fields?.(value.record) ?? []
  const args = Object.values(value.fields).map((field, index) => of(field, types[index] ?? NONE))
  return `new ${value.record}(${args.join(', ')})`
}

function asKey(value: Value, type: Type): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Unsupported('such a key of an array')
  return valueLiteral(value, type)
}
