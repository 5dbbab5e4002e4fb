import type { Expression, FormatPart, FormatSpec } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { operand } from './expressions.ts'
import { escaped, quoted } from './literals.ts'
import type { Writing } from './writing.ts'
import { atom, call, conditional, flat, infix, levels, send } from './written.ts'

/** `str(of)`. */
export function textOf(of: Expression, writing: Writing): Operand {
  const written = operand(of, writing)
  switch (of.type.kind) {
    case 'string':
    case 'char':
      return written
    case 'bool':
      return conditional(written, atom(quoted('True', writing.quote)), atom(quoted('False', writing.quote)))
    case 'int':
    case 'float':
    case 'date':
      return send(written, 'to_s')
    default:
      throw new Unsupported(`the text of a ${of.type.kind}`)
  }
}

/** Interpolation, or `format` where every part is written by a rule of its own. */
export function formatted(parts: readonly (string | FormatPart)[], writing: Writing): Operand {
  const values = parts.filter((part) => typeof part !== 'string')
  const rules = values.map(({ value, spec }) => (spec ? rule(value, spec) : '%s'))
  const isPlain = ({ value, spec }: FormatPart) => spec !== undefined || value.type.kind !== 'bool'
  if (values.some(({ spec }) => spec) && rules.every((one) => one !== undefined) && values.every(isPlain)) {
    let at = 0
    const template = parts
      .map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : rules[at++]))
      .join('')
    return call(
      'format',
      quoted(template, writing.quote),
      ...values.map((part) => formatArgument(part, writing).doc),
    )
  }
  const written = parts.map((part) => {
    if (typeof part === 'string') return escaped(part)
    return `#{${flat(part.spec ? byRule(part.value, part.spec, writing).doc : plain(part.value, writing).doc)}}`
  })
  return atom(`"${written.join('')}"`)
}

/** What interpolation writes as `to_s` does needs none. */
function plain(of: Expression, writing: Writing): Operand {
  const inner = { ...writing, quote: "'" as const }
  return ['int', 'float', 'string', 'char', 'date'].includes(of.type.kind)
    ? operand(of, inner)
    : textOf(of, inner)
}

function formatArgument({ value, spec }: FormatPart, writing: Writing): Operand {
  if (spec?.form === '%') return infix(operand(value, writing), '*', atom('100'), levels.product)
  return operand(value, writing)
}

/** The rule as `format` has it; undefined for what it has not. */
function rule(value: Expression, spec: FormatSpec): string | undefined {
  const { fill, align, width = '', grouping, precision, form } = spec
  const isText = value.type.kind === 'string' || value.type.kind === 'char'
  const isNumber = value.type.kind === 'int' || value.type.kind === 'float'
  if (grouping || align === '^' || (!isText && !isNumber)) return undefined
  if (form === 'b' || form === 'x' || form === 'X' || form === 'o') return undefined
  const zeros = fill === '0' && (align === undefined || align === '>') && isNumber
  if (fill !== undefined && fill !== ' ' && !zeros) return undefined
  if (isText && precision !== undefined) return undefined
  const left = align === '<' || (align === undefined && isText) ? '-' : ''
  const flag = zeros ? '0' : width === '' ? '' : left
  if (form === 'f' || form === '%') {
    // The sign of percent takes one column of the width.
    const columns = form === '%' && width !== '' ? Number(width) - 1 : width
    return `%${flag}${columns}.${precision ?? 6}f${form === '%' ? '%%' : ''}`
  }
  if (precision !== undefined) return undefined
  return `%${flag}${width}${value.type.kind === 'int' ? 'd' : 's'}`
}

/** The rule by methods: `to_s(2).rjust(8, '0')`. */
function byRule(value: Expression, spec: FormatSpec, writing: Writing): Operand {
  const inner: Writing = { ...writing, quote: "'" }
  const { fill = ' ', align, width, grouping, form } = spec
  const isText = value.type.kind === 'string' || value.type.kind === 'char'
  const text = isText ? operand(value, inner) : digits(value, spec, inner)
  const grouped = grouping
    ? send(text, 'gsub', form === 'f' ? '/(\\d)(?=(\\d{3})+\\.)/' : '/(\\d)(?=(\\d{3})+$)/', "'\\1,'")
    : text
  if (grouping && form === 'f' && spec.precision === 0) throw new Unsupported('commas without a point')
  if (width === undefined) return grouped
  const side = align ?? (isText ? '<' : '>')
  const name = { '<': 'ljust', '>': 'rjust', '^': 'center' }[side]
  return send(grouped, name, String(width), ...(fill === ' ' ? [] : [quoted(fill, "'")]))
}

function digits(value: Expression, { form, precision, grouping }: FormatSpec, writing: Writing): Operand {
  const written = operand(value, writing)
  const base = { b: '2', o: '8', x: '16', X: '16' }[form as 'b']
  if (base !== undefined) {
    const text = send(written, 'to_s', base)
    return form === 'X' ? send(text, 'upcase') : text
  }
  if (form === 'f') return call('format', `'%.${precision ?? 6}f'`, written.doc)
  if (form === '%') {
    const hundredfold = infix(written, '*', atom('100'), levels.product)
    return call('format', `'%.${precision ?? 6}f%%'`, hundredfold.doc)
  }
  if (value.type.kind !== 'int' && (value.type.kind !== 'float' || grouping))
    throw new Unsupported('such a format')
  return send(written, 'to_s')
}
