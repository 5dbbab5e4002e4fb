import { extend, intersect, subtract, unite } from './interpret-collections.ts'
import { checkedDate, checkedDays } from './interpret-dates.ts'
import { type Machine, unsupported } from './interpret-machine.ts'
import {
  bitwise,
  divideFloats,
  divisionByZero,
  floatPower,
  floorDivide,
  floorModulo,
  integerPower,
  shift,
} from './interpret-numbers.ts'
import { compare, isEqual, type Runtime, type SetValue } from './interpret-values.ts'
import type { Arithmetic, Comparison } from './program.ts'
import type { Type } from './types.ts'

/** Operators by the static types of their operands. */
type Operation = (a: Runtime, b: Runtime) => Runtime

export function arithmetic(operator: Arithmetic, left: Type, right: Type, machine: Machine): Operation {
  const found = operationOn(left, right, machine)?.[operator]
  if (found === undefined) throw unsupported(`${left.kind} ${operator} ${right.kind}`)
  return found as Operation
}

/** `target += value`: lists and sets change in place, everything else is `target = target + value`. */
export function update(operator: Arithmetic, left: Type, right: Type, machine: Machine): Operation {
  if (left.kind === 'list' && operator === '+')
    return (items, more) => extend(machine, items as Runtime[], more)
  const operation = arithmetic(operator, left, right, machine)
  if (left.kind === 'list') return (a, b) => refill(a as Runtime[], operation(a, b) as Runtime[])
  if (left.kind === 'set') return (a, b) => refillSet(a as SetValue, operation(a, b) as SetValue)
  return operation
}

function refill(items: Runtime[], by: Runtime[]): Runtime[] {
  items.splice(0)
  for (const item of by) items.push(item)
  return items
}

function refillSet(set: SetValue, by: SetValue): SetValue {
  set.entries.clear()
  for (const [key, item] of by.entries) set.entries.set(key, item)
  return set
}

type Operations = Partial<Record<Arithmetic, (a: never, b: never) => Runtime>>

function operationOn(left: Type, right: Type, machine: Machine): Operations | undefined {
  if (left.kind === 'int' && right.kind !== 'int') return scaled(right, machine)
  switch (left.kind) {
    case 'int':
      return integers(machine)
    case 'float':
      return floats
    case 'string':
    case 'char':
      return strings(machine)
    case 'list':
      return lists(machine)
    case 'set':
      return sets
    case 'date':
      return right.kind === 'date' ? { '-': (a: number, b: number) => a - b } : datesAndDays
    case 'days':
      return right.kind === 'date' ? datesAndDays : days
    default:
      return undefined
  }
}

/** `3 * 'ab'`, `2 * timedelta(days=1)`: the other way round. */
function scaled(right: Type, machine: Machine): Operations {
  const times = operationOn(right, { kind: 'int' }, machine)?.['*'] as Operation | undefined
  return times === undefined ? {} : { '*': (a: Runtime, b: Runtime) => times(b, a) }
}

function integers(machine: Machine): Operations {
  return {
    '+': (a: number, b: number) => machine.int(a + b),
    '-': (a: number, b: number) => machine.int(a - b),
    '*': (a: number, b: number) => machine.int(a * b),
    '/': floats['/']!,
    '//': (a: number, b: number) => machine.int(floorDivide(a, b)),
    '%': (a: number, b: number) => machine.int(floorModulo(a, b)),
    '**': (a: number, b: number) => machine.int(integerPower(a, b, machine)),
    '&': (a: number, b: number) => machine.int(bitwise('&', a, b)),
    '|': (a: number, b: number) => machine.int(bitwise('|', a, b)),
    '^': (a: number, b: number) => machine.int(bitwise('^', a, b)),
    '<<': (a: number, b: number) => machine.int(shift('<<', a, b)),
    '>>': (a: number, b: number) => machine.int(shift('>>', a, b)),
  }
}

const floats: Operations = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => {
    if (b === 0) throw divisionByZero()
    return a / b
  },
  '//': (a: number, b: number) => divideFloats(a, b)[0],
  '%': (a: number, b: number) => divideFloats(a, b)[1],
  '**': floatPower,
}

function strings(machine: Machine): Operations {
  return {
    '+': (a: string, b: string) => {
      machine.size(a.length + b.length)
      return a + b
    },
    '*': (a: string, times: number) => {
      machine.size(a.length * Math.max(0, times))
      return a.repeat(Math.max(0, times))
    },
  }
}

function lists(machine: Machine): Operations {
  return {
    '+': (a: Runtime[], b: Runtime[]) => {
      machine.size(a.length + b.length)
      return a.concat(b)
    },
    '*': (a: Runtime[], times: number) => {
      machine.size(a.length * Math.max(0, times))
      return Array.from({ length: Math.max(0, times) }, () => a).flat(1)
    },
  }
}

const sets: Operations = {
  '|': unite,
  '&': intersect,
  '-': subtract,
}

/** Dates and spans count days alike, so it does not matter which of the two comes first. */
const datesAndDays: Operations = {
  '+': (a: number, b: number) => checkedDate(a + b),
  '-': (a: number, b: number) => checkedDate(a - b),
}

const days: Operations = {
  '+': (a: number, b: number) => checkedDays(a + b),
  '-': (a: number, b: number) => checkedDays(a - b),
  '*': (a: number, times: number) => checkedDays(a * times),
}

/** Comparison of operands of one type. */
export function comparison(operator: Comparison, type: Type): (a: Runtime, b: Runtime) => boolean {
  if (operator === '==') return isEqual
  if (operator === '!=') return (a, b) => !isEqual(a, b)
  if (isPrimitive(type)) return primitives[operator]
  switch (operator) {
    case '<':
      return (a, b) => compare(a, b) < 0
    case '<=':
      return (a, b) => compare(a, b) <= 0
    case '>':
      return (a, b) => compare(a, b) > 0
    case '>=':
      return (a, b) => compare(a, b) >= 0
  }
}

function isPrimitive(type: Type): boolean {
  return ['int', 'float', 'bool', 'string', 'char', 'date', 'days'].includes(type.kind)
}

const primitives: Record<'<' | '<=' | '>' | '>=', (a: Runtime, b: Runtime) => boolean> = {
  '<': (a, b) => (a as number) < (b as number),
  '<=': (a, b) => (a as number) <= (b as number),
  '>': (a, b) => (a as number) > (b as number),
  '>=': (a, b) => (a as number) >= (b as number),
}
