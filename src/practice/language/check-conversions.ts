import { type Arguments, type Check, make, positional } from './arguments.ts'
import { printable } from './check-format.ts'
import { textOf } from './check-literals.ts'
import { arithmetic } from './check-operators.ts'
import { type Checker, known } from './checker.ts'
import { coerce, spell } from './coerce.ts'
import { head, isLetter } from './open-types.ts'
import type { Builtin, Expression } from './program.ts'
import { type Node, refuse } from './surface.ts'
import { isContainer, lengthAgainstZero } from './truth.ts'
import { BOOL, CHAR, DATE, DAYS, FLOAT, INT, NONE, optionalOf, STRING } from './types.ts'

/** Numbers, texts and dates made of one another. */
export const conversions: Partial<Record<Builtin, Check>> = {
  int(checker, given) {
    const [node, base] = positional(given, 1, 2)
    const value = numberOrText(checker, node!)
    if (base !== undefined)
      return make('int', [coerce(value, STRING, node!), coerce(checker.check(base), INT, base)], INT)
    return head(value.type).kind === 'int' ? value : make('int', [value], INT)
  },
  float(checker, given) {
    const [node] = positional(given, 1, 1) as [Node]
    const infinite = node.type === 'string' ? /^([+-]?)inf(inity)?$/i.exec(textOf(node)) : null
    if (infinite !== null) {
      const value = make('math.inf', [], FLOAT)
      return infinite[1] === '-' ? { kind: 'negate', value, type: FLOAT } : value
    }
    const value = numberOrText(checker, node)
    return head(value.type).kind === 'float' ? value : make('float', [value], FLOAT)
  },
  str(checker, given) {
    const [node] = positional(given, 1, 1) as [Node]
    const value = checker.check(node)
    printable(value.type, node)
    return isLetter(value.type) || head(value.type).kind === 'string'
      ? coerce(value, STRING, node)
      : make('str', [value], STRING)
  },
  bool(checker, given) {
    const [node] = positional(given, 1, 1) as [Node]
    const value = checker.check(node)
    if (isContainer(value.type)) return lengthAgainstZero(value, '>')
    if (head(value.type).kind === 'bool') return value
    return { kind: 'compare', operator: '!=', left: coerce(value, INT, node), right: number(0), type: BOOL }
  },
  ord(checker, given) {
    const [node] = positional(given, 1, 1) as [Node]
    const value = checker.check(node)
    if (head(value.type).kind !== 'string') return make('ord', [coerce(value, CHAR, node)], INT)
    return make('ord', [{ kind: 'index', of: value, index: number(0), type: CHAR }], INT)
  },
  abs(checker, given) {
    const [node] = positional(given, 1, 1) as [Node]
    const value = numeric(checker, node)
    return make('abs', [value], head(value.type))
  },
  round(checker, given) {
    const [node, second] = positional(given, 1, 2, ['ndigits'])
    const digits = second ?? given.named.get('ndigits')
    const value = numeric(checker, node!)
    if (digits === undefined) return head(value.type).kind === 'int' ? value : make('round', [value], INT)
    return make('round', [coerce(value, FLOAT, node!), coerce(checker.check(digits), INT, digits)], FLOAT)
  },
  pow(checker, given) {
    const nodes = positional(given, 2, 3)
    const values = nodes.map((node) => numeric(checker, node))
    if (values.length === 3)
      return make(
        'pow',
        values.map((value, index) => coerce(value, INT, nodes[index]!)),
        INT,
      )
    return arithmetic(given.node, '**', values[0]!, values[1]!)
  },
  print(checker, given) {
    const nodes = positional(given, 0, Number.POSITIVE_INFINITY)
    const values = nodes.map((node) => {
      const value = checker.check(node)
      printable(value.type, node)
      return value
    })
    return make('print', values, NONE)
  },
  date(checker, given) {
    return make(
      'date',
      dateParts(checker, given).map((value) => value ?? missing(given)),
      DATE,
    )
  },
  'date.replace'(checker, given, receiver) {
    const parts = dateParts(checker, given).map(
      (value): Expression => value ?? { kind: 'none', type: optionalOf(INT) },
    )
    return make('date.replace', [coerce(receiver!.value, DATE, receiver!.node), ...parts], DATE)
  },
  timedelta(checker, given) {
    const [byPosition] = positional(given, 0, 1, ['days', 'weeks'])
    const days = byPosition ?? given.named.get('days')
    const weeks = given.named.get('weeks')
    if ((days === undefined) === (weeks === undefined))
      return refuse(given.node, 'a span is of days or of weeks', 'Write `timedelta(days=n)`.')
    if (days !== undefined) return make('timedelta', [coerce(checker.check(days), INT, days)], DAYS)
    return make(
      'timedelta',
      [arithmetic(given.node, '*', coerce(checker.check(weeks!), INT, weeks!), number(7))],
      DAYS,
    )
  },
}

function number(value: number): Expression {
  return { kind: 'int', value, type: INT }
}

/** What `int` and `float` take. */
function numberOrText(checker: Checker, node: Node): Expression {
  const value = checker.check(node)
  if (isLetter(value.type)) return coerce(value, STRING, node)
  if (['int', 'float', 'bool', 'string', 'char'].includes(head(value.type).kind)) return value
  return refuse(node, `there is no number in ${spell(known(value.type, node))}`, 'Give a number or a string.')
}

function numeric(checker: Checker, node: Node): Expression {
  const value = checker.check(node)
  const { kind } = known(value.type, node)
  if (kind === 'int' || kind === 'float') return value
  return refuse(node, `this is ${spell(value.type)}, and a number is wanted`, 'Give a number.')
}

/** Year, month and day, by position or by name. */
function dateParts(checker: Checker, given: Arguments): (Expression | undefined)[] {
  const names = ['year', 'month', 'day']
  const nodes = positional(given, 0, 3, names)
  return names.map((name, index) => {
    const node = nodes[index] ?? given.named.get(name)
    return node && coerce(checker.check(node), INT, node)
  })
}

function missing(given: Arguments): never {
  return refuse(given.node, 'a date has a year, a month and a day', 'Write `date(2024, 2, 29)`.')
}
