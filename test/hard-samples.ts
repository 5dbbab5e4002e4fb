import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../src/lib/index.ts'
import { specialSpellings } from '../src/tokenizer/index.ts'

/** Real code and prose in several languages: this project's own sources and some of what it depends on. */
export function sourceTexts(): string[] {
  const patterns = [
    'src/**/*.ts',
    'trainer/**/*.py',
    'node_modules/{commander,zod,fastify,tar}/**/*.{js,ts,md}',
  ]
  return globSync(patterns, { cwd: projectRoot })
    .sort()
    .slice(0, 600)
    .map((path) => readFileSync(join(projectRoot, path), 'utf8'))
}

/** Texts on which tokenizers tend to differ; the same for the same sources. */
export function hardSamples(texts: string[]): string[] {
  const random = randomNumbers(20260101)
  const below = (limit: number) => Math.floor(random() * limit)
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!
  const join = (count: number, make: () => string) => Array.from({ length: count }, make).join('')
  const times = (count: number, make: () => string) => Array.from({ length: count }, make)
  const character = () =>
    String.fromCodePoint(pick([0x80, 0x800, 0x3000, 0x10000, 0x20000, 0x110000].map(below)))
  const words = texts.join('\n').slice(0, 200_000).split(' ')
  const lines = texts.flatMap((text) => text.split('\n'))

  return [
    ...fixed,
    ...specialSpellings.flatMap((spelling) => [spelling, `a${spelling}b`, ` ${spelling}\n`]),
    ...times(600, () => join(1 + below(12), () => pick(whitespace))),
    ...times(600, () => join(1 + below(12), () => pick([...whitespace, 'a', 'é', '1', '!', '漢', '😀']))),
    ...times(600, () => join(1 + below(20), () => pick(pieces))),
    ...times(600, () => join(1 + below(8), () => pick([...pieces, pick(words), character()]))),
    ...times(600, () => join(1 + below(30), character)),
    ...times(400, () => Buffer.from(times(1 + below(60), () => '').map(() => below(256))).toString()),
    ...times(300, () => join(1 + below(6), () => pick([...specialSpellings, ...pieces]))),
    ...times(200, () => pick(pieces).repeat(1 + below(400))),
    ...times(1000, () => pick(lines)),
    ...times(300, () => {
      const text = pick(texts)
      const start = below(text.length)
      return text.slice(start, start + below(2000))
    }),
    ...times(100, () => pick(texts).slice(0, 4000).replaceAll('\n', '\r\n')),
  ].filter((text) => text !== '')
}

/** Every character with the property White_Space, and some that other definitions of white space have. */
const whitespace = [
  ...' \t\n\r\v\f\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u180e\u001c\u001f',
  ...'\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
  '\r\n',
  '  ',
  '    ',
]

/** Fragments that meet each alternative of the pre-tokenizer. */
const pieces = [
  ...whitespace,
  ..."'|'s|'S|'t|'re|'RE|'rE|'ve|'m|'ll|'lL|'d|'x|''|don't|WE'LL|'ſ|’s|İ|K".split('|'),
  ...'0|7|42|3.14|1e-9|0xFF|１２|٣|Ⅷ|½|²|𝟘'.split('|'),
  ...'a|Z|é|e\u0301|ß|ı|Ж|ع|ह|हि|漢字|カ|한|각|𝒳|𐐷|ª|ʰ|ᾼ'.split('|'),
  ...'😀|👨‍👩‍👧‍👦|🏳️‍🌈|👍🏽|🇩🇪|\u200d|\ufe0f|\u0301|\u20dd|\ud800|\udc00'.split('|'),
  ...'()|{}|=>|!==|//|/*|*/|#|$|_|__init__|\\n|";|`|~|…|—|“|→|€|\u0000|\u0001|\u007f|\ufffd|\uffff'.split(
    '|',
  ),
  ...'< | > <| |> <|end </s> <eos> <PRE> <EOT> <|im_end|> <|endoftext|> <fim-prefix> [PAD] <s>'.split(' '),
]

const fixed = [
  ...['a', 'Ab', ' ', '\n', '\n ', '!', 'é', '漢', "'", '9', '\t', '\r\n', '😀', '\u0301', '\u0085'].map(
    (piece) => piece.repeat(3000),
  ),
  'a'.repeat(100_000),
  ' '.repeat(100_000),
  `${' '.repeat(20_000)}x`,
]

/** Mulberry32: numbers in [0, 1) that depend on the seed alone. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
