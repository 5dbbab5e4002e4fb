import type { FormatPart, FormatSpec } from '../../language/program.ts'
import { type Doc, type Operand, print } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { call, expression, levels } from './expressions.ts'
import { escaped, quoted } from './literals.ts'
import type { Writing } from './writing.ts'

/**
 * An f-string. Before Python 3.12 what stands in its braces has neither its quotes nor a backslash; where that cannot
 * be, `str.format` says the same.
 */
export function formatted(parts: readonly (string | FormatPart)[], writing: Writing): Operand {
  const text = parts.filter((part) => typeof part === 'string').join('')
  const other = writing.quote === "'" ? '"' : "'"
  const quotes =
    text.includes(writing.quote) && !text.includes(other)
      ? ([other, writing.quote] as const)
      : ([writing.quote, other] as const)
  for (const quote of quotes) {
    const written = parts.map((part) => {
      if (typeof part === 'string') return escaped(part, quote).replace(/[{}]/g, '$&$&')
      const inside = quote === "'" ? '"' : "'"
      const value = flat(expression(part.value, { ...writing, quote: inside }))
      if (value.includes(quote) || value.includes('\\')) return undefined
      // `{{` would be a brace, `:` and `!` the end of the expression.
      const safe = /^lambda|:=/.test(value) ? `(${value})` : value
      return `{${safe.startsWith('{') ? ' ' : ''}${safe}${spec(part.spec)}}`
    })
    if (!written.includes(undefined))
      return { doc: `f${quote}${written.join('')}${quote}`, level: levels.atom }
  }
  const template = parts.map((part) =>
    typeof part === 'string' ? part.replace(/[{}]/g, '$&$&') : `{${spec(part.spec)}}`,
  )
  const values = parts
    .filter((part) => typeof part !== 'string')
    .map(({ value }) => expression(value, writing))
  return call(`${quoted(template.join(''), writing.quote)}.format`, values)
}

function flat(doc: Doc): string {
  return print(doc, { width: Number.POSITIVE_INFINITY, tab: '', tabWidth: 0 })
}

function spec(of: FormatSpec | undefined): string {
  if (!of) return ''
  const { fill = '', align = '', width = '', grouping, precision, form = '' } = of
  if (/[{}]/.test(fill)) throw new Unsupported('a brace to fill with')
  return `:${fill}${align}${width}${grouping ? ',' : ''}${precision === undefined ? '' : `.${precision}`}${form}`
}
