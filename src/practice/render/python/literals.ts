import type { Program } from '../../language/program.ts'
import { NONE, type Type } from '../../language/types.ts'
import type { Value } from '../../language/value.ts'

export type Quote = "'" | '"'

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' }

/** A string literal in the wanted quotes, or in the others where that saves a backslash. */
export function quoted(text: string, wanted: Quote): string {
  const other = wanted === "'" ? '"' : "'"
  const quote = text.includes(wanted) && !text.includes(other) ? other : wanted
  return quote + escaped(text, quote) + quote
}

/** The text between quotes. */
export function escaped(text: string, quote: Quote): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be escaped.
  return text.replace(/[\\\x00-\x1f\x7f'"]/g, (character) => {
    if (character === "'" || character === '"') return character === quote ? `\\${character}` : character
    return escapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

/** A float as Python's `repr` has it: `3.0`, `1e-07`, `1e+16`. */
export function float(value: number): string {
  if (Number.isNaN(value)) return "float('nan')"
  if (!Number.isFinite(value)) return value > 0 ? "float('inf')" : "float('-inf')"
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [digits, exponent] = value.toExponential().split('e') as [string, string]
  const power = Number(exponent)
  if (power < -4 || power >= 16)
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  const plain = power < 0 ? value.toFixed(digits.replace(/\D/g, '').length - 1 - power) : String(value)
  return plain.includes('.') ? plain : `${plain}.0`
}

/** How values are written: for source, or as the interpreter shows a result (`repr`). */
export interface ValueForm {
  quote: Quote
  /** Tells the types of fields. */
  program?: Program
  /** `datetime.date(2024, 3, 1)`, `Point(x=1, y=2)`. */
  shown?: boolean
}

/** A value of `type` as an expression. */
export function valueLiteral(value: Value, type: Type, form: ValueForm): string {
  const list = (values: readonly Value[], of: (index: number) => Type) =>
    values.map((item, index) => valueLiteral(item, of(index), form)).join(', ')
  if (type.kind === 'optional') return value === null ? 'None' : valueLiteral(value, type.of, form)
  if (value === null) return 'None'
  if (typeof value === 'number') {
    if (type.kind !== 'float' && Number.isInteger(value)) return String(value)
    return form.shown ? float(value).replace(/float\('(.*)'\)/, '$1') : float(value)
  }
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return quoted(value, form.quote)
  const module = form.shown ? 'datetime.' : ''
  if ('days' in value)
    return `${module}timedelta(${form.shown && value.days === 0 ? '0' : `days=${value.days}`})`
  if ('date' in value) return `${module}date(${value.date.split('-').map(Number).join(', ')})`
  if ('list' in value) return `[${list(value.list, () => inner(type))}]`
  if ('set' in value) return value.set.length === 0 ? 'set()' : `{${list(value.set, () => inner(type))}}`
  if ('tuple' in value) {
    const types = type.kind === 'tuple' ? type.of : []
    return `(${list(value.tuple, (index) => types[index] ?? inner(type))}${value.tuple.length === 1 ? ',' : ''})`
  }
  if ('map' in value) {
    const [key, of] = type.kind === 'map' ? [type.key, type.value] : [NONE, NONE]
    return `{${value.map.map(([k, v]) => `${valueLiteral(k, key, form)}: ${valueLiteral(v, of, form)}`).join(', ')}}`
  }
  const declared = form.program?.records.find(({ name }) => name === value.record)
  const fields = Object.entries(value.fields).map(([name, field]) => {
    const type = declared?.fields.find((candidate) => candidate.name === name)?.type ?? NONE
    return `${form.shown ? `${name}=` : ''}${valueLiteral(field, type, form)}`
  })
  return `${value.record}(${fields.join(', ')})`
}

/** The type of a list's or set's items; where the type is not at hand, none, which leaves a whole number an int. */
function inner(type: Type): Type {
  return type.kind === 'list' || type.kind === 'set' ? type.of : NONE
}
