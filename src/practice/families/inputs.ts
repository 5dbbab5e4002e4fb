/**
 * Input generators: what the parameters of a family's entry are fed, as `docs/practice.md` has them. A generator
 * draws values of one type, the same for the same random numbers, with edge cases among them: empty, one item, all
 * equal, the ends of a range, zero.
 */
import type { RecordDeclaration } from '../language/program.ts'
import { spellType } from '../language/types.ts'
import {
  distinctLists,
  lists,
  maps,
  matrices,
  optionals,
  records,
  sets,
  sortedLists,
  tuples,
} from './inputs-collections.ts'
import type { Generator } from './inputs-generator.ts'
import { type Parts, readParts } from './inputs-parts.ts'
import {
  booleans,
  dates,
  emails,
  floats,
  integers,
  listed,
  oneOf,
  sentences,
  texts,
} from './inputs-scalars.ts'
import { fault, type Part, parseParts } from './inputs-syntax.ts'

export type { Generator } from './inputs-generator.ts'

/**
 * Reads a generator such as `list(int(-20, 20), 0..8)`.
 * @param records those that it may name: `Point(int(0, 9), int(0, 9))` draws the fields in their order.
 * @throws UserError with the column of what is wrong.
 */
export function parseGenerator(text: string, records: readonly RecordDeclaration[] = []): Generator {
  const makers = new Map(Object.entries(library))
  for (const record of records) makers.set(record.name, recordMaker(record))

  function make(part: Part): Generator {
    if (part.kind !== 'call')
      return fault(text, part.at, 'here a generator has to stand', 'Write for example int(0, 9).')
    const maker = makers.get(part.name)
    if (maker === undefined)
      return fault(
        text,
        part.at,
        `there is no generator ${part.name}`,
        `There are ${[...makers.keys()].join(', ')}.`,
      )
    const parts = readParts(part, text, maker.usage, make)
    const generator = maker.make(parts)
    parts.end()
    return generator
  }

  return make(parseParts(text))
}

interface Maker {
  /** An example of how it is written, for messages. */
  usage: string
  make(parts: Parts): Generator
}

const items = { from: 0, to: 8 }
const entries = { from: 0, to: 6 }
const characters = { from: 0, to: 12 }
const figures = { from: 1, to: 6 }
const lines = { from: 1, to: 4 }

const library: Record<string, Maker> = {
  int: { usage: 'int(-5, 20)', make: (parts) => integers(...parts.bounds('int')) },
  float: {
    usage: 'float(0, 9.5, 2)',
    make: (parts) => floats(...parts.bounds('float'), parts.more() ? parts.integer() : 2),
  },
  bool: { usage: 'bool', make: booleans },
  date: { usage: 'date(2019, 2026)', make: (parts) => dates(...parts.bounds('int')) },
  one_of: { usage: 'one_of(1, 2)', make: (parts) => oneOf(parts.literals()) },
  word: { usage: 'word', make: () => listed('nouns') },
  name: { usage: 'name', make: () => listed('names') },
  city: { usage: 'city', make: () => listed('cities') },
  sentence: { usage: 'sentence', make: sentences },
  email: { usage: 'email', make: emails },
  text: { usage: 'text("abc", 0..12)', make: (parts) => texts(parts.string(), parts.size(characters)) },
  digits: { usage: 'digits(1..6)', make: (parts) => texts('0123456789', parts.size(figures)) },
  list: { usage: 'list(word, 0..8)', make: (parts) => lists(parts.generator(), parts.size(items)) },
  distinct: {
    usage: 'distinct(word, 0..8)',
    make: (parts) => distinctLists(parts.generator(), parts.size(items)),
  },
  sorted: { usage: 'sorted(list(word))', make: (parts) => sortedLists(parts.generator()) },
  set: { usage: 'set(word, 0..6)', make: (parts) => sets(parts.generator(), parts.size(entries)) },
  map: {
    usage: 'map(word, int(0, 9), 0..6)',
    make: (parts) => maps(parts.generator(), parts.generator(), parts.size(entries)),
  },
  tuple: { usage: 'tuple(word, int(0, 9))', make: (parts) => tuples(parts.generators()) },
  optional: { usage: 'optional(word)', make: (parts) => optionals(parts.generator()) },
  matrix: {
    usage: 'matrix(int(0, 9), 1..4, 1..4)',
    make: (parts) => matrices(parts.generator(), parts.size(lines), parts.size(lines)),
  },
}

/** A record takes a generator for each field, in their order. */
function recordMaker(record: RecordDeclaration): Maker {
  const fields = record.fields.map((field) => `${field.name}: ${spellType(field.type)}`)
  return {
    usage: `${record.name}(…) with generators for ${fields.join(', ')}`,
    make: (parts) =>
      records(
        record,
        record.fields.map((field) => parts.generator((generator) => generator.fits(field.type))),
      ),
  }
}
