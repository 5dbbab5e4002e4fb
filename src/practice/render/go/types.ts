import { spellType, type Type } from '../../language/types.ts'
import { Unsupported } from '../renderer.ts'
import { exported } from './names.ts'
import type { Survey } from './survey.ts'
import { atom, composite, type Go } from './syntax.ts'

/** What decides how types are written: see {@link Survey}. */
export type Shapes = Pick<Survey, 'byReference' | 'tuples'>

/** The type as Go writes it. */
export function goType(type: Type, shapes: Shapes): string {
  const of = (inner: Type) => goType(inner, shapes)
  switch (type.kind) {
    case 'int':
    case 'bool':
    case 'string':
      return type.kind
    case 'days':
      return 'int'
    case 'float':
      return 'float64'
    case 'char':
      return 'rune'
    case 'date':
      return 'time.Time'
    case 'list':
      return `[]${of(type.of)}`
    case 'set':
      return `map[${keyType(type.of, shapes)}]bool`
    case 'map':
      return `map[${keyType(type.key, shapes)}]${of(type.value)}`
    case 'tuple':
      return isArray(type) ? `[${type.of.length}]${of(type.of[0]!)}` : tupleName(type, shapes)
    case 'optional':
      if (isNilable(type.of, shapes)) return of(type.of)
      if (!pointsWell(type.of))
        throw new Unsupported('an optional list or map, whose nil would be an empty one')
      return `*${of(type.of)}`
    case 'record':
      return shapes.byReference.has(type.name) ? `*${exported(type.name)}` : exported(type.name)
    case 'none':
      return ''
    case 'function':
      throw new Unsupported('a function as a value')
  }
}

function keyType(type: Type, shapes: Shapes): string {
  if (!isComparable(type, shapes)) throw new Unsupported('a key that cannot be compared')
  return goType(type, shapes)
}

/** Two or more values of one type are an array, others a struct. */
export function isArray(type: Type): boolean {
  if (type.kind !== 'tuple') return false
  const spelled = type.of.map(spellType)
  return (
    spelled.every((one) => one === spelled[0]) &&
    ['int', 'float', 'string', 'bool', 'char'].includes(type.of[0]!.kind)
  )
}

const places = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth']

/** The field of a struct that stands for a tuple. */
export function placeName(index: number): string {
  const name = places[index]
  if (name === undefined) throw new Unsupported('a long tuple')
  return name
}

export function tupleName(type: Type, shapes: Shapes): string {
  const name = shapes.tuples.get(spellType(type))
  if (name === undefined) throw new Unsupported(`no struct for ${spellType(type)}`)
  return name
}

/** Whether `nil` can say that there is none. */
export function isNilable(type: Type, shapes: Shapes): boolean {
  return type.kind === 'record' && shapes.byReference.has(type.name)
}

function pointsWell(type: Type): boolean {
  return type.kind !== 'list' && type.kind !== 'map' && type.kind !== 'set'
}

/** Whether `==` compares the values. */
export function isComparable(type: Type, shapes: Shapes): boolean {
  switch (type.kind) {
    case 'list':
    case 'map':
    case 'set':
    case 'optional':
    case 'function':
      return false
    case 'tuple':
      return type.of.every((of) => isComparable(of, shapes))
    case 'record':
      return !shapes.byReference.has(type.name) && (shapes as Survey).comparable.has(type.name)
    case 'date':
      return true
    default:
      return true
  }
}

/** The value that a variable has without one. */
export function zeroOf(type: Type, shapes: Shapes): Go {
  switch (type.kind) {
    case 'int':
    case 'days':
    case 'float':
    case 'char':
      return atom('0')
    case 'bool':
      return atom('false')
    case 'string':
      return atom('""')
    case 'tuple':
    case 'date':
      return composite(goType(type, shapes), [])
    case 'record':
      return isNilable(type, shapes) ? atom('nil') : composite(goType(type, shapes), [])
    default:
      return atom('nil')
  }
}
