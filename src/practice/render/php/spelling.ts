import { camelCase } from '../names.ts'
import { Unsupported } from '../renderer.ts'
import words from './reserved-words.json' with { type: 'json' }

type Role = 'variable' | 'function' | 'type' | 'field'

const keywords = new Set(words.keywords)
const functions = new Set(words.functions)
const classes = new Set(words.classes.map((name) => name.toLowerCase()))

/** Names without the `$` of variables. */
export function spell(name: string, role: Role): string {
  if (role === 'type') return name
  const camel = camelCase(name)
  return role === 'variable' && camel === 'this' ? 'this_' : camel
}

export function variable(name: string): string {
  return `$${spell(name, 'variable')}`
}

/** A function of the program. PHP's own cannot be defined again; upper and lower case do not matter. */
export function functionName(name: string): string {
  const spelled = spell(name, 'function')
  const key = spelled.toLowerCase()
  if (keywords.has(key) || functions.has(key))
    throw new Unsupported(`a function that PHP has itself, ${spelled}`)
  return spelled
}

export function className(name: string): string {
  const key = name.toLowerCase()
  if (keywords.has(key) || classes.has(key)) throw new Unsupported(`a class that PHP has itself, ${name}`)
  return name
}
