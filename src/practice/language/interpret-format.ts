import { isoFormat } from './interpret-dates.ts'
import { unsupported } from './interpret-machine.ts'
import { scaledToInteger } from './interpret-numbers.ts'
import type { Runtime } from './interpret-values.ts'
import type { FormatSpec } from './program.ts'
import type { Type } from './types.ts'

/** How Python spells values: `str`, and format specifications. */

/** `str(value)`, of what the front end lets be written as text. */
export function spell(value: Runtime, type: Type): string {
  switch (type.kind) {
    case 'string':
    case 'char':
      return value as string
    case 'int':
      return String(value)
    case 'float':
      return spellFloat(value as number)
    case 'bool':
      return value === true ? 'True' : 'False'
    case 'date':
      return isoFormat(value as number)
    default:
      throw unsupported(`the text of a ${type.kind}`)
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

/** `format(value, spec)`, as in f-strings. */
export function format(value: Runtime, type: Type, spec: FormatSpec): string {
  switch (type.kind) {
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
  if (spec.form !== undefined || spec.grouping === true || spec.precision !== undefined)
    throw unsupported('a format of numbers for a text')
  return align(text, spec, '<')
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
