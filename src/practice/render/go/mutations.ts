import type { Expression, Statement } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import * as build from '../build.ts'
import { isIterator } from '../lower.ts'
import { Unsupported } from '../renderer.ts'
import { assignParts, bareCall, shapeOf } from './calls.ts'
import { isEmptyList, missing, removal } from './collections.ts'
import { expression, several } from './expressions.ts'
import { checkError } from './failing.ts'
import { kept } from './lists.ts'
import { unexported } from './names.ts'
import { place } from './places.ts'
import { sortCall } from './sorting.ts'
import { block } from './statements.ts'
import { atom, binary, call, composite, type Go, index, print, slice } from './syntax.ts'
import { goType } from './types.ts'
import { emit, fresh, isSimple, type Writing } from './writing.ts'

/** An expression that stands for itself: what it changes, or a call. */
export function expressionStatement(of: Expression, writing: Writing): void {
  if (of.kind === 'builtin') {
    const change = changes[of.name]
    if (change) {
      change(of.arguments, writing, of)
      return
    }
    if (of.name === 'print') {
      emit(writing, print(expression(of, writing)))
      return
    }
    if (of.name === 'int' || of.name === 'float' || of.name === 'date.fromisoformat' || of.name === 'date') {
      discarded(of, writing)
      return
    }
  }
  const shape = shapeOf(of, writing)
  if (shape && of.kind !== 'builtin') {
    const made = bareCall(of as Parameters<typeof bareCall>[0], writing)
    const count = shape.types.length + (shape.flag ? 1 : 0)
    if (!shape.error) {
      emit(writing, print(made))
      return
    }
    const parts = Array.from({ length: count }, () => '_')
    if (count > 0) {
      assignParts(parts, made, shape, writing)
      return
    }
    checkError(writing, `err := ${print(made)}; err != nil`)
    return
  }
  emit(writing, `_ = ${print(expression(of, writing))}`)
}

/** A conversion that is only to fail or not: `if _, err := strconv.Atoi(s); err != nil`. */
function discarded(of: Expression, writing: Writing): void {
  expression(of, writing)
  const at = writing.lines.findLastIndex((line) => /^\w+, err := /.test(line))
  if (at === -1) return
  const made = writing.lines[at]!.replace(/^\w+, err := /, '')
  const next = writing.lines[at + 1]
  if (next === 'if err != nil {' || next?.endsWith('err != nil')) {
    writing.lines.splice(
      at,
      2,
      next.replace('err != nil', `_, err := ${made}; err != nil`).replace(/^(if )?/, '$1'),
    )
  } else throw new Unsupported('a conversion whose value is not used')
}

type Change = (args: readonly Expression[], writing: Writing, of: Expression & { kind: 'builtin' }) => void

/** A list that changes: where it is, and as something to index. */
function target(list: Expression, writing: Writing): { held: Go; from: Go } {
  const held = place(list, writing)
  return { held, from: held.kind === 'unary' ? atom(`(${print(held)})`) : held }
}

