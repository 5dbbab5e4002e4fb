import type { Builtin, Expression } from '../../language/program.ts'
import type { Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { divmod, widened } from './arithmetic.ts'
import { counted, functionalOnly, itemsOf, quantified, sum } from './comprehensions.ts'
import { dates } from './dates.ts'
import { hoisted, operand } from './expressions.ts'
import { textOf } from './format.ts'
import { lists } from './lists.ts'
import { intValue } from './numbers.ts'
import { strings } from './strings.ts'
import { keyed } from './types.ts'
import { inside, type Writing } from './writing.ts'
import { atom, bind, call, compared, conditional, infix, levels, prefix } from './written.ts'

export type BuiltinExpression = Expression & { kind: 'builtin' }

/** Writes one builtin of Python: `args` are its operands, `of` the whole. */
export type Write = (args: Operand[], of: BuiltinExpression, writing: Writing) => Operand

export function builtin(of: BuiltinExpression, writing: Writing): Operand {
  const late = unevaluated[of.name]
  if (late) return late(of, writing)
  const write = tables[of.name]
  if (!write) throw new Unsupported(of.name)
  return write(
    of.arguments.map((arg) => operand(arg, writing)),
    of,
    writing,
  )
}

type Late = (of: BuiltinExpression, writing: Writing) => Operand

const asItems: Late = (of, writing) => functionalOnly(of, writing, () => itemsOf(of, writing))

/** What goes through its argument. */
const unevaluated: Partial<Record<Builtin, Late>> = {
  sum,
  any: quantified,
  all: quantified,
  min: extreme,
  max: extreme,
  sorted: hoisted,
  list(of, writing) {
    const [source] = of.arguments
    return source ? functionalOnly(of, writing, () => itemsOf(source, writing)) : atom('[]')
  },
  tuple: ({ arguments: [of] }, writing) => itemsOf(of!, writing),
  set(of, writing) {
    const [source] = of.arguments
    if (of.type.kind === 'set') keyed(of.type.of)
    if (!source) return atom('[]')
    if (source.type.kind === 'set') return operand(source, writing)
    return functionalOnly(of, writing, () => call('array_fill_keys', itemsOf(source, writing), atom('true')))
  },
  dict(of, writing) {
    const [source] = of.arguments
    if (of.type.kind === 'map') keyed(of.type.key)
    if (!source) return atom('[]')
    if (source.type.kind === 'map') return operand(source, writing)
    const isZip = source.kind === 'builtin' && source.name === 'zip'
    const [keys, values] = isZip ? source.arguments : []
    if (keys && values && writing.sameLength(keys, values))
      return call('array_combine', itemsOf(keys, writing), itemsOf(values, writing))
    return hoisted(of, writing)
  },
  len(of, writing) {
    const [source] = of.arguments as [Expression]
    if (source.kind === 'comprehension' && source.form !== 'set') return counted(of, source.clauses, writing)
    return call(
      source.type.kind === 'string' || source.type.kind === 'char' ? 'strlen' : 'count',
      operand(source, writing),
    )
  },
  range: asItems,
  enumerate: asItems,
  zip: asItems,
  reversed: asItems,
  'dict.items': asItems,
  'dict.keys': asItems,
  'dict.values': asItems,
  str: ({ arguments: [of] }, writing) => textOf(of!, writing),
  print({ arguments: args }, writing) {
    const texts = args.map((arg) => (arg.type.kind === 'int' ? operand(arg, writing) : textOf(arg, writing)))
    const parts = texts.flatMap((text, at) => [at === 0 ? '' : ", ' ', ", bind(text, levels.coalesce)])
    return { doc: ['echo ', ...parts, args.length > 0 ? ', ' : '', 'PHP_EOL'], level: levels.assignment }
  },
}

/** `min` and `max`: numbers by PHP's own, what is ordered otherwise by a loop. */
function extreme(of: BuiltinExpression, writing: Writing): Operand {
  const [first, second] = of.arguments as [Expression, Expression?]
  const { name } = of
  const isNumber = ['int', 'float', 'days'].includes(of.type.kind)
  if (second) {
    if (of.options?.key || (!isNumber && of.type.kind !== 'date'))
      throw new Unsupported(`${name} of a ${of.type.kind}`)
    return call(name, ...of.arguments.map((arg) => operand(widened(arg) ?? arg, writing)))
  }
  if (of.options?.key || !isNumber) return hoisted(of, writing)
  const other = of.options?.default
  if (!other) return functionalOnly(of, writing, () => call(name, itemsOf(first, writing)))
  if (first.kind !== 'name') return hoisted(of, writing)
  const items = itemsOf(first, writing)
  const isEmpty = compared(operand(first, writing), '===', atom('[]'))
  return conditional(isEmpty, operand(other, inside(writing)), call(name, items))
}

const plain =
  (name: string): Write =>
  (args) =>
    call(name, ...args)

const tables: Partial<Record<Builtin, Write>> = {
  ...strings,
  ...lists,
  ...dates,
  abs: plain('abs'),
  divmod: (_, { arguments: [a, b] }, writing) => divmod(a!, b!, writing),
  round([value, digits], { arguments: [of, places] }) {
    const whole = widened(of!)
    if (!digits) return prefix('(int) ', call('round', value!, atom('0'), atom('PHP_ROUND_HALF_EVEN')))
    const count = intValue(places)
    if (whole || count === undefined || count < 1) throw new Unsupported('such a rounding')
    return prefix('(float) ', call('sprintf', atom(`'%.${count}f'`), value!))
  },
  int([value, base], { arguments: [of] }, writing) {
    if (catches(writing) && ['string', 'char'].includes(of!.type.kind))
      throw new Unsupported('a number that may be none')
    if (base) return call('intval', value!, base)
    if (of!.type.kind === 'bool') return conditional(value!, atom('1'), atom('0'))
    return prefix('(int) ', value!)
  },
  float([value], { arguments: [of] }, writing) {
    if (catches(writing) && of!.type.kind === 'string') throw new Unsupported('a number that may be none')
    const literal = intValue(of)
    return literal === undefined ? prefix('(float) ', value!) : atom(`${literal}.0`)
  },
  ord: plain('ord'),
  chr: plain('chr'),
  bin: ([n]) => infix(atom("'0b'"), '.', call('decbin', n!), levels.concatenation),
  hex: ([n]) => infix(atom("'0x'"), '.', call('dechex', n!), levels.concatenation),
  'math.sqrt': (_, { arguments: [of] }, writing) => call('sqrt', operand(widened(of!) ?? of!, writing)),
  'math.isqrt': ([n]) => prefix('(int) ', call('sqrt', n!)),
  'math.floor': ([x]) => prefix('(int) ', call('floor', x!)),
  'math.ceil': ([x]) => prefix('(int) ', call('ceil', x!)),
  'math.hypot': plain('hypot'),
  'math.sin': plain('sin'),
  'math.cos': plain('cos'),
  'math.radians': plain('deg2rad'),
  'math.log': plain('log'),
  'math.pi': () => atom('M_PI'),
  'math.inf': () => atom('INF'),
}

function catches({ program }: Writing): boolean {
  return JSON.stringify(program).includes('"kind":"try"')
}
