/** Loops that count: over ranges, and over lists by an index. */
import type { Binding, Expression, Statement } from '../../language/program.ts'
import { freshName } from '../names.ts'
import { type Doc, group, indent, join, line, softline } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { assignedIn, changedIn, expressionsIn } from '../walk.ts'
import { infix, isSimple, operand } from './expressions.ts'
import { isInt, type Range } from './ranges.ts'
import { spell } from './spelling.ts'
import { assigned, block, braced, ended } from './statements.ts'
import { type Writing, withName } from './writing.ts'
import { atom, item, levels, property, type Written } from './written.ts'

export type For = Statement & { kind: 'for' }

export const one: Expression = { kind: 'int', value: 1, type: { kind: 'int' } }

export function bodyOf({ body }: For, writing: Writing): Doc[] {
  return body.length === 0 ? [] : [block(body, writing)]
}

/** A loop's number must be Python's again in the next round, whatever the body does to it. */
export function refuseAssigned({ names, body }: For): void {
  const set = assignedIn(body)
  if (names.some(({ name }) => set.has(name))) throw new Unsupported('a loop that assigns its own number')
}

/** `for (let i = 0; i < n; i++) { … }`. */
export function counting(of: For, range: Range, writing: Writing): Doc[] {
  refuseAssigned(of)
  const { name } = of.names[0]!
  const write = (index: string) => {
    const { start, stop, step } = range
    const isDown = step.kind === 'int' && step.value < 0
    // From 1 to 10 is said with the 10.
    const bound = !isDown && isInt(start, 1) && isInt(step, 1) ? throughLast(stop) : stop
    return counted(of, index, operand(start, writing).doc, { bound, isDown, step }, writing)
  }
  return name === '_' ? withName(['i', 'j', 'k', 'round'], writing, write) : write(spell(name, 'variable'))
}

function throughLast(stop: Expression): Expression {
  if (stop.kind !== 'int') return stop
  const last: Expression = { ...stop, value: stop.value - 1 }
  return { kind: 'arithmetic', operator: '+', left: last, right: one, type: stop.type }
}

export interface Count {
  /** Python's, which the loop does not reach. */
  bound: Expression
  isDown: boolean
  step: Expression
}

/** A bound that has to be worked out once gets a name before the loop. */
export function counted(
  of: For,
  index: string,
  start: Doc,
  { bound, isDown, step }: Count,
  writing: Writing,
  first: Doc[] = [],
): Doc[] {
  const next = neighbour(bound, isDown)
  const sign = (isDown ? '>' : '<') + (next === undefined ? '' : '=')
  const move = moved(index, step, isDown, writing)
  const loop = (limit: Written) => {
    const test = infix(atom(index), sign, limit, levels.relation).doc
    const parts: Doc[] = [[`let ${index} = `, group(start)], group(test), move]
    return braced(forHead(parts), [...first, ...bodyOf(of, writing)])
  }
  const limit = operand(next ?? bound, writing)
  if (isStable(bound, of.body)) return [loop(limit)]
  const name = freshName(next === undefined ? ['end', 'stop', 'limit'] : ['last', 'limit'], writing.taken)
  writing.taken.add(name)
  return [ended([`const ${name}`, assigned(limit)], writing), loop(atom(name))]
}

export function forHead(parts: readonly Doc[]): Doc {
  return group('for (', indent(softline, join([';', line], parts)), softline, ')')
}

/** The last number itself: `n` for `n + 1`, 0 for -1 downwards. */
function neighbour(bound: Expression, isDown: boolean): Expression | undefined {
  if (isDown) {
    if (isMinusOne(bound)) return { kind: 'int', value: 0, type: bound.type }
    return bound.kind === 'arithmetic' && bound.operator === '-' && isInt(bound.right, 1)
      ? bound.left
      : undefined
  }
  return bound.kind === 'arithmetic' && bound.operator === '+' && isInt(bound.right, 1)
    ? bound.left
    : undefined
}

function isMinusOne(of: Expression): boolean {
  return isInt(of, -1) || (of.kind === 'negate' && isInt(of.value, 1))
}

