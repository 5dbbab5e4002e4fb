import { atom, call, type Go } from './syntax.ts'

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' }

function escaped(text: string, quote: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be escaped.
  return text.replace(/[\\"'\x00-\x1f\x7f]/g, (character) => {
    if (character === '"' || character === "'") return character === quote ? `\\${character}` : character
    return escapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

/** A string literal: `"…"`. */
export function quoted(text: string): string {
  return `"${escaped(text, '"')}"`
}

/** `'a'`. */
export function quotedRune(text: string): string {
  return `'${escaped(text, "'")}'`
}

/** A float constant that is one by itself: `2.0`. */
export function float(value: number): Go {
  if (Number.isNaN(value)) return call('math.NaN')
  if (!Number.isFinite(value)) return call('math.Inf', atom(value > 0 ? '1' : '-1'))
  return atom(floatText(value))
}

/** `2.0`, `0.25`, `1e+21`. */
export function floatText(value: number): string {
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
