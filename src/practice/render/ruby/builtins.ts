import type { Builtin, Expression } from '../../language/program.ts'
import type { Doc, Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { widened } from './arithmetic.ts'
import { count, hashOf, quantified, sum } from './comprehensions.ts'
import { dates } from './dates.ts'
import { expression, operand } from './expressions.ts'
import { textOf } from './format.ts'
import { itemsOf } from './iteration.ts'
import { lists } from './lists.ts'
import { distinct, extreme, extremeOf, sorted } from './sorting.ts'
import { strings } from './strings.ts'
import type { Writing } from './writing.ts'
import { atom, bind, call, conditional, infix, levels, send } from './written.ts'

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

/** What goes through its argument. */
const unevaluated: Partial<Record<Builtin, Late>> = {
  sum: ({ arguments: [of, start] }, writing) => sum(of!, start, writing),
  any: ({ arguments: [of] }, writing) => quantified('any?', of!, writing),
  all: ({ arguments: [of] }, writing) => quantified('all?', of!, writing),
  min: (of, writing) => extremes('min', of, writing),
  max: (of, writing) => extremes('max', of, writing),
  sorted: ({ arguments: [of], options }, writing) => sorted(of!, options, writing),
  list({ arguments: [of] }, writing) {
    if (!of) return atom('[]')
    return of.kind !== 'comprehension' && of.type.kind === 'list' && of.kind !== 'builtin'
      ? send(operand(of, writing), 'dup')
      : itemsOf(of, writing)
  },
  tuple: ({ arguments: [of] }, writing) => itemsOf(of!, writing),
  set({ arguments: [of] }, writing) {
    writing.requires.add('set')
    if (!of) return call('Set.new')
    if (of.type.kind === 'set') return send(operand(of, writing), 'dup')
    return send(itemsOf(of, writing), 'to_set')
  },
  dict: ({ arguments: [of] }, writing) => (of ? hashOf(of, writing) : atom('{}')),
  len({ arguments: [of] }, writing) {
    if (of!.kind === 'comprehension' && of!.form !== 'set') return count(of!.clauses, writing)
    return send(distinct(of!, writing) ?? operand(of!, writing), writing.size ? 'size' : 'length')
  },
  range: (of, writing) => itemsOf(of, writing),
  enumerate: (of, writing) => itemsOf(of, writing),
  zip: (of, writing) => itemsOf(of, writing),
  reversed: (of, writing) => itemsOf(of, writing),
  'dict.items': (of, writing) => itemsOf(of, writing),
  'dict.keys': (of, writing) => itemsOf(of, writing),
  'dict.values': (of, writing) => itemsOf(of, writing),
  str: ({ arguments: [of] }, writing) => textOf(of!, writing),
  round({ arguments: [of, digits] }, writing) {
    const value = operand(of!, writing)
    if (!digits) return send(value, 'round', 'half: :even')
    return send(send(send(value, 'to_r'), 'round', expression(digits, writing), 'half: :even'), 'to_f')
  },
  print({ arguments: args }, writing) {
    if (args.length === 0) return atom('puts')
    if (args.length === 1) return { doc: ['puts ', printed(args[0]!, writing)], level: levels.conditional }
    const part = (value: Expression) => (value.kind === 'string' ? value.value : { value })
    const parts = args.flatMap((value, at) => (at === 0 ? [part(value)] : [' ', part(value)]))
    return {
      doc: ['puts ', operand({ kind: 'format', parts, type: { kind: 'string' } }, writing).doc],
      level: levels.conditional,
    }
  },
}

function printed(of: Expression, writing: Writing): Doc {
  const isPlain = ['int', 'float', 'string', 'char', 'date'].includes(of.type.kind)
  return isPlain ? expression(of, writing) : textOf(of, writing).doc
}

function extremes(name: 'min' | 'max', of: BuiltinExpression, writing: Writing): Operand {
  const [only, another] = of.arguments
  return another
    ? extremeOf(name, of.arguments, of.options, writing)
    : extreme(name, only!, of.options, writing)
}

const math =
  (name: string): Write =>
  ([a, b]) =>
    call(`Math.${name}`, a!.doc, ...(b ? [b.doc] : []))

const tables: Partial<Record<Builtin, Write>> = {
  ...strings,
  ...lists,
  ...dates,
  abs: ([a]) => send(a!, 'abs'),
  divmod: ([a, b]) => send(a!, 'divmod', b!.doc),
  pow: ([a, b, modulus]) => send(a!, 'pow', b!.doc, modulus!.doc),
  int([a, base], { arguments: [of] }, writing) {
    if (base) return call('Integer', a!.doc, base.doc)
    switch (of!.type.kind) {
      case 'bool':
        return conditional(a!, atom('1'), atom('0'))
      case 'float':
        return send(a!, 'to_i')
      case 'char':
        return writing.catches ? call('Integer', a!.doc, '10') : send(a!, 'to_i')
      default:
        return call('Integer', a!.doc, '10')
    }
  },
  float([a], { arguments: [of] }, writing) {
    if (of!.type.kind === 'int') {
      if (of!.kind === 'int')
        return operand({ kind: 'convert', value: of!, type: { kind: 'float' } }, writing)
      return send(a!, 'to_f')
    }
    return of!.type.kind === 'bool' ? conditional(a!, atom('1.0'), atom('0.0')) : call('Float', a!.doc)
  },
  ord: ([a]) => send(a!, 'ord'),
  chr: ([a]) => send(a!, 'chr'),
  bin: ([a]) => infix(atom("'0b'"), '+', send(a!, 'to_s', '2'), levels.sum),
  hex: ([a]) => infix(atom("'0x'"), '+', send(a!, 'to_s', '16'), levels.sum),
  'math.sqrt': ([a], { arguments: [of] }, writing) => {
    const whole = widened(of!)
    return call('Math.sqrt', whole ? expression(whole, writing) : a!.doc)
  },
  'math.isqrt': ([a]) => call('Integer.sqrt', a!.doc),
  'math.floor': ([a]) => send(a!, 'floor'),
  'math.ceil': ([a]) => send(a!, 'ceil'),
  'math.gcd': ([a, b]) => send(a!, 'gcd', b!.doc),
  'math.hypot': math('hypot'),
  'math.sin': math('sin'),
  'math.cos': math('cos'),
  'math.log': math('log'),
  'math.radians': ([a]) => ({ doc: [bind(a!, levels.product), ' * Math::PI / 180'], level: levels.product }),
  'math.pi': () => atom('Math::PI'),
  'math.inf': () => atom('Float::INFINITY'),
}
