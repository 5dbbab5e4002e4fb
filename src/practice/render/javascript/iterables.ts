/** What Python goes through, as something that `for…of` and `...` take, and as an array. */
import type { Binding, Expression } from '../../language/program.ts'
import type { Type } from '../../language/types.ts'
import type { Doc } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { annotation } from './annotations.ts'
import { listed } from './comprehensions.ts'
import { infix, isSimple, operand } from './expressions.ts'
import { helper } from './helpers.ts'
import { fromKey, fromKeys, keyKind } from './keys.ts'
import { lengthObject, rangeArray } from './ranges.ts'
import { spell } from './spelling.ts'
import { type Writing, withName } from './writing.ts'
import { array, arrow, atom, call, item, levels, method, property, spread, type Written } from './written.ts'

const lazy: ReadonlySet<string> = new Set([
  'range',
  'enumerate',
  'zip',
  'reversed',
  'dict.items',
  'dict.keys',
  'dict.values',
])

type Lazy = Expression & { kind: 'builtin'; name: LazyName }
type LazyName = 'range' | 'enumerate' | 'zip' | 'reversed' | 'dict.items' | 'dict.keys' | 'dict.values'

/** What Python goes through without making a list of it. */
export function isLazy(of: Expression): of is Lazy {
  return of.kind === 'builtin' && lazy.has(of.name)
}

/** Something that `for…of` and `...` take. */
export function iterableOf(of: Expression, writing: Writing): Written {
  if (isLazy(of)) {
    const [source] = of.arguments
    switch (of.name) {
      case 'dict.items': {
        const map = operand(source!, writing)
        return keyKind(keyOfMap(source!)) === 'itself' ? map : arrayOf(of, writing)
      }
      case 'dict.keys':
        return keysOf(source!, writing)
      case 'dict.values':
        return method(operand(source!, writing), 'values')
      case 'enumerate':
        return isFromZero(of) ? method(arrayOf(source!, writing), 'entries') : arrayOf(of, writing)
      default:
        return arrayOf(of, writing)
    }
  }
  if (of.type.kind === 'map') return keysOf(of, writing)
  if (of.type.kind === 'set' && keyKind(of.type.of) !== 'itself')
    return fromKeys(of.type.of, spread(operand(of, writing)), writing)
  return of.kind === 'comprehension' && of.form === 'generator' ? listed(of, writing) : operand(of, writing)
}

/** What `range(len(xs))` is of. */
export function lengthArgument(given: readonly Expression[]): Expression | undefined {
  const [only] = given
  if (given.length !== 1 || only?.kind !== 'builtin' || only.name !== 'len') return undefined
  const [of] = only.arguments
  return of!.type.kind === 'list' && isSimple(of!) ? of : undefined
}

function keyOfMap(map: Expression): Type {
  if (map.type.kind !== 'map') throw new Unsupported('the entries of what is no map')
  return map.type.key
}

function keysOf(map: Expression, writing: Writing): Written {
  const keys = method(operand(map, writing), 'keys')
  const type = keyOfMap(map)
  return keyKind(type) === 'itself' ? keys : fromKeys(type, spread(keys), writing)
}

export function isFromZero({ arguments: [, start] }: { arguments: readonly Expression[] }): boolean {
  return start === undefined || (start.kind === 'int' && start.value === 0)
}

/** Not always a new one: {@link isFresh} says. */
export function arrayOf(of: Expression, writing: Writing): Written {
  if (isLazy(of)) return lazyArray(of, writing)
  if (of.kind === 'comprehension' && of.form !== 'set') return listed(of, writing)
  if (of.type.kind === 'list' || of.type.kind === 'tuple') return operand(of, writing)
  if (of.type.kind === 'set' && keyKind(of.type.of) !== 'itself') return iterableOf(of, writing)
  return spread(iterableOf(of, writing))
}

