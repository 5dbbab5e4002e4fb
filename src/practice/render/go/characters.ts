import type { Expression } from '../../language/program.ts'
import { expression } from './expressions.ts'
import { quotedRune } from './literals.ts'
import { place } from './places.ts'
import { atom, call, type Go } from './syntax.ts'
import { variable, type Writing } from './writing.ts'

/** A character as it is at hand: an item of a string is a byte, all others are runes. A literal is either. */
export function looseChar(of: Expression, writing: Writing): { go: Go; form: 'byte' | 'rune' | 'either' } {
  if (of.kind === 'string') return { go: atom(quotedRune(of.value)), form: 'either' }
  if (of.kind === 'name') return { go: variable(of.name), form: writing.bytes.has(of.name) ? 'byte' : 'rune' }
  if (of.kind === 'index' && of.of.type.kind === 'string') return { go: place(of, writing), form: 'byte' }
  return { go: expression(of, writing), form: 'rune' }
}

/** As a rune. */
export function characters(of: Expression, writing: Writing): Go {
  const { go, form } = looseChar(of, writing)
  return form === 'byte' ? call('rune', go) : go
}

/** Two characters in one form. */
export function alike(left: Expression, right: Expression, writing: Writing): [Go, Go] {
  const [a, b] = [looseChar(left, writing), looseChar(right, writing)]
  const rune = ({ go, form }: typeof a) => (form === 'byte' ? call('rune', go) : go)
  return a.form === b.form || a.form === 'either' || b.form === 'either' ? [a.go, b.go] : [rune(a), rune(b)]
}
