import type { Builtin, Expression } from '../../language/program.ts'
import type { Doc, Operand } from '../print.ts'
import { bind, call, expression, levels, operand, soleArgument } from './expressions.ts'
import { quoted } from './literals.ts'
import { needs, type Writing } from './writing.ts'

type BuiltinExpression = Expression & { kind: 'builtin' }

/** A call of the standard library, as Python has it; imports the module that it comes from. */
export function builtinCall(of: BuiltinExpression, writing: Writing): Operand {
  const { name } = of
  const [first, ...rest] = of.arguments
  if (name === 'math.inf' && writing.floatInf) return call('float', [quoted('inf', writing.quote)])
  if (name === 'math.pi' || name === 'math.inf') {
    needs(writing, 'math')
    return { doc: name, level: levels.postfix }
  }
  if (name.startsWith('math.')) needs(writing, 'math')
  if (name === 'date' || name === 'date.fromisoformat') needs(writing, 'datetime', 'date')
  if (name === 'timedelta') return timedelta(of, writing)
  if (isFunction(name)) return call(name, argumentsOf(of, of.arguments, writing))
  const receiver = bind(operand(first!, writing), levels.postfix)
  const method = name.slice(name.indexOf('.') + 1)
  if (properties.has(name)) return { doc: [receiver, `.${method}`], level: levels.postfix }
  if (name === 'date.replace') return call([receiver, '.replace'], replacements(rest, writing))
  return call([receiver, `.${method}`], argumentsOf(of, rest, writing))
}

const properties: ReadonlySet<Builtin> = new Set<Builtin>([
  'date.year',
  'date.month',
  'date.day',
  'timedelta.days',
])

function isFunction(name: Builtin): boolean {
  return !name.includes('.') || name.startsWith('math.') || name === 'date.fromisoformat'
}

function argumentsOf(of: BuiltinExpression, args: readonly Expression[], writing: Writing): Doc[] {
  const { key, reverse, default: otherwise } = of.options ?? {}
  const named: Doc[] = []
  if (key) named.push(['key=', expression(key, writing)])
  if (reverse) named.push('reverse=True')
  if (otherwise) named.push(['default=', expression(otherwise, writing)])
  if (args.length === 1 && named.length === 0) return [soleArgument(args[0]!, writing)]
  const plain = args.map((arg) => expression(arg, writing))
  if (of.name === 'enumerate' && args.length === 2 && writing.startKeyword) plain[1] = ['start=', plain[1]!]
  return [...plain, ...named]
}

function timedelta(of: BuiltinExpression, writing: Writing): Operand {
  needs(writing, 'datetime', 'timedelta')
  return call(
    'timedelta',
    of.arguments.map((days) => ['days=', expression(days, writing)]),
  )
}

/** `day=1` of the year, month and day. */
function replacements(args: readonly Expression[], writing: Writing): Doc[] {
  return args.flatMap((arg, index) =>
    arg.kind === 'none' ? [] : [[`${['year', 'month', 'day'][index]}=`, expression(arg, writing)]],
  )
}
