/** Types and parameters in words: "a list of integers `values` and an integer `limit`". */
import type { Random } from '../../lib/index.ts'
import type { Parameter } from '../language/program.ts'
import { sameType, type Type } from '../language/types.ts'
import { pick } from './choose.ts'
import { literalFillings } from './fillings.ts'
import type { Phrases } from './phrases.ts'
import { type Fillings, fill, type Text } from './wording.ts'

/** `one`: "a list of integers". `many`: "lists of integers". */
export function typeWords(type: Type, number: 'one' | 'many', phrases: Phrases, random: Random): Text {
  const inside = (of: Type): Text => typeWords(of, 'many', phrases, random)
  const words = (name: keyof Phrases['types'], fillings: Fillings = {}): Text =>
    fill(pick(phrases.types[name][number], random), fillings, random)
  switch (type.kind) {
    case 'string':
      return words('str')
    case 'days':
      return words('timedelta')
    case 'list':
    case 'set':
      return words(type.kind, { of: { text: inside(type.of) } })
    case 'map':
      return words('dict', { key: { text: inside(type.key) }, value: { text: inside(type.value) } })
    case 'tuple': {
      const [first, second, ...rest] = type.of
      if (first === undefined || second === undefined || rest.length > 0)
        return words('tuple', { parts: { text: enumerated(type.of.map((of) => one(of, phrases, random))) } })
      if (sameType(first, second)) return words('equalPair', { of: { text: inside(first) } })
      return words('pair', {
        a: { text: one(first, phrases, random) },
        b: { text: one(second, phrases, random) },
      })
    }
    case 'optional':
      return words('optional', {
        ...literalFillings,
        of: { text: one(type.of, phrases, random) },
        ofMany: { text: inside(type.of) },
      })
    case 'record':
      return words('record', { record: { identifier: type.name, role: 'type', words: undefined } })
    case 'function':
      return ['a function']
    default:
      return words(type.kind)
  }
}

function one(type: Type, phrases: Phrases, random: Random): Text {
  return typeWords(type, 'one', phrases, random)
}

/** Every parameter with its type. */
export function parameterWords(parameters: readonly Parameter[], phrases: Phrases, random: Random): Text {
  const plain = random() < 0.8
  return enumerated(
    parameters.map(({ name, type }) => {
      const words = one(type, phrases, random)
      return plain ? [...words, ' ', ...code(name)] : [...code(name), ' (', ...words, ')']
    }),
  )
}

/** "`values` and `limit`". */
export function parameterNames(parameters: readonly Parameter[]): Text {
  return enumerated(parameters.map(({ name }) => code(name)))
}

function code(name: string): Text {
  return ['`', { identifier: name, role: 'variable' }, '`']
}

/** "a", "a and b", "a, b and c". */
export function enumerated(items: readonly Text[]): Text {
  return items.flatMap((item, index) => {
    if (index === 0) return item
    return [index === items.length - 1 ? ' and ' : ', ', ...item]
  })
}
