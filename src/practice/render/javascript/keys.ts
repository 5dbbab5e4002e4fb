/**
 * Items of sets and keys of maps. JavaScript finds objects by identity, so dates stand there as their time, and
 * tuples, lists and records as text.
 */
import type { Expression } from '../../language/program.ts'
import { INT, STRING, type Type } from '../../language/types.ts'
import { bind } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { operand } from './expressions.ts'
import { templated } from './format.ts'
import { type Writing, withName } from './writing.ts'
import { arrow, atom, call, levels, method, type Written } from './written.ts'

/** `itself`; a date's `time`; `text` is numbers with commas between, `json` anything else. */
export type KeyKind = 'itself' | 'time' | 'text' | 'json'

export function keyKind(type: Type): KeyKind {
  switch (type.kind) {
    case 'date':
      return 'time'
    case 'tuple':
      return type.of.every((of) => of.kind === 'int') ? 'text' : 'json'
    case 'list':
    case 'record':
      return 'json'
    case 'optional':
      return keyKind(type.of) === 'itself' ? 'itself' : 'json'
    default:
      return 'itself'
  }
}

/** The type of what stands in the set or map. */
export function keyType(type: Type): Type {
  return { itself: type, time: INT, text: STRING, json: STRING }[keyKind(type)]
}

/** Whether sets or maps of the type, or inside it, are not what a caller would expect. */
export function hasTextKeys(type: Type): boolean {
  switch (type.kind) {
    case 'set':
      return keyKind(type.of) !== 'itself'
    case 'map':
      return keyKind(type.key) !== 'itself' || hasTextKeys(type.value)
    case 'list':
    case 'optional':
      return hasTextKeys(type.of)
    case 'tuple':
      return type.of.some(hasTextKeys)
    default:
      return false
  }
}

/** An item or key as it stands in the set or map. */
export function keyOf(of: Expression, writing: Writing): Written {
  switch (keyKind(of.type)) {
    case 'itself':
      return operand(of, writing)
    case 'time':
      return method(operand(of, writing), 'getTime')
    case 'text':
      if (of.kind !== 'tuple')
        return method(operand(of, writing), 'join', [atom(`${writing.manner.quote},${writing.manner.quote}`)])
      return templated(
        of.items.flatMap((value, index) => (index === 0 ? [{ value }] : [',', { value }])),
        writing,
      )
    case 'json':
      if (!isPlain(of.type)) throw new Unsupported(`a ${of.type.kind} as a key`)
      return call('JSON.stringify', [operand(of, writing)])
  }
}

/** Whether JSON tells values of the type apart, and keeps them. */
function isPlain(type: Type): boolean {
  if (type.kind === 'tuple') return type.of.every(isPlain)
  if (type.kind === 'list' || type.kind === 'optional') return isPlain(type.of)
  return ['int', 'bool', 'string', 'char'].includes(type.kind)
}

/** The item or key that stands in a set or map as `key`. */
export function fromKey(type: Type, key: Written, writing: Writing): Written {
  switch (keyKind(type)) {
    case 'itself':
      return key
    case 'time':
      return { doc: ['new Date(', key.doc, ')'], level: levels.postfix }
    case 'text': {
      const { quote } = writing.manner
      const numbers = method(method(key, 'split', [atom(`${quote},${quote}`)]), 'map', [atom('Number')])
      return cast(numbers, type, writing)
    }
    case 'json':
      return call('JSON.parse', [key])
  }
}

function cast(value: Written, type: Type, writing: Writing): Written {
  if (!writing.typed || type.kind !== 'tuple') return value
  const as = `as [${type.of.map(() => 'number').join(', ')}]`
  return { doc: [bind(value, levels.relation), ` ${as}`], level: levels.relation }
}

/** An array of such keys as an array of the items. */
export function fromKeys(type: Type, keys: Written, writing: Writing): Written {
  if (keyKind(type) === 'itself') return keys
  return withName(['key'], writing, (key) =>
    method(keys, 'map', [arrow([key], fromKey(type, atom(key), writing))]),
  )
}
