import { capitalized, wordsOf } from '../names.ts'
import words from './words.json' with { type: 'json' }

const initialisms: ReadonlySet<string> = new Set(words.initialisms)
const reserved: ReadonlySet<string> = new Set(words.reserved)
const instead: Readonly<Record<string, string>> = words.instead

/** `count_above` → `CountAbove`, `user_id` → `UserID`. */
export function exported(name: string): string {
  return wordsOf(name).map(inner).join('') || name
}

/** `count_above` → `countAbove`, `id_of_user` → `idOfUser`; never a word that Go or its library has. */
export function unexported(name: string): string {
  const [first, ...rest] = wordsOf(name)
  if (first === undefined) return name
  const spelled = first + rest.map(inner).join('')
  if (!reserved.has(spelled)) return spelled
  return instead[spelled] ?? `${spelled}Value`
}

function inner(word: string): string {
  return initialisms.has(word) ? word.toUpperCase() : capitalized(word)
}
