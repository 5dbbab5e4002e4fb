import type { Builtin, Expression } from '../../language/program.ts'
import { applied } from '../lower.ts'
import { Unsupported } from '../renderer.ts'
import { sets } from './arithmetic.ts'
import type { Write } from './builtins.ts'
import { itemsOf } from './comprehensions.ts'
import { spaceship } from './conditions.ts'
import { isInt } from './numbers.ts'
import { keyed } from './types.ts'
import { inside } from './writing.ts'
import { arrow, atom, call, infix, item, levels, list } from './written.ts'

const itself: Write = ([of]) => of!

/** Methods of lists, dicts and sets. An array is copied where it is assigned. */
export const lists: Partial<Record<Builtin, Write>> = {
  'list.append'([target, one], { arguments: [of] }) {
    place(of!)
    return infix(item(target!, ''), '=', one!, levels.assignment)
  },
  'list.pop'([target, at], { arguments: [of, index] }) {
    place(of!)
    if (!index || isInt(index, -1)) return call('array_pop', target!)
    if (isInt(index, 0)) return call('array_shift', target!)
    return item(call('array_splice', target!, at!, atom('1')), '0')
  },
  'list.insert'([target, at, one], { arguments: [of, index] }) {
    place(of!)
    if (isInt(index, 0)) return call('array_unshift', target!, one!)
    return call('array_splice', target!, at!, atom('0'), list([one!.doc]))
  },
  'list.extend'([target], { arguments: [of, more] }, writing) {
    place(of!)
    return call('array_push', target!, atom(['...', itemsOf(more!, writing).doc]))
  },
  'list.sort'([target], { arguments: [of], options }, writing) {
    place(of!)
    const { type } = of! as Expression & { type: { of: Expression['type'] } }
    if (!options?.key && (type.of.kind === 'int' || type.of.kind === 'float'))
      return call(options?.reverse ? 'rsort' : 'sort', target!)
    if (!options?.key && type.of.kind === 'string')
      return call(options?.reverse ? 'rsort' : 'sort', target!, atom('SORT_STRING'))
    const names = [writing.fresh('a', 'left'), writing.fresh('b', 'right')]
    const [a, b] = names.map((name): Expression => {
      const value: Expression = { kind: 'name', name, type: type.of }
      return options?.key ? applied(options.key, value) : value
    })
    const [first, second] = options?.reverse ? [b!, a!] : [a!, b!]
    const order = spaceship(first, second, inside(writing))
    return call(
      'usort',
      target!,
      arrow(
        names.map((name) => `$${name}`),
        order,
      ),
    )
  },
  'list.reverse'([target], { arguments: [of] }) {
    place(of!)
    return infix(target!, '=', call('array_reverse', target!), levels.assignment)
  },
  'list.index': ([target, one], { arguments: [, wanted] }, writing) => {
    if (JSON.stringify(writing.program).includes('"kind":"try"'))
      throw new Unsupported('a place that may be none')
    return call('array_search', one!, target!, ...strictly(wanted!))
  },
  'list.count': ([target, one], { arguments: [, wanted] }) =>
    call('count', call('array_keys', target!, one!, ...strictly(wanted!))),
  'list.copy': itself,
  'list.remove'([target, one], { arguments: [of, wanted] }) {
    place(of!)
    return call('array_splice', target!, call('array_search', one!, target!, ...strictly(wanted!)), atom('1'))
  },
  'list.clear': ([target]) => infix(target!, '=', atom('[]'), levels.assignment),
  'dict.get'([map, key, other], { arguments: [of] }) {
    if (of!.type.kind === 'map') keyed(of!.type.key)
    return infix(item(map!, key!.doc), '??', other ?? atom('null'), levels.coalesce)
  },
  'dict.setdefault'([map, key, other], { type }) {
    if (type.kind === 'optional') throw new Unsupported('a default beside null')
    const isNew = ['list', 'map', 'set'].includes(type.kind)
    // What is changed in place has to be a place: `$groups[$key][] = $item` makes it.
    if (isNew) return item(map!, key!.doc)
    return infix(item(map!, key!.doc), '??=', other!, levels.assignment)
  },
  'dict.update': ([map, more]) => infix(map!, '=', call('array_replace', map!, more!), levels.assignment),
  'dict.copy': itself,
  'set.add': ([set, one]) => infix(item(set!, one!.doc), '=', atom('true'), levels.assignment),
  'set.remove': ([set, one]) => call('unset', item(set!, one!.doc)),
  'set.discard': ([set, one]) => call('unset', item(set!, one!.doc)),
  'set.union': ([a, b]) => sets('|', a!, b!),
  'set.intersection': ([a, b]) => sets('&', a!, b!),
  'set.difference': ([a, b]) => sets('-', a!, b!),
  'set.issubset': ([a, b]) => infix(call('array_diff_key', a!, b!), '===', atom('[]'), levels.equality),
  'set.copy': itself,
}

/** Something that can be changed in place. */
function place(of: Expression): void {
  if (of.kind === 'builtin' && of.name === 'dict.setdefault') {
    const other = of.arguments[2]!
    if (other.kind !== 'list' || other.items.length > 0)
      throw new Unsupported('a default that holds something')
    return
  }
  if (!['name', 'field', 'index'].includes(of.kind)) throw new Unsupported('a change of what is computed')
}

function strictly({ type }: Expression) {
  return ['int', 'string', 'char', 'bool'].includes(type.kind) ? [atom('true')] : []
}
