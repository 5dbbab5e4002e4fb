import type { Expression } from '../../language/program.ts'
import { setOperation } from './arithmetic.ts'
import type { BuiltinCall } from './builtins.ts'
import { comprehension } from './comprehensions.ts'
import { operand } from './expressions.ts'
import { arrayOf, iterableOf } from './iterables.ts'
import { keyKind, keyOf } from './keys.ts'
import { type Writing, withName } from './writing.ts'
import { arrow, atom, construct, method, spread, type Written } from './written.ts'

/** Sets; `undefined` for other names. */
export function setBuiltin(of: BuiltinCall, writing: Writing): Written | undefined {
  const [set, value] = of.arguments
  const receiver = () => operand(set!, writing)
  switch (of.name) {
    case 'set':
      return set === undefined ? construct('Set', []) : setOf(of, set, writing)
    case 'set.add':
      return method(receiver(), 'add', [keyOf(value!, writing)])
    case 'set.remove':
    case 'set.discard':
      return method(receiver(), 'delete', [keyOf(value!, writing)])
    case 'set.copy':
      return construct('Set', [receiver()])
    case 'set.union':
    case 'set.intersection':
    case 'set.difference':
      return setOperation(of.name, receiver(), operand(value!, writing), writing)
    case 'set.issubset':
      return subset(receiver(), operand(value!, writing), writing)
    default:
      return undefined
  }
}

export function subset(part: Written, whole: Written, writing: Writing): Written {
  return withName(['item', 'x', 'value'], writing, (item) =>
    method(spread(part), 'every', [arrow([item], method(whole, 'has', [atom(item)]))]),
  )
}

function setOf(of: BuiltinCall, source: Expression, writing: Writing): Written {
  if (of.type.kind !== 'set' || keyKind(of.type.of) === 'itself')
    return construct('Set', [iterableOf(source, writing)])
  const type = of.type
  if (source.type.kind === 'set') return construct('Set', [operand(source, writing)])
  if (source.kind === 'comprehension') return comprehension({ ...source, form: 'set', type }, writing)
  return withName(['item', 'entry', 'value'], writing, (name) => {
    const key = keyOf({ kind: 'name', name, type: type.of }, writing)
    return construct('Set', [method(arrayOf(source, writing), 'map', [arrow([name], key)])])
  })
}
