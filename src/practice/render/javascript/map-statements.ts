/** What takes several calls of a `Map`, or a loop, where Python has one method of a dict. */
import type { Expression } from '../../language/program.ts'
import { freshName } from '../names.ts'
import { type Doc, group, ifBroken, indent, softline } from '../print.ts'
import { Unsupported } from '../renderer.ts'
import { expressionsIn } from '../walk.ts'
import { isPure, operand } from './expressions.ts'
import { keyOf } from './keys.ts'
import { assigned, braced, ended } from './statements.ts'
import { type Writing, withName } from './writing.ts'
import { atom, method, nonNull, type Written } from './written.ts'

type Call = Expression & { kind: 'builtin' }

/** `setdefault` for what it does: `if (!map.has(key)) map.set(key, [])`. */
export function inserted(of: Call, writing: Writing): Doc[] {
  return withKey(of.arguments[1]!, writing, (key) => [insertion(of, key, writing)])
}

/** `groups.setdefault(key, []).append(item)`. */
export function grouped(of: Call, setdefault: Call, writing: Writing): Doc[] {
  const [map, key] = setdefault.arguments
  return withKey(key!, writing, (at) => {
    const found = method(operand(map!, writing), 'get', [at])
    const items = writing.typed ? nonNull(found) : found
    const item = of.arguments[1]!
    const add =
      of.name === 'list.append'
        ? method(items, 'push', [operand(item, writing)])
        : method(items, 'add', [keyOf(item, writing)])
    return [insertion(setdefault, at, writing), ended(add.doc, writing)]
  })
}

function insertion({ arguments: [map, , value] }: Call, key: Written, writing: Writing): Doc {
  const receiver = operand(map!, writing)
  const set = ended(method(receiver, 'set', [key, operand(value!, writing)]).doc, writing)
  const head = ['if (!', method(receiver, 'has', [key]).doc, ')']
  return group(head, ifBroken(' {', ' '), indent(softline, set), softline, ifBroken('}'))
}

/** A key that is long to say is said once. */
function withKey(key: Expression, writing: Writing, write: (key: Written) => Doc[]): Doc[] {
  const isShort = [...expressionsIn(key)].length <= 3
  if (isShort) return write(keyOf(key, writing))
  const name = freshName(['key', 'group', 'entryKey'], writing.taken)
  writing.taken.add(name)
  return [ended([`const ${name}`, assigned(keyOf(key, writing))], writing), ...write(atom(name))]
}

/** `map.update(other)`. */
export function updatedMap(map: Expression, other: Expression, writing: Writing): Doc[] {
  if (!isPure(map)) throw new Unsupported('the update of a map without a name')
  const setter = (key: Written, value: Written) =>
    ended(method(operand(map, writing), 'set', [key, value]).doc, writing)
  const source = other.kind === 'convert' ? other.value : other
  if (source.kind === 'map')
    return source.entries.map(({ key, value }) => setter(keyOf(key, writing), operand(value, writing)))
  return withName(['key', 'name'], writing, (key) =>
    withName(['value', 'entry'], writing, (value) => {
      const head = [`for (const [${key}, ${value}] of `, group(operand(other, writing).doc), ')']
      return [braced(head, [setter(atom(key), atom(value))])]
    }),
  )
}
