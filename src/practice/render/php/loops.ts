import type { Binding, Expression, Statement } from '../../language/program.ts'
import { type Pattern, patternsOf } from '../patterns.ts'
import type { Doc } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { assignedIn, changedIn, expressionsIn, mentions } from '../walk.ts'
import { itemsOf } from './comprehensions.ts'
import { expression, operand } from './expressions.ts'
import { intValue, isInt, isSimple } from './numbers.ts'
import { variable } from './spelling.ts'
import { braces } from './statements.ts'
import type { Writing } from './writing.ts'
import { call, flat } from './written.ts'

type For = Statement & { kind: 'for' }

export function loop(of: For, writing: Writing): Doc[] {
  const { patterns, body } = patternsOf(of)
  const { iterable } = of
  if (iterable.kind === 'builtin') {
    const [first, second] = iterable.arguments
    switch (iterable.name) {
      case 'range':
        return counting(of, iterable.arguments, writing)
      case 'enumerate':
        return enumerated(patterns, first!, second, body, writing)
      case 'dict.items':
        if (patterns.length !== 2) break
        return [items(patterns, first!, body, writing)]
      case 'dict.values':
        return [each(expression(first!, writing), target(patterns[0]!), body, writing)]
      case 'zip':
        return sideBySide(patterns, iterable.arguments, body, writing)
    }
  }
  const changed = changedIn(body)
  const [only] = patterns
  if (
    patterns.length === 1 &&
    !Array.isArray(only) &&
    only!.type.kind === 'list' &&
    changed.has(only!.name)
  ) {
    if (iterable.kind !== 'name' && iterable.kind !== 'field')
      throw new Unsupported('items of what is computed that change')
    const name = target(only!)
    return [each(expression(iterable, writing), `&${name}`, body, writing), `unset(${name});`]
  }
  const names = patterns.length === 1 ? target(only!) : `[${patterns.map(target).join(', ')}]`
  const keys = keysOf(iterable)
  if (keys && !Array.isArray(only) && only!.type.kind === 'char') {
    const array = call('array_keys', operand(keys, writing)).doc
    return [each(array, names, body, writing, [`${names} = (string) ${names};`])]
  }
  return [each(itemsOf(iterable, writing).doc, names, body, writing)]
}

/** Keys that are digits are ints in PHP: a character has to be made one again. */
function items(
  patterns: readonly Pattern[],
  map: Expression,
  body: readonly Statement[],
  writing: Writing,
): Doc {
  const [key, held] = patterns.map(target) as [string, string]
  const isCharacter = map.type.kind === 'map' && map.type.key.kind === 'char'
  const first = isCharacter ? [`${key} = (string) ${key};`] : []
  return each(expression(map, writing), `${key} => ${held}`, body, writing, first)
}

/** The map or set whose keys are gone through. */
function keysOf(of: Expression): Expression | undefined {
  if (of.kind === 'builtin' && of.name === 'dict.keys') return of.arguments[0]
  return of.kind !== 'comprehension' && (of.type.kind === 'map' || of.type.kind === 'set') ? of : undefined
}

function each(
  items: Doc,
  names: string,
  body: readonly Statement[],
  writing: Writing,
  first: readonly Doc[] = [],
): Doc {
  return ['foreach (', items, ` as ${names}) `, braces(body, writing, first)]
}

function target(pattern: Pattern): string {
  return Array.isArray(pattern) ? `[${pattern.map(target).join(', ')}]` : variable(pattern.name)
}

