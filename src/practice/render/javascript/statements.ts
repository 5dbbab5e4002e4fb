import type { Expression, Statement, Target } from '../../language/program.ts'
import {
  bracketedIfBroken,
  type Doc,
  group,
  hardline,
  ifBroken,
  indent,
  join,
  line,
  softline,
} from '../print.ts'
import { annotation } from './annotations.ts'
import { truth } from './conditions.ts'
import { expression, isObject, isPure, isSimple, operand, plainObject, target } from './expressions.ts'
import { keyOf } from './keys.ts'
import { forLoop } from './loops.ts'
import { grouped, inserted, updatedMap } from './map-statements.ts'
import { spell } from './spelling.ts'
import { typedValue } from './typing.ts'
import { unpacked } from './unpacking.ts'
import { updated } from './updates.ts'
import type { Writing } from './writing.ts'
import { levels, method, type Written } from './written.ts'

/** Statements, each on lines of its own. */
export function block(statements: readonly Statement[], writing: Writing): Doc {
  return join(
    hardline,
    statements.flatMap((of) => statement(of, writing)),
  )
}

/** `head {`, the block, and `}`. */
export function suite(head: Doc, body: readonly Statement[], writing: Writing): Doc {
  return braced(head, body.length === 0 ? [] : [block(body, writing)])
}

export function braced(head: Doc, lines: readonly Doc[]): Doc {
  return [head, ' ', inBraces(lines)]
}

function inBraces(lines: readonly Doc[]): Doc {
  return lines.length === 0 ? '{}' : ['{', indent(hardline, join(hardline, lines)), hardline, '}']
}

/** A statement as one line, ended as the style has it. */
export function ended(doc: Doc, { manner }: Writing): Doc {
  // Without semicolons, such a beginning would go on with the line before.
  const guard = manner.end === '' && /^[[(`/+-]/.test(firstOf(doc)) ? ';' : ''
  return [guard, group(doc), manner.end]
}

function firstOf(doc: Doc): string {
  if (typeof doc === 'string') return doc
  if ('kind' in doc) {
    if (doc.kind === 'line') return ''
    return firstOf(doc.kind === 'if-broken' ? doc.flat : doc.of)
  }
  for (const part of doc) {
    const first = firstOf(part)
    if (first !== '') return first
  }
  return ''
}

/** `= value`: what is made of operators goes to the next line where it is too long, the rest breaks inside. */
export function assigned(value: Written): Doc {
  const isInfix = value.level >= levels.nullish && value.level <= levels.power
  return isInfix || value.asks ? [' =', group(indent(line, group(value.doc)))] : [' = ', group(value.doc)]
}

export function statement(of: Statement, writing: Writing): Doc[] {
  const end = (doc: Doc) => ended(doc, writing)
  switch (of.kind) {
    case 'declare':
      return [end(declared(of, writing))]
    case 'assign':
      return [end(stored(of.target, operand(of.value, writing), writing))]
    case 'update':
      return updated(of, writing)
    case 'unpack':
      return unpacked(of, writing)
    case 'delete':
      return [end(deleted(of.target, writing))]
    case 'expression':
      return effect(of.value, writing)
    case 'if':
      return [branches(of, writing)]
    case 'while':
      return [suite(['while ', condition(of.condition, writing)], of.body, writing)]
    case 'for':
      return forLoop(of, writing)
    case 'return':
      return [end(of.value === undefined ? 'return' : returned(operand(of.value, writing)))]
    case 'break':
    case 'continue':
      return [end(of.kind)]
    case 'raise':
      return [end(['throw new ', writing.manner.error, '(', expression(of.message, writing), ')'])]
    case 'try':
      return [[suite('try', of.body, writing), ' ', suite('catch', of.handler, writing)]]
  }
}

/** Operators that do not fit stand in brackets of their own, since `return` ends at its line. */
function returned(value: Written): Doc {
  const isInfix = value.level >= levels.nullish && value.level <= levels.product
  return ['return ', isInfix ? bracketedIfBroken(value.doc) : group(value.doc)]
}

function condition(of: Expression, writing: Writing): Doc {
  return group('(', indent(softline, truth(of, writing).doc), softline, ')')
}

function declared(of: Statement & { kind: 'declare' }, writing: Writing): Doc {
  const name = spell(of.name, 'variable')
  if (of.value === undefined) return ['let ', name, writing.typed ? `: ${annotation(of.type, writing)}` : '']
  const keyword = writing.reassigned.has(of) ? 'let ' : 'const '
  if (writing.objects.has(of.name) && of.value.kind === 'map' && of.type.kind === 'map') {
    const type = writing.typed ? `: Record<string, ${annotation(of.type.value, writing)}>` : ''
    return [keyword, name, type, ' = ', plainObject(of.value, writing)]
  }
  const { type, value } = typedValue(of.type, of.value, writing)
  return [keyword, name, type, assigned(value)]
}

/** `place = value`, `map.set(key, value)`. */
export function stored(place: Target, value: Written, writing: Writing): Doc {
  if (place.kind === 'index' && place.of.type.kind === 'map' && !isObject(place.of, writing))
    return method(operand(place.of, writing), 'set', [keyOf(place.index, writing), value]).doc
  return [target(place, writing).doc, assigned(value)]
}

function deleted(place: Expression & { kind: 'index' }, writing: Writing): Doc {
  const receiver = operand(place.of, writing)
  if (place.of.type.kind !== 'map')
    return method(receiver, 'splice', [operand(place.index, writing), { doc: '1', level: levels.atom }]).doc
  if (isObject(place.of, writing)) return ['delete ', target(place, writing).doc]
  return method(receiver, 'delete', [keyOf(place.index, writing)]).doc
}

/** A call for what it does. */
function effect(of: Expression, writing: Writing): Doc[] {
  const end = (doc: Doc) => ended(doc, writing)
  if (of.kind === 'builtin') {
    const [first, ...rest] = of.arguments
    if (of.name === 'dict.pop')
      return [end(method(operand(first!, writing), 'delete', [keyOf(rest[0]!, writing)]).doc)]
    if (of.name === 'dict.setdefault' && isSimple(first!) && isPure(rest[0]!)) return inserted(of, writing)
    if (of.name === 'dict.update') return updatedMap(first!, rest[0]!, writing)
    // What is taken out is not looked at.
    if (of.name === 'list.pop') return [end(operand(of, { ...writing, typed: false }).doc)]
    const isGrouping =
      (of.name === 'list.append' || of.name === 'set.add') &&
      first!.kind === 'builtin' &&
      first!.name === 'dict.setdefault'
    if (isGrouping && isSimple(first.arguments[0]!) && isPure(first.arguments[1]!))
      return grouped(of, first, writing)
  }
  return [end(operand(of, writing).doc)]
}

function branches({ branches: all, otherwise }: Statement & { kind: 'if' }, writing: Writing): Doc {
  const [first] = all
  if (all.length === 1 && otherwise.length === 0 && writing.manner.shortIf && isShort(first!.body)) {
    const body = block(first!.body, writing)
    return group([
      'if ',
      condition(first!.condition, writing),
      ifBroken(' {', ' '),
      indent(softline, body),
      softline,
      ifBroken('}'),
    ])
  }
  const parts = all.map(({ condition: test, body }) =>
    suite(['if ', condition(test, writing)], body, writing),
  )
  if (otherwise.length > 0) parts.push(inBraces([block(otherwise, writing)]))
  return join(' else ', parts)
}

function isShort(body: readonly Statement[]): boolean {
  return body.length === 1 && ['return', 'continue', 'break', 'raise'].includes(body[0]!.kind)
}