const changes: Readonly<Record<string, Change>> = {
  'list.append'([list, item], writing) {
    if (item!.kind === 'conditional' && isSimple(list!)) {
      const { condition, then, otherwise } = item!
      const choice = build.when(condition, [build.append(list!, then)], [build.append(list!, otherwise)])
      emit(writing, ...block([choice], writing))
      return
    }
    const entry = groupOf(list!, writing)
    const held = place(entry, writing)
    emit(writing, `${print(held)} = ${print(call('append', held, expression(item!, writing)))}`)
  },
  'list.pop'([list, at], writing) {
    const { held, from } = target(list!, writing)
    const last = binary(call('len', held), '-', atom('1'))
    if (!at || (at.kind === 'int' && at.value === -1))
      emit(writing, `${print(held)} = ${print(slice(from, undefined, last))}`)
    else if (at.kind === 'int' && at.value === 0)
      emit(writing, `${print(held)} = ${print(slice(from, atom('1')))}`)
    else
      emit(
        writing,
        removal(held, from, expression(isSimple(at) ? at : kept(at, writing, 'position'), writing)),
      )
  },
  'list.insert'([list, at, item], writing) {
    const { held, from } = target(list!, writing)
    const [position, value] = several([at!, item!], writing, (part) => expression(part, writing)) as [Go, Go]
    const single = composite(goType(list!.type, writing.module.survey), [value])
    if (at!.kind === 'int' && at!.value === 0) {
      emit(writing, `${print(held)} = ${print(spread(single, held))}`)
      return
    }
    if (at!.kind === 'negate' || (at!.kind === 'int' && at!.value < 0))
      throw new Unsupported('an insertion counted from the end')
    emit(
      writing,
      `${print(held)} = ${print(spread(slice(from, undefined, position), spread(single, slice(from, position))))}`,
    )
  },
  'list.extend'([list, items], writing) {
    const entry = groupOf(list!, writing)
    const held = place(entry, writing)
    const type = (list!.type as { of: Type }).of
    if (items!.kind === 'list') {
      if (items!.items.length > 0)
        emit(
          writing,
          `${print(held)} = ${print(call('append', held, ...items!.items.map((one) => expression(one, writing))))}`,
        )
      return
    }
    const isList = items!.kind !== 'comprehension' && items!.type.kind === 'list' && !isIterator(items!)
    if (isList && !isRanged(items!))
      emit(writing, `${print(held)} = ${print(spread(held, expression(items!, writing, 'read')))}`)
    else emit(writing, ...block(appended(entry, items!, type, writing), writing))
  },
  'list.sort'([list], writing, of) {
    emit(writing, print(sortCall(list!, of.options, writing)))
  },
  'list.reverse'([list], writing) {
    const { from, held } = target(list!, writing)
    const [i, j] = [unexported(fresh(writing, 'i', 'left')), unexported(fresh(writing, 'j', 'right'))]
    const [a, b] = [print(index(from, atom(i))), print(index(from, atom(j)))]
    emit(
      writing,
      `for ${i}, ${j} := 0, ${print(call('len', held))}-1; ${i} < ${j}; ${i}, ${j} = ${i}+1, ${j}-1 {`,
    )
    emit(writing, `\t${a}, ${b} = ${b}, ${a}`, '}')
  },
  'list.remove'([list, item], writing) {
    const found = expression(build.call('list.index', { kind: 'int' }, list!, item!), writing)
    const { held, from } = target(list!, writing)
    emit(writing, removal(held, from, found))
  },
  'list.clear'([list], writing) {
    emit(writing, `${print(place(list!, writing))} = nil`)
  },
  'dict.setdefault'([map, key, other], writing) {
    const at = isSimple(key!) ? key! : kept(key!, writing, 'key', 'wanted')
    emit(writing, ...missing(build.itemOf(map!, at, other!.type), other!, writing))
  },
  'dict.pop'([map, key], writing) {
    const [held, at] = several([map!, key!], writing, (part) => expression(part, writing, 'read')) as [Go, Go]
    emit(writing, print(call('delete', held, at)))
  },
  'dict.update'([map, other], writing) {
    const [key, value] = [unexported(fresh(writing, 'key', 'k')), unexported(fresh(writing, 'value', 'v'))]
    const [held, source] = several([map!, other!], writing, (part) => expression(part, writing, 'read')) as [
      Go,
      Go,
    ]
    emit(writing, `for ${key}, ${value} := range ${print(source)} {`)
    emit(writing, `\t${print(index(held, atom(key)))} = ${value}`, '}')
  },
  'set.add'([set, item], writing) {
    const held = place(groupOf(set!, writing), writing)
    emit(writing, `${print(index(held, expression(item!, writing)))} = true`)
  },
  'set.remove': removed,
  'set.discard': removed,
}

function removed([set, item]: readonly Expression[], writing: Writing): void {
  const [held, key] = several([set!, item!], writing, (part) => expression(part, writing, 'read')) as [Go, Go]
  emit(writing, print(call('delete', held, key)))
}

function spread(first: Go, rest: Go): Go {
  return { kind: 'call', of: atom('append'), arguments: [first, rest], spread: true }
}

function isRanged(of: Expression): boolean {
  return of.kind === 'builtin' && of.name === 'list' && isIterator(of.arguments[0]!)
}

/** `groups.setdefault(key, [])`: a missing list grows from nothing; other things are put there first. */
function groupOf(of: Expression, writing: Writing): Expression {
  if (of.kind !== 'builtin' || of.name !== 'dict.setdefault') return of
  const [map, key, other] = of.arguments as [Expression, Expression, Expression]
  const at = isSimple(key) ? key : kept(key, writing, 'key', 'wanted')
  const entry = build.itemOf(map, at, other.type)
  if (!isEmptyList(other)) emit(writing, ...missing(entry, other, writing))
  return entry
}

function appended(list: Expression, items: Expression, type: Type, writing: Writing): Statement[] {
  const source = isRanged(items) ? (items as Expression & { kind: 'builtin' }).arguments[0]! : items
  if (source.kind === 'comprehension') return build.loops(source.clauses, [build.append(list, source.item)])
  const from: Type =
    source.type.kind === 'string'
      ? { kind: 'char' }
      : source.type.kind === 'map'
        ? source.type.key
        : (source.type as { of: Type }).of
  const item = build.nameOf(fresh(writing, from.kind === 'char' ? 'char' : 'item', 'value'), from)
  const value: Expression =
    from.kind === 'char' && type.kind === 'string' ? { kind: 'convert', value: item, type } : item
  const loop: Statement = {
    kind: 'for',
    names: [{ name: item.name, type: from }],
    iterable: source,
    body: [build.append(list, value)],
  }
  return [loop]
}
