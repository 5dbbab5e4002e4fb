import { readFileSync } from 'node:fs'
import { integerIn, type Random } from '../../lib/index.ts'
import { drawSize, type Generator, generator, ofKind, orEdge, pick, type Size } from './inputs-generator.ts'
import type { Literal } from './inputs-syntax.ts'

const edgeChance = 0.15

/** Written for this: plain English words, without any that are rude, sad or a brand. */
const words: Record<'nouns' | 'adjectives' | 'verbs' | 'names' | 'cities' | 'hosts' | 'sentences', string[]> =
  JSON.parse(readFileSync(new URL('inputs-words.json', import.meta.url), 'utf8'))

/** @param high included. */
export function integers(low: number, high: number): Generator {
  const edges = [low, high, 0, 1, -1].filter((edge) => low <= edge && edge <= high)
  return ofKind('int', (random) => orEdge(edges, edgeChance, () => integerIn(random, low, high), random))
}

/** Numbers with so many digits after the point. */
export function floats(low: number, high: number, digits: number): Generator {
  const scale = 10 ** digits
  const edges = [low, high, 0, Math.ceil(low), Math.floor(high)].filter((edge) => low <= edge && edge <= high)
  const draw = (random: Random) => integerIn(random, Math.ceil(low * scale), Math.floor(high * scale)) / scale
  return ofKind('float', (random) => orEdge(edges, edgeChance, draw, random) + 0)
}

export function booleans(): Generator {
  return ofKind('bool', (random) => random() < 0.5)
}

/** Dates of these years, the last included. Edges are the ends of months and years, and 29 February. */
export function dates(firstYear: number, lastYear: number): Generator {
  const day = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day)
  const draw = (random: Random) => {
    const last = (day(lastYear + 1, 1, 1) - day(firstYear, 1, 1)) / MS_PER_DAY - 1
    return day(firstYear, 1, 1) + integerIn(random, 0, last) * MS_PER_DAY
  }
  return ofKind('date', (random) => {
    const year = integerIn(random, firstYear, lastYear)
    const leapDay = new Date(day(year, 2, 29)).getUTCMonth() === 1 ? [day(year, 2, 29)] : []
    const endOfMonth = day(year, integerIn(random, 1, 12) + 1, 0)
    const edges = [day(year, 1, 1), day(year, 12, 31), day(year, 2, 28), ...leapDay, endOfMonth]
    return { date: new Date(orEdge(edges, edgeChance, draw, random)).toISOString().slice(0, 10) }
  })
}

const MS_PER_DAY = 86_400_000

/** One of these values, each as likely as the others. */
export function oneOf(literals: readonly Literal[]): Generator {
  const kinds = new Set(literals.map((literal) => literal.kind))
  const isOptional = kinds.delete('none')
  const only = kinds.size === 1 ? [...kinds][0] : undefined
  return {
    draw: (random) => pick(literals, random).value,
    fits: (type) => (type.kind === 'optional' ? type.of.kind === only : type.kind === only && !isOptional),
  }
}

/** `word`, `name`, `city`. */
export function listed(list: 'nouns' | 'names' | 'cities'): Generator {
  return ofKind('string', (random) => pick(words[list], random))
}

/** A plain English sentence, or now and then two. */
export function sentences(): Generator {
  const sentence = (random: Random) =>
    pick(words.sentences, random).replace(/\{(\w+)\}/g, (_, part: string) => fill(part, random))
  return ofKind('string', (random) =>
    random() < 0.15 ? `${sentence(random)} ${sentence(random)}` : sentence(random),
  )
}

function fill(part: string, random: Random): string {
  if (part === 'number') return String(integerIn(random, 2, 30))
  const list = { noun: words.nouns, adjective: words.adjectives, verb: words.verbs, name: words.names }[part]
  return pick(list ?? words.cities, random)
}

/** `ada.chen7@example.org`. */
export function emails(): Generator {
  const user = (random: Random) => pick([words.names, words.names, words.nouns], random)
  return ofKind('string', (random) => {
    const first = pick(user(random), random).toLowerCase()
    const second =
      random() < 0.4 ? pick(['.', '_', '-'], random) + pick(words.names, random).toLowerCase() : ''
    const number = random() < 0.25 ? String(integerIn(random, 1, 99)) : ''
    return `${first}${second}${number}@${pick(words.hosts, random)}`
  })
}

/** Characters of an alphabet; a character that stands in it twice is twice as likely. Some texts repeat one, or mirror. */
export function texts(alphabet: string, size: Size): Generator {
  const characters = [...alphabet]
  return generator(
    (type) => type.kind === 'string' || (type.kind === 'char' && size.from === 1 && size.to === 1),
    (random) => {
      const length = characters.length === 0 ? 0 : drawSize(size, random)
      const chance = random()
      if (chance < 0.06) return pick(characters, random).repeat(length)
      const drawn = Array.from({ length }, () => pick(characters, random))
      if (chance < 0.14) for (let i = 0; i < length / 2; i++) drawn[length - 1 - i] = drawn[i]!
      return drawn.join('')
    },
  )
}