/** Whether `arrayOf` gives an array that nobody else holds. */
export function isFresh(of: Expression): boolean {
  if (of.kind === 'convert') return isFresh(of.value)
  if (isLazy(of) || of.kind === 'comprehension' || of.kind === 'list' || of.kind === 'slice') return true
  if (of.type.kind !== 'list') return of.type.kind !== 'tuple'
  if (of.kind === 'arithmetic') return true
  return (
    of.kind === 'builtin' && ['list', 'sorted', 'list.copy', 'str.split', 'str.splitlines'].includes(of.name)
  )
}

function lazyArray(of: Expression & { kind: 'builtin' }, writing: Writing): Written {
  const [source, second] = of.arguments
  switch (of.name) {
    case 'range': {
      const list = lengthArgument(of.arguments)
      if (list !== undefined) return spread(method(operand(list, writing), 'keys'))
      return withName(['i', 'k', 'index'], writing, (name) =>
        rangeArray(of.arguments, name, (i) => i, writing),
      )
    }
    case 'reversed': {
      const items = arrayOf(source!, writing)
      if (isFresh(source!)) return method(items, 'reverse')
      return writing.manner.sorted === 'toSorted'
        ? method(items, 'toReversed')
        : method(spread(items), 'reverse')
    }
    case 'enumerate':
      if (isFromZero(of)) return spread(method(arrayOf(source!, writing), 'entries'))
      return withName(['item', 'value'], writing, (value) =>
        withName(['i', 'index'], writing, (index) => {
          const number = infix(atom(index), '+', operand(second!, writing), levels.sum)
          return method(arrayOf(source!, writing), 'map', [
            arrow([value, index], array([number.doc, value]), tupleResult(itemOf(of.type), writing)),
          ])
        }),
      )
    case 'zip':
      return zipped(of.arguments, writing)
    case 'dict.items': {
      const map = operand(source!, writing)
      const type = keyOfMap(source!)
      if (keyKind(type) === 'itself') return spread(map)
      return withName(['key'], writing, (key) =>
        withName(['value'], writing, (value) =>
          method(spread(map), 'map', [
            arrow(
              [array([key, value]).doc],
              array([fromKey(type, atom(key), writing).doc, value]),
              tupleResult(itemOf(of.type), writing),
            ),
          ]),
        ),
      )
    }
    default: {
      const iterable = iterableOf(of, writing)
      return of.name === 'dict.keys' && keyKind(keyOfMap(source!)) !== 'itself' ? iterable : spread(iterable)
    }
  }
}

function itemOf(type: Type): Type {
  return type.kind === 'list' ? type.of : type
}

/** `: [string, number]` after an arrow's parameters; TypeScript would take the tuple for a list. */
export function tupleResult(of: Type, writing: Writing): Doc {
  return writing.typed && of.kind === 'tuple' ? `: ${annotation(of, writing)}` : ''
}

export function zipped(lists: readonly Expression[], writing: Writing): Written {
  if (lists.length === 2)
    return call(
      helper('zip', writing),
      lists.map((list) => arrayOf(list, writing)),
    )
  if (!lists.every(isSimple)) throw new Unsupported('a zip of several lists without names')
  const arrays = lists.map((list) => operand(list, writing))
  const length = call(
    'Math.min',
    arrays.map((list) => property(list, 'length')),
  )
  return withName(['i', 'index'], writing, (i) =>
    call('Array.from', [
      lengthObject(length),
      arrow(['_', i], array(arrays.map((list) => item(list, atom(i)).doc))),
    ]),
  )
}

/** A parameter or loop variable: a name, or `[a, b]` with holes for what is not used. */
export function pattern(names: readonly Binding[]): Doc {
  if (names.length === 1) return spell(names[0]!.name, 'variable')
  const parts = names.map(({ name }) => (name === '_' ? '' : spell(name, 'variable')))
  while (parts.at(-1) === '') parts.pop()
  return parts.length === 0 ? '_' : `[${parts.join(', ')}]`
}