export function moved(index: string, step: Expression, isDown: boolean, writing: Writing): Doc {
  const sign = isDown ? '-' : '+'
  const size: Expression = step.kind === 'int' ? { ...step, value: Math.abs(step.value) } : step
  if (isInt(size, 1) && writing.manner.increment === 'i++') return index + sign + sign
  return [index, ` ${sign}= `, operand(size, writing).doc]
}

/** Whether the bound can be computed anew in each round: cheap, and nothing in it changes. */
export function isStable(bound: Expression, body: readonly Statement[]): boolean {
  const changing = new Set([...assignedIn(body), ...changedIn(body)])
  const cheap = new Set(['name', 'int', 'self', 'field', 'arithmetic', 'negate', 'convert', 'unwrap'])
  for (const part of expressionsIn(bound)) {
    if (part.kind === 'builtin' ? part.name !== 'len' : !cheap.has(part.kind)) return false
    if (part.kind === 'name' && changing.has(part.name)) return false
    if (part.kind === 'self' && changing.has('self')) return false
  }
  return true
}

/** `reversed(range(…))`. */
export function countingBack(of: For, { start, stop, step }: Range, writing: Writing): Doc[] {
  if (!isInt(step, 1)) throw new Unsupported('a range with a step, backwards')
  refuseAssigned(of)
  const { name } = of.names[0]!
  const first = operand(minusOne(stop), writing).doc
  const bound: Expression = isInt(start, 0)
    ? { kind: 'int', value: -1, type: start.type }
    : { kind: 'arithmetic', operator: '-', left: start, right: one, type: start.type }
  const write = (index: string) => counted(of, index, first, { bound, isDown: true, step: one }, writing)
  return name === '_' ? withName(['i', 'j', 'k'], writing, write) : write(spell(name, 'variable'))
}

function minusOne(of: Expression): Expression {
  if (of.kind === 'int') return { ...of, value: of.value - 1 }
  if (of.kind === 'arithmetic' && of.operator === '+' && isInt(of.right, 1)) return of.left
  return { kind: 'arithmetic', operator: '-', left: of, right: one, type: of.type }
}

export function isIndexed({ type }: Expression): boolean {
  return type.kind === 'list' || type.kind === 'string'
}

export function length(of: Expression): Expression {
  return { kind: 'builtin', name: 'len', arguments: [of], type: { kind: 'int' } }
}

export type Part = [binding: Binding, value: (index: Written) => Written]

/** An index over a list, and at the head of the body what stands there. */
export function overIndex(
  of: For,
  index: string,
  list: Expression,
  parts: readonly Part[],
  writing: Writing,
): Doc[] {
  const first = constants(of, index, parts, writing)
  return counted(of, index, '0', { bound: length(list), isDown: false, step: one }, writing, first)
}

export function constants(of: For, index: string, parts: readonly Part[], writing: Writing): Doc[] {
  return parts
    .filter(([{ name }]) => name !== '_')
    .map(([{ name }, value]) => {
      const keyword = assignedIn(of.body).has(name) ? 'let' : 'const'
      return ended([`${keyword} ${spell(name, 'variable')} = `, value(atom(index)).doc], writing)
    })
}

/** Whether an index can go over the list by its name, since the loop leaves it as it is. */
export function isStableList(list: Expression, { body }: For): boolean {
  return isSimple(list) && isIndexed(list) && isStable(length(list), body)
}

/** From the end of a list to its start. */
export function overIndexBack(of: For, source: Expression, writing: Writing): Doc[] {
  return withName(['i', 'j', 'index'], writing, (index) => {
    const list = operand(source, writing)
    const start = infix(property(list, 'length'), '-', atom('1'), levels.sum).doc
    const bound: Expression = { kind: 'int', value: -1, type: { kind: 'int' } }
    const first = constants(of, index, [[of.names[0]!, (i) => item(list, i)]], writing)
    return counted(of, index, start, { bound, isDown: true, step: one }, writing, first)
  })
}
