import {
  bind,
  bracketed,
  type Doc,
  group,
  hardline,
  ifBroken,
  indent,
  line,
  type Operand,
  softline,
} from '../print.ts'

/** How tightly JavaScript's operators bind. `??` takes neither `||` nor `&&` beside it without brackets. */
export const levels = {
  arrow: 1,
  conditional: 2,
  nullish: 3,
  or: 4,
  and: 5,
  '|': 6,
  '^': 7,
  '&': 8,
  equality: 9,
  relation: 10,
  shift: 11,
  sum: 12,
  product: 13,
  power: 14,
  unary: 15,
  postfix: 17,
  atom: 20,
} as const

/** An expression; where it is a chain of calls, so that the next call can join it. */
export interface Written extends Operand {
  /** Of an arrow function that begins on the line of the call whose last argument it is, though it goes on below. */
  hugged?: { head: Doc; body: Doc; isBracketed: boolean }
  /** Of a choice: its condition is made of operators. */
  asks?: boolean
  chain?: { head: Doc; links: Link[] }
}

interface Link {
  doc: Doc
  /** `property` is `.length` or `[i]`; an arrow function among its arguments makes a call `long`. */
  kind: 'property' | 'call' | 'long call'
}

export function atom(doc: Doc): Written {
  return { doc, level: levels.atom }
}
export function postfix(doc: Doc): Written {
  return { doc, level: levels.postfix }
}

export function unary(operator: string, value: Operand): Written {
  return { doc: [operator, bind(value, levels.unary)], level: levels.unary }
}

/** `name(arguments)`. */
export function call(name: Doc, args: readonly Written[]): Written {
  return postfix([name, argumentList(args)])
}

/** `new Name(arguments)`. */
export function construct(name: Doc, args: readonly Written[]): Written {
  return postfix(['new ', name, argumentList(args)])
}

function argumentList(args: readonly Written[]): Doc {
  const [only] = args
  if (args.length === 1 && only!.level === levels.atom && beginsWith(only!.doc, /^[[{]/))
    return ['(', group(only!.doc), ')']
  const hugged = args.at(-1)?.hugged
  if (hugged !== undefined) {
    const others = args.slice(0, -1).flatMap(({ doc }) => [group(doc), ', '])
    if (hugged.isBracketed) return ['(', others, hugged.head, ' ', group(hugged.body), ')']
    return group('(', others, hugged.head, indent(line, group(hugged.body)), ifBroken(','), softline, ')')
  }
  return bracketed(
    '(',
    args.map(({ doc }) => doc),
    ')',
    ',',
  )
}

/** `receiver.name(arguments)`. */
export function method(receiver: Written, name: string, args: readonly Written[] = []): Written {
  const isLong = args.some(({ level }) => level === levels.arrow)
  return linked(receiver, { doc: [`.${name}`, argumentList(args)], kind: isLong ? 'long call' : 'call' })
}

/** `receiver.name`. */
export function property(receiver: Written, name: string): Written {
  return linked(receiver, { doc: `.${name}`, kind: 'property' })
}

/** `receiver[index]`. */
export function item(receiver: Written, index: Operand): Written {
  return linked(receiver, { doc: ['[', group(index.doc), ']'], kind: 'property' })
}

/** `receiver!`, which only TypeScript has. */
export function nonNull(receiver: Written): Written {
  return linked(receiver, { doc: '!', kind: 'property' })
}

function linked(receiver: Written, link: Link): Written {
  const chain = receiver.chain ?? { head: bind(receiver, levels.postfix), links: [] }
  const links = [...chain.links, link]
  return { doc: chained(chain.head, links), level: levels.postfix, chain: { head: chain.head, links } }
}

/** Chains of calls break before each call, as Prettier has them: three calls with a function among them always. */
function chained(head: Doc, links: readonly Link[]): Doc {
  const calls = links.filter(({ kind }) => kind !== 'property')
  if (calls.length < 2) return [head, links.map(({ doc }) => doc)]
  const first = links.findIndex(({ kind }) => kind !== 'property')
  const before = links.slice(0, first).map(({ doc }) => doc)
  const isBroken = calls.length > 2 && calls.some(({ kind }) => kind === 'long call')
  const parts = links
    .slice(first)
    .map(({ doc, kind }) => (kind === 'property' ? doc : [isBroken ? hardline : softline, doc]))
  return group(head, before, indent(parts))
}

/** `(a, b) => body`. */
export function arrow(parameters: readonly Doc[], body: Operand, result: Doc = ''): Written {
  const head = [bracketed('(', parameters, ')'), result, ' =>']
  const level = levels.arrow
  // Brackets keep an object from being a block, and a `?` from being read as a part of what is left of the arrow.
  if (beginsWith(body.doc, /^\{/)) {
    const shown = ['(', body.doc, ')']
    return { doc: [head, ' ', shown], level, hugged: { head, body: shown, isBracketed: true } }
  }
  const conditional = body.level === levels.conditional
  const shown = conditional ? [ifBroken('', '('), body.doc, ifBroken('', ')')] : body.doc
  if (body.level === levels.atom)
    return { doc: [head, ' ', group(shown)], level, hugged: { head, body: shown, isBracketed: true } }
  const doc = [head, group(indent(line, group(shown)))]
  return body.level === levels.postfix
    ? { doc, level, hugged: { head, body: shown, isBracketed: false } }
    : { doc, level }
}

function beginsWith(doc: Doc, start: RegExp): boolean {
  if (typeof doc === 'string') return start.test(doc)
  if (!('kind' in doc)) {
    const first = doc.find((part) => part !== '')
    return first !== undefined && beginsWith(first, start)
  }
  return (doc.kind === 'group' || doc.kind === 'indent') && beginsWith(doc.of, start)
}

export function conditional(condition: Operand, then: Operand, otherwise: Operand): Written {
  return {
    doc: [
      indent(bind(condition, levels.nullish)),
      indent(line, '? ', bind(then, levels.conditional), line, ': ', bind(otherwise, levels.conditional)),
    ],
    level: levels.conditional,
    asks: condition.level >= levels.nullish && condition.level <= levels.power,
  }
}

export function array(items: readonly Doc[]): Written {
  return atom(bracketed('[', items, ']', ','))
}

/** `[...items]`. */
export function spread(items: Operand): Written {
  return array([spreadItem(items).doc])
}

/** Whether an identifier occurs in what is written. */
export function mentionsName(doc: Doc, name: string): boolean {
  if (typeof doc === 'string')
    return new RegExp(`(?<![\\w$.])${name.replace('$', '\\$')}(?![\\w$])`).test(doc)
  if (!('kind' in doc)) return doc.some((part) => mentionsName(part, name))
  if (doc.kind === 'line') return false
  return doc.kind === 'if-broken' ? mentionsName(doc.broken, name) : mentionsName(doc.of, name)
}

/** `...items`, as an argument or an item. */
export function spreadItem(items: Operand): Written {
  return { doc: ['...', bind(items, levels.postfix)], level: levels.atom }
}
