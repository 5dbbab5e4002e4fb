import {
  BOOL,
  DATE,
  DAYS,
  FLOAT,
  INT,
  listOf,
  mapOf,
  NONE,
  optionalOf,
  STRING,
  setOf,
  type Type,
} from './types.ts'

/** How {@link readType} says what is wrong. */
export type Fail = (problem: string, instead: string) => never

const simple = new Map<string, Type>([
  ['int', INT],
  ['float', FLOAT],
  ['bool', BOOL],
  ['str', STRING],
  ['date', DATE],
  ['timedelta', DAYS],
  ['None', NONE],
])

/** What people write from habit, and what to write here. */
const habits: Record<string, string> = {
  List: 'Write `list[…]`.',
  Dict: 'Write `dict[…]`.',
  Set: 'Write `set[…]`.',
  Tuple: 'Write `tuple[…]`.',
  Optional: 'Write `T | None`.',
  Union: 'Write `T | None`; the language has no other unions.',
  Any: 'Name the type.',
  Callable: 'The language has functions as values only where a `key=` is wanted.',
  datetime: 'Use `date`.',
  list: 'Say what is in it: `list[int]`.',
  set: 'Say what is in it: `set[int]`.',
  dict: 'Say what is in it: `dict[str, int]`.',
  tuple: 'Say what is in it: `tuple[int, str]`.',
}

/**
 * Reads a type as annotations write it: `dict[str, list[int]] | None`. `named` gives the type of a name that is not
 * the language's own. A name in quotes, as Python wants it for a class inside itself, is the name.
 */
export function readType(text: string, named: (name: string) => Type | undefined, fail: Fail): Type {
  const tokens = text.match(/[A-Za-z_]\w*|\.\.\.|\S/g) ?? []
  let at = 0

  function union(): Type {
    const parts = [one()]
    while (tokens[at] === '|') {
      at++
      parts.push(one())
    }
    if (parts.length === 1) return parts[0]!
    const some = parts.filter((type) => type.kind !== 'none')
    if (some.length !== 1 || parts.length !== 2)
      return fail('the only union is that of a type and None', 'Write `T | None`.')
    return some[0]!.kind === 'optional' ? some[0]! : optionalOf(some[0]!)
  }

  function one(): Type {
    const token = tokens[at++] ?? ''
    if (token === '"' || token === "'") {
      const type = union()
      if (tokens[at++] !== token) return fail('the quotes of this type do not close', 'Close them.')
      return type
    }
    const known = simple.get(token) ?? named(token)
    if (known !== undefined && tokens[at] !== '[') return known
    if (tokens[at] === '[' && ['list', 'set', 'dict', 'tuple'].includes(token)) return container(token)
    return fail(
      token === '' ? 'a type is missing' : `there is no type \`${token}\``,
      habits[token] ??
        'Types are int, float, bool, str, date, timedelta, list[T], set[T], dict[K, V], tuple[A, B], T | None, and the classes of the program.',
    )
  }

  function container(name: string): Type {
    const of: Type[] = []
    do {
      at++
      if (tokens[at] === '...')
        return fail('a tuple has a fixed number of items here', 'Use `list[T]` where the number varies.')
      of.push(union())
    } while (tokens[at] === ',')
    if (tokens[at++] !== ']') return fail('a bracket of this type does not close', 'Close it.')
    const [first, second] = of
    if (name === 'tuple') return { kind: 'tuple', of }
    const key = first!
    if (name !== 'list' && !isKey(key))
      return fail(
        'what can be changed is no key of a dict and no item of a set',
        'Use numbers, strings, dates or tuples of them.',
      )
    if (name === 'dict')
      return of.length === 2 ? mapOf(key, second!) : fail('a dict has two types', 'Write `dict[K, V]`.')
    if (of.length !== 1) return fail(`a ${name} has one type of items`, `Write \`${name}[T]\`.`)
    return name === 'list' ? listOf(key) : setOf(key)
  }

  const type = union()
  if (at < tokens.length) return fail(`\`${tokens[at]}\` does not belong to a type`, 'Write one type.')
  return type
}

/** Whether values of the type can be keys and items of sets. */
export function isKey(type: Type): boolean {
  if (type.kind === 'tuple') return type.of.every(isKey)
  if (type.kind === 'optional') return isKey(type.of)
  return !['list', 'set', 'map', 'record', 'function', 'none'].includes(type.kind)
}
