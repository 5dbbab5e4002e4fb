import type { BuiltinOptions, Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import { freshName } from '../names.ts'
import type { Doc, Operand } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { substitute } from '../substitute.ts'
import { expressionsIn } from '../walk.ts'
import { inOrder } from './conditions.ts'
import { expression, operand } from './expressions.ts'
import { itemsOf } from './iteration.ts'
import { intValue } from './numbers.ts'
import { spell } from './spelling.ts'
import type { Writing } from './writing.ts'
import { atom, bracketedList, conditional, infix, levels, prefix, send, withBlock } from './written.ts'

interface Key {
  /** Of a block that is given one item; what it takes apart is in brackets where another parameter follows. */
  parameters: string
  inner: string
  body: Operand
  /** Of a key that is a tuple. */
  parts?: Doc[]
  isNumber: boolean
  /** Items with equal keys are equal, so that their order does not show. */
  isUnique: boolean
}

/** `sorted(of)`. Ruby's sort is not stable: where that shows, the place of an item decides among equals. */
export function sorted(of: Expression, options: BuiltinOptions | undefined, writing: Writing): Operand {
  return inOrderOf(sortable(of, writing), of, options, '', writing)
}

/** Sets and hashes are sorted as they are. */
function sortable(of: Expression, writing: Writing): Operand {
  const unique = distinct(of, writing)
  if (unique) return unique
  if (of.kind === 'builtin' && of.name === 'dict.items') return operand(of.arguments[0]!, writing)
  return of.type.kind === 'set' && of.kind !== 'comprehension' ? operand(of, writing) : itemsOf(of, writing)
}

/** `xs.uniq` of `set(xs)`, where only its items count. */
export function distinct(of: Expression, writing: Writing): Operand | undefined {
  const [source] = of.kind === 'builtin' && of.name === 'set' ? of.arguments : []
  return source && source.type.kind !== 'set' ? send(itemsOf(source, writing), 'uniq') : undefined
}

/** `of.sort()`. */
export function sortInPlace(of: Expression, options: BuiltinOptions | undefined, writing: Writing): Operand {
  return inOrderOf(operand(of, writing), of, options, '!', writing)
}

function inOrderOf(
  items: Operand,
  of: Expression,
  options: BuiltinOptions | undefined,
  bang: '' | '!',
  writing: Writing,
): Operand {
  const reversed = (sorted: Operand) => (options?.reverse ? send(sorted, `reverse${bang}`) : sorted)
  if (!options?.key) {
    inOrder(itemType(of.type))
    return reversed(send(items, `sort${bang}`))
  }
  const key = keyOf(options.key, of, writing)
  const down = options.reverse && key.isNumber
  const body = down ? negated(key.body) : key.body
  if (key.isUnique) {
    const sorted = withBlock(items, `sort_by${bang}`, key.parameters, body.doc)
    return down ? sorted : reversed(sorted)
  }
  const place = freshName(['i', 'index'], new Set(key.inner.split(/\W+/)))
  const tie = options.reverse && !down ? `-${place}` : place
  const pair = bracketedList([...(key.parts ?? [body.doc]), tie])
  const sorted = withBlock(send(items, `sort_by${bang}`), 'with_index', `${key.inner}, ${place}`, pair.doc)
  return down ? sorted : reversed(sorted)
}

function negated(of: Operand): Operand {
  const text = of.doc
  return typeof text === 'string' && text.startsWith('-')
    ? atom(text.slice(1))
    : prefix('-', of, levels.minus)
}

/** `min` and `max` of one list; nil where it is empty, or `default`. */
export function extreme(
  name: 'min' | 'max',
  of: Expression,
  options: BuiltinOptions | undefined,
  writing: Writing,
): Operand {
  const items = itemsOf(of, writing)
  let found: Operand
  if (options?.key) {
    const key = keyOf(options.key, of, writing)
    found = withBlock(items, `${name}_by`, key.parameters, key.body.doc)
  } else {
    inOrder(itemType(of.type))
    found = send(items, name)
  }
  return options?.default ? infix(found, '||', operand(options.default, writing), levels.or) : found
}

function itemType(type: Type): Type {
  if (type.kind === 'list' || type.kind === 'set') return type.of
  if (type.kind === 'map') return type.key
  if (type.kind === 'tuple') return type.of[0]!
  return { kind: 'char' }
}

function keyOf(lambda: Expression, of: Expression, writing: Writing): Key {
  if (lambda.kind !== 'lambda') throw new Unsupported('a key that is a variable')
  const [{ name, type }] = lambda.parameters as [{ name: string; type: Type }]
  const apart = type.kind === 'tuple' ? takenApart(lambda.body, name, type.of, of) : undefined
  const asked = apart?.body ?? lambda.body
  const body = ordered(asked, writing)
  const parts = asked.kind === 'tuple' ? asked.items.map((item) => ordered(item, writing).doc) : undefined
  const names = apart?.names ?? [spell(name, 'variable')]
  const plain = names.join(', ')
  return {
    parameters: plain,
    inner: apart ? `(${plain})` : plain,
    body,
    ...(parts && { parts }),
    isNumber: ['int', 'float', 'days'].includes(lambda.body.type.kind),
    isUnique: isUnique(lambda.body, name, type, of),
  }
}

/** `kv[1]` is `value` where the parts of an item are all that is asked of it. */
function takenApart(
  body: Expression,
  name: string,
  types: readonly Type[],
  of: Expression,
): { names: string[]; body: Expression } | undefined {
  const all = [...expressionsIn(body)]
  const places = all.flatMap((part) =>
    part.kind === 'index' && part.of.kind === 'name' && part.of.name === name ? [intValue(part.index)] : [],
  )
  const uses = all.filter((part) => part.kind === 'name' && part.name === name).length
  if (uses !== places.length || places.some((place) => place === undefined || place < 0)) return undefined
  const taken = new Set(all.flatMap((part) => (part.kind === 'name' ? [part.name] : [])))
  const isItems = of.kind === 'builtin' && of.name === 'dict.items'
  const wanted = isItems ? ['key', 'value'] : ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']
  const names = types.map((_, place) => freshName([wanted[place] ?? `part_${place}`], taken))
  const items = types.map((type, place): Expression => ({ kind: 'name', name: names[place]!, type }))
  return {
    names: names.map((one, place) => (places.includes(place) ? one : '_')),
    body: substitute(
      body,
      new Map([[name, { kind: 'tuple', items, type: { kind: 'tuple', of: [...types] } }]]),
    ),
  }
}

/** A key that `<=>` orders: false comes before true. */
function ordered(of: Expression, writing: Writing): Operand {
  if (of.kind === 'tuple') return bracketedList(of.items.map((item) => ordered(item, writing).doc))
  if (of.type.kind === 'bool')
    return of.kind === 'not'
      ? conditional(operand(of.value, writing), atom('0'), atom('1'))
      : conditional(operand(of, writing), atom('1'), atom('0'))
  inOrder(of.type)
  return operand(of, writing)
}

/** Whether different items have different keys, as far as it is easy to see. */
function isUnique(body: Expression, name: string, type: Type, of: Expression): boolean {
  const parts = (body.kind === 'tuple' ? body.items : [body]).map((part) =>
    part.kind === 'negate' ? part.value : part,
  )
  if (parts.some((part) => part.kind === 'name' && part.name === name)) return true
  const places = parts.flatMap((part) =>
    part.kind === 'index' && part.of.kind === 'name' && part.of.name === name ? [intValue(part.index)] : [],
  )
  if (of.kind === 'builtin' && of.name === 'dict.items' && places.includes(0)) return true
  return type.kind === 'tuple' && type.of.every((_, place) => places.includes(place))
}

/** `[a, b].min`. */
export function extremeOf(
  name: 'min' | 'max',
  args: readonly Expression[],
  options: BuiltinOptions | undefined,
  writing: Writing,
): Operand {
  const items = bracketedList(args.map((arg): Doc => expression(arg, writing)))
  if (!options?.key) {
    inOrder(args[0]!.type)
    return send(items, name)
  }
  const key = keyOf(options.key, args[0]!, writing)
  return withBlock(items, `${name}_by`, key.parameters, key.body.doc)
}
