import { bracketed, type Doc, group, indent, line, type Operand, print, softline } from '../print.ts'

/** How tightly PHP's operators bind. */
export const levels = {
  assignment: 1,
  conditional: 2,
  coalesce: 3,
  or: 4,
  and: 5,
  '|': 6,
  '^': 7,
  '&': 8,
  equality: 9,
  comparison: 10,
  concatenation: 11,
  shift: 12,
  sum: 13,
  product: 14,
  not: 15,
  unary: 16,
  power: 17,
  postfix: 18,
  atom: 19,
} as const

export function atom(doc: Doc): Operand {
  return { doc, level: levels.atom }
}

/** In brackets where it binds less tightly than `level`. */
export function bind({ doc, level: own }: Operand, level: number): Doc {
  return own < level ? group('(', indent(softline, doc), softline, ')') : doc
}

/** `name(args)`. */
export function call(name: string, ...args: Operand[]): Operand {
  const given = args.map(({ doc }) => group(doc))
  return { doc: [name, bracketed('(', given, ')', given.length > 1 ? ',' : '')], level: levels.postfix }
}

/** `receiver->name(args)`. */
export function send(receiver: Operand, name: string, ...args: Operand[]): Operand {
  const { doc } = call(name, ...args)
  return { doc: [bind(receiver, levels.postfix), '->', doc], level: levels.postfix }
}

export function list(items: readonly Doc[]): Operand {
  return atom(
    bracketed(
      '[',
      items.map((item) => group(item)),
      ']',
      ',',
    ),
  )
}

export function item(of: Operand, key: Doc): Operand {
  return { doc: [bind(of, levels.postfix), '[', key, ']'], level: levels.postfix }
}

/** A left-associative operator; long chains break before it. */
export function infix(left: Operand, operator: string, right: Operand, level: number): Operand {
  const side = (of: Operand, least: number) => (of.level === level ? bind(of, least) : group(bind(of, least)))
  return { doc: [side(left, level), line, `${operator} `, side(right, level + 1)], level }
}

/** Comparisons do not chain. */
export function compared(left: Operand, operator: string, right: Operand): Operand {
  const level = /^[=!]|<=>/.test(operator) ? levels.equality : levels.comparison
  return { doc: [group(bind(left, level + 1)), line, `${operator} `, group(bind(right, level + 1))], level }
}

export function prefix(operator: string, of: Operand, level: number = levels.unary): Operand {
  return { doc: [operator, bind(of, level)], level }
}

export function conditional(test: Operand, then: Operand, otherwise: Operand): Operand {
  const [a, b, c] = [test, then, otherwise].map((part) => group(bind(part, levels.coalesce)))
  return { doc: [a!, indent(line, '? ', b!, line, ': ', c!)], level: levels.conditional }
}

/** `fn ($x) => body`. */
export function arrow(parameters: readonly string[], body: Operand): Operand {
  return { doc: ['fn (', parameters.join(', '), ') => ', group(body.doc)], level: levels.assignment }
}

export function number(value: number): Operand {
  return { doc: String(value), level: value < 0 ? levels.unary : levels.atom }
}

/** On one line, however long. */
export function flat(doc: Doc): string {
  return print(group(doc), { width: Number.POSITIVE_INFINITY, tab: '', tabWidth: 0 })
}
