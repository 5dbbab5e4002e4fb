/** How the code looks where JavaScript leaves a choice. */
export interface Manner {
  quote: "'" | '"'
  /** What ends a statement. */
  end: ';' | ''
  width: 80 | 100
  /** Round brackets that Prettier sets though they are not needed: `(a && b) || c`. */
  clearer: boolean
  functions: 'declaration' | 'arrow'
  exported: boolean
  /** `if (x) return y` on one line. */
  shortIf: boolean
  increment: 'i++' | 'i += 1'
  enumerate: 'entries' | 'index'
  sorted: 'spread' | 'toSorted' | 'slice'
  last: 'at' | 'length'
  /** Of a number that may be negative: by a helper, or `((a % b) + b) % b`. */
  modulo: 'helper' | 'inline'
  /** Maps that are filled in a function, where nobody can tell. */
  counts: 'map' | 'object'
  concatenate: 'template' | 'plus'
  records: 'interface' | 'type'
  lists: 'T[]' | 'Array<T>'
  tables: 'object' | 'map'
  words: 'filter' | 'match'
  error: 'Error' | 'RangeError'
  hidesFields: boolean
  /** `low <= x && x < high` or `x >= low && x < high`. */
  between: 'value-inside' | 'value-first'
}

/** The same for the same number; 0 is the most usual way. */
export function mannerOf(variant: number): Manner {
  const pick = <T>(what: string, options: readonly [T, ...T[]]): T => {
    if (variant === 0) return options[0]
    return options[hash(`${what} ${variant}`) % options.length]!
  }
  return {
    quote: pick('quote', ["'", '"']),
    end: pick('end', [';', ';', '']),
    width: pick('width', [80, 100]),
    clearer: pick('clearer', [true, false]),
    functions: pick('functions', ['declaration', 'declaration', 'arrow']),
    exported: pick('exported', [false, true]),
    shortIf: pick('shortIf', [false, true]),
    increment: pick('increment', ['i++', 'i++', 'i += 1']),
    enumerate: pick('enumerate', ['entries', 'index']),
    sorted: pick('sorted', ['spread', 'toSorted', 'slice']),
    last: pick('last', ['at', 'length']),
    modulo: pick('modulo', ['helper', 'inline']),
    counts: pick('counts', ['map', 'object']),
    concatenate: pick('concatenate', ['template', 'plus']),
    records: pick('records', ['interface', 'type']),
    lists: pick('lists', ['T[]', 'T[]', 'T[]', 'Array<T>']),
    tables: pick('tables', ['object', 'map']),
    words: pick('words', ['filter', 'match']),
    error: pick('error', ['Error', 'RangeError']),
    hidesFields: pick('hidesFields', [true, false]),
    between: pick('between', ['value-first', 'value-inside']),
  }
}

/** FNV-1a, with its bits mixed. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193)
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}