/** `for ($i = 0; $i < $n; $i++)`. What the end is computed from may not change meanwhile. */
function counting(of: For, args: readonly Expression[], writing: Writing): Doc[] {
  const [start, stop, step] = args.length === 1 ? [undefined, args[0]!] : args
  const by = step === undefined ? 1 : intValue(step)
  const binding = of.names[0] as Binding
  const name = binding.name === '_' ? writing.fresh('i', 'j', 'k') : binding.name
  if (assignedIn(of.body).has(name)) throw new Unsupported('a counter that is assigned')
  const counter = variable(name)
  const first: Doc[] = []
  let end: Doc = flat(operand(stop!, writing).doc)
  if (!isSteady(stop!, of.body)) {
    const last = variable(writing.fresh('end', 'limit'))
    first.push([last, ' = ', end, ';'])
    end = last
  }
  const down = by !== undefined && by < 0
  const [up, less] = writing.postfix ? [`${counter}++`, `${counter}--`] : [`++${counter}`, `--${counter}`]
  const next =
    by === 1 ? up : by === -1 ? less : [counter, down ? ` -= ${-by}` : [' += ', expression(step!, writing)]]
  const begin = start ? expression(start, writing) : '0'
  const head = ['for (', counter, ' = ', begin, '; ', counter, down ? ' > ' : ' < ', end, '; ', next, ') ']
  return [...first, [head, braces(of.body, writing)]]
}

function isSteady(stop: Expression, body: readonly Statement[]): boolean {
  const touched = new Set([...assignedIn(body), ...changedIn(body)])
  for (const part of expressionsIn(stop)) {
    if (part.kind === 'name' && touched.has(part.name)) return false
    if (part.kind === 'call' || part.kind === 'method' || part.kind === 'comprehension') return false
    if (part.kind === 'field' && touched.size > 0) return false
  }
  return true
}

/** `foreach ($xs as $i => $x)`. */
function enumerated(
  patterns: readonly Pattern[],
  source: Expression,
  start: Expression | undefined,
  body: readonly Statement[],
  writing: Writing,
): Doc[] {
  const [place, item] = patterns as [Binding, Pattern?]
  if (item === undefined) throw new Unsupported('items with their places as pairs')
  const items = itemsOf(source, writing).doc
  if (!start || isInt(start, 0))
    return [each(items, `${variable(place.name)} => ${target(item)}`, body, writing)]
  const key = variable(writing.fresh('index', 'key'))
  const count: Doc = [variable(place.name), ' = ', key, ' + ', expression(start, writing), ';']
  return [each(items, `${key} => ${target(item)}`, body, writing, [count])]
}

/** Two lists at a time, as far as the shorter goes. */
function sideBySide(
  patterns: readonly Pattern[],
  lists: readonly Expression[],
  body: readonly Statement[],
  writing: Writing,
): Doc[] {
  if (patterns.length !== lists.length) throw new Unsupported('several lists side by side in one variable')
  const before: Doc[] = []
  const arrays = lists.map((of) => {
    const written = itemsOf(of, writing)
    if (isSimple(of) && of.type.kind === 'list' && !changedIn(body).has(rootName(of)))
      return flat(written.doc)
    const name = variable(writing.fresh('others', 'list'))
    before.push([name, ' = ', written.doc, ';'])
    return name
  })
  const key = variable(writing.fresh('i', 'index'))
  const [first, ...others] = arrays as [string, ...string[]]
  const taken = patterns.map((pattern, at): Doc => `${target(pattern)} = ${arrays[at]}[${key}];`)
  const used = taken.filter(
    (_, at) => Array.isArray(patterns[at]) || mentions(body, (patterns[at] as Binding).name),
  )
  if (lists.slice(1).every((other) => writing.sameLength(lists[0]!, other))) {
    const rest = used.filter((line) => line !== taken[0])
    return [...before, each(first, `${key} => ${target(patterns[0]!)}`, body, writing, rest)]
  }
  const counts = [first, ...others].map((array) => call('count', { doc: array, level: 99 }).doc)
  const shortest = variable(writing.fresh('length', 'size'))
  const up = writing.postfix ? `${key}++` : `++${key}`
  return [
    ...before,
    [shortest, ' = min(', counts.flatMap((count, at) => (at === 0 ? [count] : [', ', count])), ');'],
    [`for (${key} = 0; ${key} < ${shortest}; ${up}) `, braces(body, writing, used)],
  ]
}

function rootName(of: Expression): string {
  return of.kind === 'name' ? of.name : ''
}
