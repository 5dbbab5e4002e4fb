import type { Expression, FormatPart, FormatSpec } from '../../language/program.ts'
import * as build from '../build.ts'
import { Unsupported } from '../renderer.ts'
import { looseChar } from './characters.ts'
import { expression, lowered, several } from './expressions.ts'
import { quoted } from './literals.ts'
import { atom, binary, call, type Go, method } from './syntax.ts'
import { helper, type Writing } from './writing.ts'

/** An f-string: `fmt.Sprintf`, or the strings beside each other where there is no more to it. */
export function formatted(parts: readonly (string | FormatPart)[], writing: Writing): Go {
  const values = parts.filter((part) => typeof part !== 'string')
  const written = several(
    values.map(({ value }) => value),
    writing,
    (_, index) => shown(values[index]!, writing),
  )
  const verbs = values.map(({ value, spec }) => verbOf(value, spec))
  if (values.length === 0) return atom(quoted(parts.join('')))
  const [only] = written
  if (parts.length === 1 && verbs[0] === '%s') return only!
  if (parts.length === 1 && verbs[0] === '%d') return call('strconv.Itoa', only!)
  if (verbs.every((verb) => verb === '%s') && parts.length <= 3) return joined(parts, written)
  let next = 0
  const template = parts.map((part) =>
    typeof part === 'string' ? part.replaceAll('%', '%%') : verbs[next++]!,
  )
  return call('fmt.Sprintf', atom(quoted(template.join(''))), ...written)
}

function joined(parts: readonly (string | FormatPart)[], values: readonly Go[]): Go {
  let next = 0
  const pieces = parts.map((part) => (typeof part === 'string' ? atom(quoted(part)) : values[next++]!))
  return pieces.reduce((left, right) => binary(left, '+', right))
}

/** The value as `fmt` is given it. */
function shown({ value, spec }: FormatPart, writing: Writing): Go {
  if (spec && needsHelp(value, spec)) return helped(value, spec, writing)
  if (value.type.kind === 'char') return looseChar(value, writing).go
  if (value.type.kind === 'bool' || (value.type.kind === 'float' && !spec?.form))
    return textOf(value, writing)
  if (value.type.kind === 'date') return method(expression(value, writing), 'Format', atom('"2006-01-02"'))
  if (spec?.form === '%') return binary(expression(value, writing), '*', atom('100'))
  return expression(value, writing)
}

/** The verb that shows a value as Python does. */
function verbOf(value: Expression, spec: FormatSpec | undefined): string {
  if (spec && needsHelp(value, spec)) return '%s'
  const { width, align, form, precision } = spec ?? {}
  const isText = ['string', 'char', 'date'].includes(value.type.kind)
  const left = align === '<' || (isText && align === undefined && width !== undefined)
  const room = `${left ? '-' : ''}${spec?.fill === '0' && !align ? '0' : ''}${width ?? ''}`
  switch (value.type.kind) {
    case 'string':
    case 'date':
      return `%${room}s`
    case 'char':
      return `%${room}c`
    case 'int':
      return `%${room}${{ b: 'b', o: 'o', x: 'x', X: 'X' }[form as string] ?? 'd'}`
    case 'float':
      if (!form && spec?.fill === '0') throw new Unsupported('zeros before the shortest text of a float')
      if (form === '%') return `%${room}.${precision ?? 6}f%%`
      if (form === 'f') return `%${room}.${precision ?? 6}f`
      if (precision !== undefined) throw new Unsupported('a precision without f')
      return `%${room}s`
    case 'bool':
      if (spec) throw new Unsupported('a truth value with a format')
      return '%s'
    default:
      throw new Unsupported(`the text of a ${value.type.kind}`)
  }
}

/** What `fmt` has no verb for: commas, centring, filling with other characters. */
function needsHelp(value: Expression, { grouping, align, fill, width, form }: FormatSpec): boolean {
  const fills = fill !== undefined && fill !== ' ' && (fill !== '0' || align !== undefined)
  const percent = form === '%' && width !== undefined
  if (fill === '0' && align === undefined && value.type.kind !== 'int' && value.type.kind !== 'float')
    return true
  return grouping === true || align === '^' || fills || percent
}

function helped(value: Expression, spec: FormatSpec, writing: Writing): Go {
  const { grouping, align, width, fill } = spec
  const plain = { ...spec }
  delete plain.width
  delete plain.fill
  delete plain.align
  delete plain.grouping
  let text = formatted([{ value, spec: plain }], writing)
  if (grouping) {
    if (fill === '0' && align === undefined && width !== undefined) throw new Unsupported('grouped zeros')
    text = helper(writing, 'withCommas', text)
  }
  if (width === undefined) return text
  const isText = value.type.kind === 'string' || value.type.kind === 'char'
  if (fill === '0' && align === undefined && isText) throw new Unsupported('zeros before a text')
  const filler = atom(quoted(fill ?? ' '))
  const to = atom(String(width))
  const side = align ?? (isText ? '<' : '>')
  if (side === '^') return helper(writing, 'centered', text, to, filler)
  return helper(writing, side === '<' ? 'padRight' : 'padLeft', text, to, filler)
}

/** `str(x)`. */
export function textOf(value: Expression, writing: Writing): Go {
  switch (value.type.kind) {
    case 'int':
      return call('strconv.Itoa', expression(value, writing))
    case 'string':
      return expression(value, writing)
    case 'char':
      return call('string', looseChar(value, writing).go)
    case 'date':
      return method(expression(value, writing), 'Format', atom('"2006-01-02"'))
    case 'float':
      return helper(writing, 'floatText', expression(value, writing))
    case 'bool':
      return lowered(build.choose(value, build.textOf('True'), build.textOf('False')), writing)
    default:
      throw new Unsupported(`the text of a ${value.type.kind}`)
  }
}
