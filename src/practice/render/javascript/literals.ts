import type { Value } from '../../language/value.ts'
import { Unsupported } from '../renderer.ts'
import type { Manner } from './manner.ts'
import { spell } from './spelling.ts'

const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

export function quoted(text: string, quote: Manner['quote'] = "'"): string {
  const other = quote === "'" ? '"' : "'"
  const mark = text.includes(quote) && !text.includes(other) ? other : quote
  return `${mark}${escaped(text).replaceAll(mark, `\\${mark}`)}${mark}`
}

/** Without what ends a line or cannot be seen. */
export function escaped(text: string): string {
  return text.replace(/[\\\p{C}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16)
    return (
      escapes[character] ?? (code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`)
    )
  })
}

/** Digits as JavaScript has them. */
export function number(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** `{ name: value }` without quotes where none are needed. */
export function fieldName(name: string, quote: Manner['quote'] = "'"): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, quote)
}

/** The value as an expression, on one line. Throws {@link Unsupported} for sets and maps of what has no identity. */
export function literal(value: Value): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return number(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if ('days' in value) return number(value.days)
  if ('date' in value) return `new Date('${value.date}')`
  if ('list' in value) return `[${value.list.map(literal).join(', ')}]`
  if ('tuple' in value) return `[${value.tuple.map(literal).join(', ')}]`
  if ('record' in value) {
    const fields = Object.entries(value.fields).map(([name, of]) => `${spell(name, 'field')}: ${literal(of)}`)
    return `{ ${fields.join(', ')} }`
  }
  if ('set' in value) {
    const items = value.set.map(identified)
    return items.length === 0 ? 'new Set()' : `new Set([${items.join(', ')}])`
  }
  const entries = value.map.map(([key, of]) => `[${identified(key)}, ${literal(of)}]`)
  return entries.length === 0 ? 'new Map()' : `new Map([${entries.join(', ')}])`
}

/** An item of a set or key of a map, of which equal ones have to be the same. */
function identified(value: Value): string {
  if (typeof value === 'object' && value !== null)
    throw new Unsupported('sets and maps find objects by identity')
  return literal(value)
}
