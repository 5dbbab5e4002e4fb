import type { Builtin } from '../../language/program.ts'
import { Unsupported } from '../renderer.ts'
import type { Write } from './builtins.ts'
import { itemsOf } from './iteration.ts'
import { isInt } from './numbers.ts'
import { sortInPlace } from './sorting.ts'
import { found } from './strings.ts'
import { index, infix, levels, send, withBlock } from './written.ts'

const method =
  (name: string): Write =>
  ([of, ...args]) =>
    send(of!, name, ...args.map(({ doc }) => doc))

/** Methods of lists, dicts and sets. */
export const lists: Partial<Record<Builtin, Write>> = {
  'list.append': ([list, item], _, writing) =>
    writing.push ? send(list!, 'push', item!.doc) : infix(list!, '<<', item!, levels.shift),
  'list.pop'([list, place], { arguments: [, at] }) {
    if (!at || isInt(at, -1)) return send(list!, 'pop')
    return isInt(at, 0) ? send(list!, 'shift') : send(list!, 'delete_at', place!.doc)
  },
  'list.insert'([list, place, item], { arguments: [of, at] }, writing) {
    if (isInt(at, 0)) return send(list!, 'unshift', item!.doc)
    // Behind the end Ruby fills with nil, and counts negative places differently.
    if (at!.kind === 'negate' || !writing.knowledge.atLeast(at!, 0))
      throw new Unsupported('an insertion anywhere')
    const known =
      at!.kind === 'int'
        ? writing.knowledge.hasLength(of!, at!.value)
        : writing.knowledge.withinLength(at!, of!, 0)
    if (known) return send(list!, 'insert', place!.doc, item!.doc)
    const length = send(list!, writing.size ? 'size' : 'length')
    return send(list!, 'insert', ['[', place!.doc, ', ', length.doc, '].min'], item!.doc)
  },
  'list.extend': ([list], { arguments: [, more] }, writing) =>
    send(list!, 'concat', itemsOf(more!, writing).doc),
  'list.sort': (_, { arguments: [list], options }, writing) => sortInPlace(list!, options, writing),
  'list.reverse': method('reverse!'),
  'list.index': ([list, item], _, writing) =>
    found(send(list!, 'index', item!.doc), 'not in the list', writing),
  'list.count': method('count'),
  'list.copy': method('dup'),
  'list.remove': ([list, item], _, writing) =>
    send(list!, 'delete_at', found(send(list!, 'index', item!.doc), 'not in the list', writing).doc),
  'list.clear': method('clear'),
  'dict.get'([map, key, other]) {
    return other ? send(map!, 'fetch', key!.doc, other.doc) : index(map!, key!.doc)
  },
  'dict.setdefault'([map, key, other], { type }) {
    if (type.kind === 'bool' || type.kind === 'optional') throw new Unsupported('a default that may be false')
    return infix(index(map!, key!.doc), '||=', other!, levels.conditional)
  },
  'dict.pop': ([map, key, other]) =>
    other ? withBlock(map!, 'delete', '', other.doc, key!.doc) : send(map!, 'delete', key!.doc),
  'dict.update': method('merge!'),
  'dict.copy': method('dup'),
  'set.add': ([set, item], _, writing) =>
    writing.push ? send(set!, 'add', item!.doc) : infix(set!, '<<', item!, levels.shift),
  'set.remove': method('delete'),
  'set.discard': method('delete'),
  'set.union': ([a, b]) => infix(a!, '|', b!, levels['|']),
  'set.intersection': ([a, b]) => infix(a!, '&', b!, levels['&']),
  'set.difference': ([a, b]) => infix(a!, '-', b!, levels.sum),
  'set.issubset': method('subset?'),
  'set.copy': method('dup'),
}
