import type { Expression } from '../../language/program.ts'
import { bind } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { annotation } from './annotations.ts'
import type { BuiltinCall } from './builtins.ts'
import { listed } from './comprehensions.ts'
import { infix, isObject, isSimple, operand } from './expressions.ts'
import { helper } from './helpers.ts'
import { arrayOf } from './iterables.ts'
import { keyKind, keyOf } from './keys.ts'
import type { Writing } from './writing.ts'
import { call, conditional, construct, item, levels, method, nonNull, type Written } from './written.ts'

/** Dicts; `undefined` for other names. */
export function mapBuiltin(of: BuiltinCall, writing: Writing): Written | undefined {
  const [map, key, value] = of.arguments
  const receiver = () => operand(map!, writing)
  const at = () => keyOf(key!, writing)
  switch (of.name) {
    case 'dict':
      return copied(map, writing)
    case 'dict.get':
      return got(of, writing)
    case 'dict.items':
    case 'dict.keys':
    case 'dict.values':
      return arrayOf(of, writing)
    case 'dict.setdefault':
      return call(helper('getOrInsert', writing), [receiver(), at(), operand(value!, writing)])
    case 'dict.pop':
      if (value === undefined) return call(helper('take', writing), [receiver(), at()])
      return call(helper('takeOr', writing), [receiver(), at(), operand(value, writing)])
    case 'dict.copy':
      return construct('Map', [receiver()])
    default:
      // `update` is a loop, which only a statement is.
      return undefined
  }
}

function copied(source: Expression | undefined, writing: Writing): Written {
  if (source === undefined) return construct('Map', [])
  if (source.type.kind === 'map') return construct('Map', [operand(source, writing)])
  const { type } = source
  const key = type.kind === 'list' && type.of.kind === 'tuple' ? type.of.of[0] : undefined
  if (key === undefined || keyKind(key) !== 'itself')
    throw new Unsupported('a map from pairs whose keys are compound')
  return construct('Map', [
    source.kind === 'comprehension' ? listed(source, writing) : arrayOf(source, writing),
  ])
}

/** `map.get(key) ?? fallback`; by `has` where a value may be null itself. */
function got({ arguments: [map, key, fallback], type }: BuiltinCall, writing: Writing): Written {
  const receiver = operand(map!, writing)
  if (isObject(map!, writing))
    return infix(item(receiver, operand(key!, writing)), '??', other(fallback, writing), levels.nullish)
  const found = method(receiver, 'get', [keyOf(key!, writing)])
  const holdsNone = map!.type.kind === 'map' && map!.type.value.kind === 'optional'
  if (!holdsNone || fallback === undefined || fallback.kind === 'none')
    return infix(found, '??', other(fallback, writing), levels.nullish)
  if (!isSimple(key!)) throw new Unsupported('a key that is computed twice')
  const sure = writing.typed ? nonNull(found) : found
  const has = method(receiver, 'has', [keyOf(key!, writing)])
  const value = conditional(has, sure, operand(fallback, writing))
  if (!writing.typed || type.kind !== 'optional') return value
  return { doc: [bind(value, levels.relation), ` as ${annotation(type, writing)}`], level: levels.relation }
}

/** What stands right of `??`; operators that bind less tightly than `|` get brackets there. */
function other(fallback: Expression | undefined, writing: Writing): Written {
  if (fallback === undefined) return { doc: 'null', level: levels.atom }
  const written = operand(fallback, writing)
  return { doc: bind(written, levels['|']), level: levels.atom }
}
