import { collectionMethods, sortInPlace } from './interpret-collections.ts'
import { calendarDay, checkedDays, fromIsoFormat, isoFormat, ordinalOf } from './interpret-dates.ts'
import { spell } from './interpret-format.ts'
import { type Machine, Raised, unsupported } from './interpret-machine.ts'
import {
  divisionByZero,
  floatPower,
  floorDivide,
  floorModulo,
  greatestCommonDivisor,
  integerOf,
  integerPower,
  integerSquareRoot,
  modularPower,
  parseFloating,
  parseInteger,
  roundFloat,
  roundInteger,
} from './interpret-numbers.ts'
import { characterOf, codeOf, stringMethods } from './interpret-strings.ts'
import {
  compare,
  entriesOf,
  type FunctionValue,
  isTrue,
  iterate,
  MapValue,
  type Runtime,
  SetValue,
} from './interpret-values.ts'
import type { Builtin } from './program.ts'
import type { Type } from './types.ts'

/** Where a builtin is called: what is known before the program runs. */
export interface CallSite {
  machine: Machine
  arguments: Type[]
  result: Type
  reverse: boolean
}

/** The options of a call that are computed. */
export interface CallOptions {
  key?: FunctionValue | undefined
  default?: Runtime
}

type Implementation = (site: CallSite, values: Runtime[], options: CallOptions) => Runtime | Iterable<Runtime>

/** The builtin for one place in the program. What `range`, `zip` and their like give is to be gone through once. */
export function builtinAt(
  name: Builtin,
  site: CallSite,
): (values: Runtime[], options: CallOptions) => Runtime {
  const method = (methods as Record<string, (machine: Machine, ...values: never[]) => Runtime>)[name]
  const { machine } = site
  if (method !== undefined)
    return (values) => {
      charge(values[0], machine)
      const result = method(machine, ...(values as never[]))
      // `upper` of one letter may be two: then it is no character any more.
      if (site.result.kind === 'char' && (result as string).length !== 1)
        throw unsupported(`${name} of ${values[0]}`)
      return result
    }
  const implementation = (functions as Record<string, Implementation>)[name]
  if (implementation === undefined) throw unsupported(name)
  return (values, options) => implementation(site, values, options) as Runtime
}

const methods = { ...stringMethods, ...collectionMethods }

/** A step for every 64 items or characters that a method may have to go through. */
function charge(receiver: Runtime, machine: Machine): void {
  if (typeof receiver === 'string' || Array.isArray(receiver)) machine.step(receiver.length >> 6)
}

/** Items that are gone through, each a step, up to the limit of size. */
function gather(value: Runtime, machine: Machine): Runtime[] {
  const items: Runtime[] = []
  for (const item of iterate(value, machine)) {
    machine.step()
    if (items.push(item) > machine.limits.size) machine.size(items.length)
  }
  return items
}

function isInteger(type: Type | undefined): boolean {
  return type?.kind === 'int' || type?.kind === 'bool'
}

function sum({ machine, result }: CallSite, [items, start]: Runtime[]): Runtime {
  let total = (start ?? 0) as number
  for (const item of iterate(items, machine)) {
    machine.step()
    total += item as number
    if (result.kind === 'int') machine.int(total)
  }
  return total
}

/** `min` with sign 1, `max` with -1: the first of equals, of one argument's items or of all arguments. */
function extreme(sign: 1 | -1): Implementation {
  return ({ machine }, values, { key, default: usual }) => {
    let best: Runtime
    let bestKey: Runtime
    for (const item of values.length === 1 ? iterate(values[0], machine) : values) {
      machine.step()
      const itemKey = key === undefined ? item : key(item)
      if (best === undefined || sign * compare(itemKey, bestKey) < 0) {
        best = item
        bestKey = itemKey
      }
    }
    if (best !== undefined) return best
    if (usual !== undefined) return usual
    throw new Raised('ValueError', 'min() or max() of an empty sequence')
  }
}

