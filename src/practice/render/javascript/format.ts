import type { Expression, FormatPart, FormatSpec } from '../../language/program.ts'
import { type Doc, group } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { isoText } from './dates.ts'
import { infix, operand } from './expressions.ts'
import { helper } from './helpers.ts'
import { escaped, quoted } from './literals.ts'
import type { Writing } from './writing.ts'
import { atom, call, conditional, levels, method, type Written } from './written.ts'

type Part = string | FormatPart

/** An f-string as a template. */
export function formatted(parts: readonly Part[], writing: Writing): Written {
  const [only] = parts
  if (parts.length === 1 && typeof only === 'object') return text(only.value, only.spec, writing)
  return templated(parts, writing)
}

export function templated(given: readonly Part[], writing: Writing): Written {
  const parts = given.flatMap((part) =>
    typeof part === 'object' && isPercent(part) ? [fractionOf(part), '%'] : [literalText(part) ?? part],
  )
  if (parts.every((part) => typeof part === 'string'))
    return atom(quoted(parts.join(''), writing.manner.quote))
  const docs = parts.map((part): Doc => {
    if (typeof part === 'string') return escaped(part).replace(/`|\$\{/g, '\\$&')
    return ['${', group(inside(part, writing).doc), '}']
  })
  // What stands in a template is not broken into lines.
  return atom(['`', flattened(docs), '`'])
}

function flattened(doc: Doc): Doc {
  if (typeof doc === 'string') return doc
  if (!('kind' in doc)) return doc.map(flattened)
  if (doc.kind === 'line') return doc.flat ?? ''
  return flattened(doc.kind === 'if-broken' ? doc.flat : doc.of)
}

/** A number that stands in the text as it is. */
function literalText(part: Part): string | undefined {
  if (typeof part === 'string') return part
  const { value, spec } = part
  return spec === undefined && value.kind === 'int' ? String(value.value) : undefined
}

function isPercent({ spec }: FormatPart): boolean {
  return spec?.form === '%' && spec.width === undefined
}

/** A percentage without its sign. */
function fractionOf({ value, spec }: FormatPart): FormatPart {
  const hundred: Expression = { kind: 'float', value: 100, type: value.type }
  const times: Expression = {
    kind: 'arithmetic',
    operator: '*',
    left: value,
    right: hundred,
    type: value.type,
  }
  return { value: times, spec: { ...spec, form: 'f' } }
}

/** What stands between `${` and `}`: there, numbers become text by themselves. */
function inside({ value, spec }: FormatPart, writing: Writing): Written {
  const [given] = value.kind === 'builtin' && value.name === 'str' ? value.arguments : []
  if (spec === undefined && given !== undefined) return inside({ value: given }, writing)
  return spec === undefined && value.type.kind === 'int'
    ? operand(value, writing)
    : text(value, spec, writing)
}

/** `str(value)` or `format(value, spec)`. */
export function text(value: Expression, spec: FormatSpec | undefined, writing: Writing): Written {
  if (spec === undefined) return plainText(value, writing)
  const { type } = value
  const isText = type.kind === 'string' || type.kind === 'char'
  if (type.kind !== 'int' && type.kind !== 'float' && !isText)
    throw new Unsupported(`a format of a ${type.kind}`)
  if (isText && spec.precision !== undefined) throw new Unsupported('a text that is cut')
  return aligned(
    isText ? operand(value, writing) : digits(value, spec, writing),
    spec,
    isText ? '<' : '>',
    writing,
  )
}

function plainText(value: Expression, writing: Writing): Written {
  const written = operand(value, writing)
  switch (value.type.kind) {
    case 'string':
    case 'char':
      return written
    case 'int':
      return call('String', [written])
    case 'bool': {
      const { quote } = writing.manner
      return conditional(written, atom(`${quote}True${quote}`), atom(`${quote}False${quote}`))
    }
    case 'date':
      return isoText(written)
    default:
      // Python's `2.0`, `None`, `[1, 2]` are not what JavaScript writes.
      throw new Unsupported(`the text of a ${value.type.kind}`)
  }
}

function digits(value: Expression, { form, precision, grouping }: FormatSpec, writing: Writing): Written {
  const written = operand(value, writing)
  const isInt = value.type.kind === 'int'
  if (form === 'f' || form === '%') {
    const number = form === '%' ? infix(written, '*', atom('100'), levels.product) : written
    const fixed = fixedText(number, form === 'f' && isWhole(value), precision ?? 6, writing)
    const shown = grouping ? groupedFixed(fixed, precision ?? 6, writing) : fixed
    return form === '%' ? percent(shown, writing) : shown
  }
  if (!isInt) throw new Unsupported('a float in its shortest form')
  if (grouping) return method(written, 'toLocaleString', [locale(writing)])
  const base = { b: 2, o: 8, x: 16, X: 16, d: undefined, none: undefined }[form ?? 'none']
  if (base === undefined) return call('String', [written])
  const based = method(written, 'toString', [atom(String(base))])
  return form === 'X' ? method(based, 'toUpperCase') : based
}

/** `toFixed`, by a helper that rounds exact halves such as 0.125 to the even digit, as Python does. */
function fixedText(number: Written, whole: boolean, precision: number, writing: Writing): Written {
  const decimals = atom(String(precision))
  return whole ? method(number, 'toFixed', [decimals]) : call(helper('toFixed', writing), [number, decimals])
}

/** A whole number is no half. */
function isWhole(of: Expression): boolean {
  return of.kind === 'convert' ? isWhole(of.value) : of.type.kind === 'int'
}

function locale({ manner: { quote } }: Writing): Written {
  return atom(`${quote}en-US${quote}`)
}

/** Rounded by `toFixed` first: `toLocaleString` rounds another decimal than the float is. */
function groupedFixed(fixed: Written, precision: number, writing: Writing): Written {
  if (precision > 3) throw new Unsupported('more than three digits after the point, grouped')
  return method(call('Number', [fixed]), 'toLocaleString', [
    locale(writing),
    ...(precision > 0 ? [atom(`{ minimumFractionDigits: ${precision} }`)] : []),
  ])
}

function percent(shown: Written, writing: Writing): Written {
  if (writing.manner.concatenate === 'template') return atom(['`${', flattened(shown.doc), '}%`'])
  return infix(shown, '+', atom(`${writing.manner.quote}%${writing.manner.quote}`), levels.sum)
}

function aligned(shown: Written, spec: FormatSpec, usual: '<' | '>', writing: Writing): Written {
  if (spec.width === undefined) return shown
  const { quote } = writing.manner
  const fill = spec.fill ?? ' '
  const width = [atom(String(spec.width)), ...(fill === ' ' ? [] : [atom(quoted(fill, quote))])]
  switch (spec.align ?? usual) {
    case '<':
      return method(shown, 'padEnd', width)
    case '>':
      // A sign would stand after the zeros; what is written with leading zeros is not negative.
      return method(shown, 'padStart', width)
    case '^':
      return call(helper('centerFormat', writing), [shown, ...width])
  }
}
