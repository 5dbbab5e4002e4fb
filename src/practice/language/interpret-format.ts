import { calendarDay, isoFormat, spellDays } from './interpret-dates.ts'
import { Raised, unsupported } from './interpret-machine.ts'
import { scaledToInteger } from './interpret-numbers.ts'
import type { Instance, MapValue, Runtime, SetValue } from './interpret-values.ts'
import type { FormatSpec } from './program.ts'
import type { Type } from './types.ts'

/** How Python spells values: `str`, `repr` and format specifications. */

/** `str(value)`. Maps are spelt in their order of insertion. */
export function spell(value: Runtime, type: Type): string {
  if (type.kind === 'optional') return value === null ? 'None' : spell(value, type.of)
  if (type.kind === 'string' || type.kind === 'char') return value as string
  if (type.kind === 'date') return isoFormat(value as number)
  if (type.kind === 'days') return spellDays(value as number)
  return represent(value, type)
}

/** `repr(value)`. */
export function represent(value: Runtime, type: Type): string {
  switch (type.kind) {
    case 'int':
      return String(value)
    case 'float':
      return spellFloat(value as number)
    case 'bool':
      return value === true ? 'True' : 'False'
    case 'none':
      return 'None'
    case 'string':
    case 'char':
      return quote(value as string)
    case 'date': {
      const { year, month, day } = calendarDay(value as number)
      return `datetime.date(${year}, ${month}, ${day})`
    }
    case 'days':
      return `datetime.timedelta(${value === 0 ? '0' : `days=${value}`})`
    case 'optional':
      return value === null ? 'None' : represent(value, type.of)
    case 'list':
      return `[${(value as Runtime[]).map((item) => represent(item, type.of)).join(', ')}]`
    case 'tuple': {
      const items = (value as Runtime[]).map((item, index) => represent(item, type.of[index]!))
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
    }
    case 'set': {
      const items = [...(value as SetValue).entries.values()].map((item) => represent(item, type.of))
      if (items.length > 1) throw unsupported('the text of a set, whose order is not said')
      return items.length === 0 ? 'set()' : `{${items[0]}}`
    }
    case 'map': {
      const pairs = [...(value as MapValue).entries.values()].map(
        ([key, item]) => `${represent(key, type.key)}: ${represent(item, type.value)}`,
      )
      return `{${pairs.join(', ')}}`
    }
    case 'record': {
      const { layout, fields } = value as Instance
      if (layout.isClass) throw unsupported('the text of an object, which holds its address')
      const spelled = layout.declaration.fields.map(
        (field, place) => `${field.name}=${represent(fields[place], field.type)}`,
      )
      return `${layout.declaration.name}(${spelled.join(', ')})`
    }
    case 'function':
      throw unsupported('the text of a function')
  }
}

/** The shortest digits that read back as the same float, in Python's notation: `1e+16`, `5.0`, `1e-05`. */
export function spellFloat(x: number): string {
  if (!Number.isFinite(x)) return spellSpecial(x)
  const sign = x < 0 || Object.is(x, -0) ? '-' : ''
  const [mantissa = '', exponent = ''] = Math.abs(x).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const point = Number(exponent) + 1
  if (point > 16 || point < -3) {
    const power = String(Math.abs(point - 1)).padStart(2, '0')
    return `${sign}${mantissa}e${point < 1 ? '-' : '+'}${power}`
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (digits.length <= point) return `${sign}${digits.padEnd(point, '0')}.0`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

function spellSpecial(x: number): string {
  return Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf'
}

/** A string literal: in single quotes unless only those occur in it. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const body = text.replace(/[\\'"]|\p{C}|[^\P{Z} ]/gu, (character) => {
    if (character === '\\' || character === mark) return `\\${character}`
    if (character === "'" || character === '"') return character
    const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character]
    if (named !== undefined) return named
    const code = character.charCodeAt(0)
    return code < 256
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
  return mark + body + mark
}

/** `format(value, spec)`, as in f-strings. */
export function format(value: Runtime, type: Type, spec: FormatSpec): string {
  switch (type.kind) {
    case 'optional':
      if (value === null) throw new Raised('TypeError', 'unsupported format string passed to NoneType')
      return format(value, type.of, spec)
    case 'string':
    case 'char':
      return formatText(value as string, spec)
    case 'bool':
      return formatNumber(Number(value), true, spec)
    case 'int':
      return formatNumber(value as number, true, spec)
    case 'float':
      return formatNumber(value as number, false, spec)
    default:
      throw unsupported(`a format of a ${type.kind}`)
  }
}

function formatText(text: string, spec: FormatSpec): string {
  if (spec.form !== undefined || spec.grouping === true) throw unsupported('a format of numbers for a text')
  const shown = spec.precision === undefined ? text : text.slice(0, spec.precision)
  return align(shown, spec, '<')
}

function formatNumber(x: number, isInteger: boolean, spec: FormatSpec): string {
  const sign = x < 0 || Object.is(x, -0) ? '-' : ''
  const { whole, rest } = digitsOf(Math.abs(x), isInteger, spec)
  const room = (spec.width ?? 0) - sign.length - rest.length
  if (spec.fill === '0' && spec.align === undefined) {
    const zeros = spec.grouping === true ? padGrouped(whole, room) : whole.padStart(room, '0')
    return sign + zeros + rest
  }
  return align(sign + (spec.grouping === true ? group(whole) : whole) + rest, spec, '>')
}

/** The digits before the point, and what follows them. */
function digitsOf(x: number, isInteger: boolean, spec: FormatSpec): { whole: string; rest: string } {
  const { form, precision } = spec
  if (form === 'f' || form === '%') {
    const text = fixed(form === '%' ? x * 100 : x, precision ?? 6) + (form === '%' ? '%' : '')
    return cutWhole(text)
  }
  if (precision !== undefined) throw unsupported('a precision without f or %')
  if (!isInteger) {
    if (form !== undefined) throw unsupported('a format of integers for a float')
    return cutWhole(spellFloat(x))
  }
  if (form === undefined || form === 'd') return { whole: String(x), rest: '' }
  if (spec.grouping === true) throw unsupported('commas in digits that are not decimal')
  const digits = x.toString({ b: 2, o: 8, x: 16, X: 16 }[form])
  return { whole: form === 'X' ? digits.toUpperCase() : digits, rest: '' }
}

function cutWhole(text: string): { whole: string; rest: string } {
  const end = text.search(/[^0-9]|$/)
  return { whole: text.slice(0, end), rest: text.slice(end) }
}

/** `format(x, '.2f')` without a sign: the exact decimal value of the float, a tie to the even digit. */
function fixed(x: number, precision: number): string {
  if (!Number.isFinite(x)) return spellSpecial(x)
  const digits = scaledToInteger(x, precision)
    .toString()
    .padStart(precision + 1, '0')
  const point = digits.length - precision
  return precision === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
}

function group(digits: string): string {
  return digits.replace(/\B(?=(?:[0-9]{3})+$)/g, ',')
}

/** Zeros before the number are grouped too, and none begins with a comma: `001,234`. */
function padGrouped(digits: string, room: number): string {
  let padded = digits
  while (group(padded).length < room) padded = `0${padded}`
  return group(padded)
}

function align(text: string, spec: FormatSpec, usual: '<' | '>'): string {
  const missing = Math.max(0, (spec.width ?? 0) - text.length)
  const side = spec.align ?? usual
  const before = side === '<' ? 0 : side === '>' ? missing : Math.floor(missing / 2)
  const fill = spec.fill ?? ' '
  return fill.repeat(before) + text + fill.repeat(missing - before)
}