function* range(machine: Machine, values: number[]): Generator<Runtime> {
  const [start, stop] = values.length === 1 ? [0, values[0]!] : [values[0]!, values[1]!]
  const step = values[2] ?? 1
  if (step === 0) throw new Raised('ValueError', 'range() arg 3 must not be zero')
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) yield machine.int(i)
}

function* enumerate(machine: Machine, items: Runtime, start = 0): Generator<Runtime> {
  let index = start
  for (const item of iterate(items, machine)) yield [machine.int(index++), item]
}

function* zip(machine: Machine, lists: Runtime[]): Generator<Runtime> {
  const sources = lists.map((list) => iterate(list, machine)[Symbol.iterator]())
  for (;;) {
    const items: Runtime[] = []
    for (const source of sources) {
      const next = source.next()
      if (next.done) return
      items.push(next.value)
    }
    yield items
  }
}

function* reversed(machine: Machine, value: Runtime): Generator<Runtime> {
  const items = typeof value === 'string' || Array.isArray(value) ? value : gather(value, machine)
  for (let i = items.length - 1; i >= 0 && i < items.length; i--) yield items[i]
}

/** `round` of a float to a whole number, a tie to the even one. */
function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const over = x - floor
  return over > 0.5 || (over === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}

function round({ machine, arguments: types }: CallSite, [value, digits]: Runtime[]): Runtime {
  const x = Number(value)
  const places = digits as number | null | undefined
  if (isInteger(types[0])) return machine.int(roundInteger(x, places ?? 0))
  if (places === undefined || places === null) return integerOf(roundHalfEven(x), machine)
  return roundFloat(x, places)
}

function power({ machine, arguments: types }: CallSite, values: Runtime[]): Runtime {
  const [base, exponent, modulus] = values.map(Number)
  if (modulus !== undefined) return modularPower(base!, exponent!, modulus)
  return isInteger(types[0]) ? integerPower(base!, exponent!, machine) : floatPower(base!, exponent!)
}

function divideWithRest({ machine }: CallSite, [a, b]: Runtime[]): Runtime {
  const remainder = floorModulo(a as number, b as number)
  return [machine.int(floorDivide(a as number, b as number)), machine.int(remainder)]
}

function toInteger({ machine, arguments: types }: CallSite, [value = 0, base]: Runtime[]): Runtime {
  if (typeof value === 'string') return machine.int(parseInteger(value, (base as number | undefined) ?? 10))
  return types[0]?.kind === 'float' ? integerOf(Math.trunc(value as number), machine) : Number(value)
}

function inBase(base: 2 | 16, prefix: string): Implementation {
  return (_, [value]) =>
    ((value as number) < 0 ? '-' : '') + prefix + Math.abs(value as number).toString(base)
}

/** Of real numbers: Python raises where JavaScript says NaN or Infinity. */
function real(compute: (...values: number[]) => number): Implementation {
  return (_, values) => {
    const numbers = values.map(Number)
    const result = compute(...numbers)
    if (Number.isNaN(result) && !numbers.some(Number.isNaN))
      throw new Raised('ValueError', 'math domain error')
    return result
  }
}

function logarithm(x: number, base?: number): number {
  if (x <= 0 || (base !== undefined && base <= 0)) return Number.NaN
  if (base === 1) throw divisionByZero()
  return base === undefined ? Math.log(x) : Math.log(x) / Math.log(base)
}

function dateOf(values: Runtime[]): number {
  return ordinalOf(...(values as [number, number, number]))
}

function replaceInDate([date, year, month, day]: Runtime[]): number {
  const old = calendarDay(date as number)
  return dateOf([year ?? old.year, month ?? old.month, day ?? old.day])
}

function asMap(machine: Machine, value: Runtime): MapValue {
  if (value === undefined) return new MapValue()
  return value instanceof MapValue ? MapValue.of(value.entries.values()) : MapValue.of(gather(value, machine))
}

function lengthOf(value: Runtime, machine: Machine): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  if (value instanceof SetValue || value instanceof MapValue) return value.entries.size
  return gather(value, machine).length
}

