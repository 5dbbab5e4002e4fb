import { snakeCase } from '../names.ts'
import { Unsupported } from '../renderer.ts'
import words from './reserved-words.json' with { type: 'json' }

type Role = 'variable' | 'function' | 'type' | 'field'

const keywords = new Set(words.keywords)
const kernel = new Set(words.methods)

/** `is_even` asks, so as a method it is `even?`; a keyword has an underscore after it. */
export function spell(name: string, role: Role): string {
  if (role === 'type') return name
  const snake = snakeCase(name)
  if (role === 'function') {
    const [, asked] = /^is_([a-z].*)$/.exec(snake) ?? []
    if (asked !== undefined && !keywords.has(asked)) return `${asked}?`
    if (/^(has|can|should)_/.test(snake)) return `${snake}?`
  }
  return keywords.has(snake) ? `${snake}_` : snake
}

/** A function of the program beside the methods that every object has. */
export function spellFunction(name: string): string {
  const spelled = spell(name, 'function')
  if (kernel.has(spelled)) throw new Unsupported(`a method that Ruby has itself, ${spelled}`)
  return spelled
}
