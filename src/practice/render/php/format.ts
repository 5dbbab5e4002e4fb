import type { Expression, FormatPart, FormatSpec } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { operand } from './expressions.ts'
import { escaped, quoted } from './literals.ts'
import type { Writing } from './writing.ts'
import { atom, call, conditional, flat, infix, levels, prefix, send } from './written.ts'

/** `str(of)`. A float's text would lack the `.0`. */
export function textOf(of: Expression, writing: Writing): Operand {
  const written = operand(of, writing)
  switch (of.type.kind) {
    case 'string':
    case 'char':
      return written
    case 'int':
      return prefix('(string) ', written)
    case 'bool':
      return conditional(written, atom("'True'"), atom("'False'"))
    case 'date':
      return send(written, 'format', atom("'Y-m-d'"))
    case 'float':
      return call('var_export', written, atom('true'))
    default:
      throw new Unsupported(`the text of a ${of.type.kind}`)
  }
}

/** Interpolation where every part is a variable or a part of one, else `sprintf`. */
export function formatted(parts: readonly (string | FormatPart)[], writing: Writing): Operand {
  if (parts.some((part) => typeof part === 'string' && /\P{ASCII}/u.test(part)))
    throw new Unsupported('letters of several bytes')
  if (writing.interpolated) {
    const written = parts.map((part) =>
      typeof part === 'string' ? escaped(part) : interpolated(part, writing),
    )
    if (!written.includes(undefined)) return atom(`"${written.join('')}"`)
  }
  const values: Operand[] = []
  const template = parts.map((part) => {
    if (typeof part === 'string') return part.replaceAll('%', '%%')
    const { rule, value } = ruled(part, writing)
    values.push(value)
    return rule
  })
  if (values.length === 0) return atom(quoted(template.join('').replaceAll('%%', '%')))
  return call('sprintf', atom(quoted(template.join(''))), ...values)
}

function interpolated({ value, spec }: FormatPart, writing: Writing): string | undefined {
  if (spec || !['int', 'string', 'char'].includes(value.type.kind)) return undefined
  const text = flat(operand(value, writing).doc)
  return /^\$\w+(\[(\$?\w+|'\w+')\]|->\w+)*$/.test(text) ? `{${text}}` : undefined
}

function ruled({ value, spec }: FormatPart, writing: Writing): { rule: string; value: Operand } {
  const { type } = value
  const isText = type.kind === 'string' || type.kind === 'char'
  if (!spec) {
    if (type.kind === 'int') return { rule: '%d', value: operand(value, writing) }
    return { rule: '%s', value: textOf(value, writing) }
  }
  if (!isText && type.kind !== 'int' && type.kind !== 'float')
    throw new Unsupported(`a format of a ${type.kind}`)
  if (isText && (spec.precision !== undefined || spec.form)) throw new Unsupported('such a format')
  const written = operand(value, writing)
  if (spec.grouping || spec.align === '^')
    return { rule: '%s', value: byFunctions(written, isText, type.kind === 'float', spec) }
  if (type.kind === 'float' && spec.form === undefined) throw new Unsupported('a float in a width')
  const { fill = ' ', align, width = '', precision, form } = spec
  const letter = { d: 'd', b: 'b', o: 'o', x: 'x', X: 'X', f: 'F', '%': 'F' }[form ?? 'd']
  const flag = align === '<' || (align === undefined && isText) ? '-' : ''
  const padding =
    width === '' ? '' : `${fill === ' ' ? '' : fill === '0' && flag === '' ? '0' : `'${fill}`}${flag}`
  const columns = form === '%' && width !== '' ? width - 1 : width
  const digits = form === 'f' || form === '%' ? `.${precision ?? 6}` : ''
  const rule = `%${padding}${columns}${digits}${isText ? 's' : letter}${form === '%' ? '%%' : ''}`
  return { rule, value: form === '%' ? infix(written, '*', atom('100'), levels.product) : written }
}

/** What `sprintf` has not: commas and the middle. */
function byFunctions(of: Operand, isText: boolean, isFloat: boolean, spec: FormatSpec): Operand {
  const { grouping, precision, form, width, align, fill = ' ' } = spec
  if (grouping && ((form && form !== 'f' && form !== 'd') || (isFloat && form !== 'f')))
    throw new Unsupported('such a format')
  if (!grouping && form) throw new Unsupported('such a format')
  const digits = form === 'f' ? [atom(String(precision ?? 6))] : []
  // By itself `number_format` rounds 2.625 to 2.63.
  const exact =
    digits.length > 0 ? prefix('(float) ', call('sprintf', atom(`'%.${precision ?? 6}F'`), of)) : of
  const text = grouping ? call('number_format', exact, ...digits) : of
  if (width === undefined) return text
  const side = align ?? (isText ? '<' : '>')
  const flag = { '<': 'STR_PAD_RIGHT', '>': 'STR_PAD_LEFT', '^': 'STR_PAD_BOTH' }[side]
  return call(
    'str_pad',
    isText || grouping ? text : prefix('(string) ', text),
    atom(String(width)),
    atom(quoted(fill)),
    atom(flag),
  )
}