const functions = {
  len: ({ machine }, [value]) => machine.int(lengthOf(value, machine)),
  sum,
  min: extreme(1),
  max: extreme(-1),
  abs: ({ machine, result }, [value]) => {
    const absolute = Math.abs(value as number)
    return isInteger(result) ? machine.int(absolute) : absolute
  },
  round,
  divmod: divideWithRest,
  pow: power,
  int: toInteger,
  float: (_, [value = 0]) => (typeof value === 'string' ? parseFloating(value) : Number(value)),
  str: ({ arguments: types }, [value]) => (value === undefined ? '' : spell(value, types[0]!)),
  bool: (_, [value]) => isTrue(value),
  ord: ({ machine }, [text]) => machine.int(codeOf(text as string)),
  chr: (_, [code]) => characterOf(code as number),
  bin: inBase(2, '0b'),
  hex: inBase(16, '0x'),
  range: ({ machine }, values) => range(machine, values as number[]),
  enumerate: ({ machine }, [items, start]) => enumerate(machine, items, start as number | undefined),
  zip: ({ machine }, lists) => zip(machine, lists),
  reversed: ({ machine }, [items]) => reversed(machine, items),
  sorted: ({ machine, reverse }, [items], { key }) => sortInPlace(gather(items, machine), key, reverse),
  'list.sort': ({ machine, reverse }, [items], { key }) => {
    machine.step((items as Runtime[]).length)
    sortInPlace(items as Runtime[], key, reverse)
    return null
  },
  any: ({ machine }, [items]) => {
    for (const item of iterate(items, machine)) {
      machine.step()
      if (isTrue(item)) return true
    }
    return false
  },
  all: ({ machine }, [items]) => {
    for (const item of iterate(items, machine)) {
      machine.step()
      if (!isTrue(item)) return false
    }
    return true
  },
  list: ({ machine }, [items]) => (items === undefined ? [] : gather(items, machine)),
  tuple: ({ machine }, [items]) => (items === undefined ? [] : gather(items, machine)),
  set: ({ machine }, [items]) => SetValue.of(items === undefined ? [] : gather(items, machine)),
  dict: ({ machine }, [pairs]) => asMap(machine, pairs),
  print: ({ arguments: types }, values) => {
    for (const [index, value] of values.entries()) spell(value, types[index]!)
    return null
  },
  'math.sqrt': real(Math.sqrt),
  'math.isqrt': (_, [n]) => integerSquareRoot(n as number),
  'math.floor': ({ machine }, [x]) => integerOf(Math.floor(x as number), machine),
  'math.ceil': ({ machine }, [x]) => integerOf(Math.ceil(x as number), machine),
  'math.gcd': (_, values) => (values as number[]).reduce(greatestCommonDivisor, 0),
  'math.pi': () => Math.PI,
  'math.inf': () => Infinity,
  'math.hypot': real(Math.hypot),
  'math.sin': real(Math.sin),
  'math.cos': real(Math.cos),
  'math.radians': real((degrees) => degrees * (Math.PI / 180)),
  'math.log': real(logarithm),
  'dict.items': ({ machine }, [map]) => entriesOf(map as MapValue, machine, (key, value) => [key, value]),
  'dict.keys': ({ machine }, [map]) => entriesOf(map as MapValue, machine, (key) => key),
  'dict.values': ({ machine }, [map]) => entriesOf(map as MapValue, machine, (_, value) => value),
  date: (_, values) => dateOf(values),
  'date.year': ({ machine }, [date]) => machine.int(calendarDay(date as number).year),
  'date.month': (_, [date]) => calendarDay(date as number).month,
  'date.day': (_, [date]) => calendarDay(date as number).day,
  'date.weekday': (_, [date]) => ((date as number) + 6) % 7,
  'date.isoformat': (_, [date]) => isoFormat(date as number),
  'date.fromisoformat': (_, [text]) => fromIsoFormat(text as string),
  'date.replace': (_, values) => replaceInDate(values),
  timedelta: (_, [days = 0]) => checkedDays(days as number),
  'timedelta.days': ({ machine }, [days]) => machine.int(days as number),
} satisfies Record<Exclude<Builtin, keyof typeof methods>, Implementation>
