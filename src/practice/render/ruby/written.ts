import { bracketed, type Doc, group, indent, line, type Operand, print, softline } from '../print.ts'

/** How tightly Ruby's operators bind. */
export const levels = {
  conditional: 1,
  range: 2,
  or: 3,
  and: 4,
  equality: 5,
  comparison: 6,
  '|': 7,
  '^': 7,
  '&': 8,
  shift: 9,
  sum: 10,
  product: 11,
  minus: 12,
  power: 13,
  unary: 14,
  postfix: 15,
  atom: 16,
} as const

export function atom(doc: Doc): Operand {
  return { doc, level: levels.atom }
}

/** In brackets where it binds less tightly than `level`. */
export function bind({ doc, level: own }: Operand, level: number): Doc {
  return own < level ? group('(', indent(softline, doc), softline, ')') : doc
}

/** `receiver.name(args)`. */
export function send(receiver: Operand, name: string, ...args: Doc[]): Operand {
  const given = args.length > 0 ? bracketed('(', args.map(one), ')') : ''
  return { doc: [bind(receiver, levels.postfix), `.${name}`, given], level: levels.postfix }
}

/** `name(args)`, without brackets where there are none. */
export function call(name: string, ...args: Doc[]): Operand {
  return { doc: [name, args.length > 0 ? bracketed('(', args.map(one), ')') : ''], level: levels.postfix }
}

/** `receiver.name { |parameters| body }`, `receiver.name(&:method)` where that says the same. */
export function withBlock(
  receiver: Operand,
  name: string,
  parameters: string,
  body: Doc,
  ...args: Doc[]
): Operand {
  const { doc } = send(receiver, name, ...args)
  const symbol = args.length === 0 ? methodName(parameters, body) : undefined
  if (symbol !== undefined) return { doc: [doc, `(&:${symbol})`], level: levels.postfix }
  const head = parameters === '' ? ' {' : ` { |${parameters}|`
  return { doc: [doc, group(head, indent(line, one(body)), line, '}')], level: levels.postfix }
}

/** `length` of the block `{ |word| word.length }`. */
function methodName(parameters: string, body: Doc): string | undefined {
  const [, receiver, name] = /^([a-z_0-9]+)\.([a-z_0-9]+[?!]?)$/.exec(flat(body)) ?? []
  return receiver === parameters ? name : undefined
}

export function index(receiver: Operand, ...args: Doc[]): Operand {
  const given = args.flatMap((arg, at) => (at === 0 ? [arg] : [', ', arg]))
  return { doc: [bind(receiver, levels.postfix), '[', ...given, ']'], level: levels.postfix }
}

/** A left-associative operator; long chains break after it. */
export function infix(left: Operand, operator: string, right: Operand, level: number): Operand {
  const side = (of: Operand, least: number) => (of.level === level ? bind(of, least) : one(bind(of, least)))
  return { doc: [side(left, level), ` ${operator}`, line, side(right, level + 1)], level }
}

/** `left == right`: comparisons do not chain. */
export function compared(left: Operand, operator: string, right: Operand): Operand {
  const level =
    operator === '==' || operator === '!=' || operator === '<=>' ? levels.equality : levels.comparison
  return { doc: [one(bind(left, level + 1)), ` ${operator}`, line, one(bind(right, level + 1))], level }
}

export function prefix(operator: string, of: Operand, level: number): Operand {
  return { doc: [operator, bind(of, level)], level }
}

export function conditional(condition: Operand, then: Operand, otherwise: Operand): Operand {
  const [test, yes, no] = [
    bind(condition, levels.range),
    bind(then, levels.range),
    bind(otherwise, levels.conditional),
  ]
  return { doc: [test, ' ?', line, yes, ' :', line, no], level: levels.conditional }
}

function one(doc: Doc): Doc {
  return group(doc)
}

/** On one line, however long. */
export function flat(doc: Doc): string {
  return print(group(doc), { width: Number.POSITIVE_INFINITY, tab: '', tabWidth: 0 })
}

/** `[a, b]`. */
export function bracketedList(items: readonly Doc[]): Operand {
  return { doc: bracketed('[', items.map(one), ']'), level: levels.atom }
}
