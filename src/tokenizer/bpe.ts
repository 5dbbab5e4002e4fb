import { sha256 } from '../lib/index.ts'
import { bytesOfSpelling } from './byte-spelling.ts'
import { canonicalTokenizerJson, checkTokenizerFile, readTokenizerFile } from './file.ts'
import { type Merges, mergeWord, pairKey } from './merge.ts'
import { wordEnd } from './pre-tokenizer.ts'
import { specialCount } from './special-tokens.ts'
import type { Tokenizer, TokenizerFile } from './tokenizer.ts'

/** Words longer than this (UTF-16 code units) are rarely seen twice, and are merged anew each time. */
const longestCachedWord = 64
/** About 20 MB; the cache starts anew when it is full. */
const cachedWords = 100_000

const toBytes = new TextEncoder()

/** Reads `tokenizer.json` and makes its tokenizer; throws as {@link readTokenizerFile} does. */
export async function loadTokenizer(path: string): Promise<Tokenizer> {
  return createTokenizer(await readTokenizerFile(path))
}

/**
 * Makes a tokenizer of a file's content, which is checked first.
 *
 * @throws UserError where the content is not a whole and consistent tokenizer.
 */
export function createTokenizer(file: TokenizerFile): Tokenizer {
  checkTokenizerFile(file)
  const vocabularySize = file.tokens.length
  const bytes = file.tokens.map((spelling, id) =>
    id < specialCount ? new Uint8Array(0) : bytesOfSpelling(spelling)!,
  )
  const merges = readMerges(file)
  const cache = new Map<string, number[]>()

  function idsOfWord(word: string): number[] {
    const known = cache.get(word)
    if (known !== undefined) return known
    const encoded = toBytes.encode(word)
    const ids = mergeWord(encoded, merges)
    if (word.length <= longestCachedWord) {
      if (cache.size >= cachedWords) cache.clear()
      // A slice would keep the whole text that it was cut from in memory: the key is a copy.
      cache.set(Buffer.from(encoded.buffer, 0, encoded.length).toString(), ids)
    }
    return ids
  }

  function encode(text: string): number[] {
    const ids: number[] = []
    for (let start = 0; start < text.length; ) {
      const end = wordEnd(text, start)
      for (const id of idsOfWord(text.slice(start, end))) ids.push(id)
      start = end
    }
    return ids
  }

  function bytesOf(id: number): Uint8Array {
    const known = bytes[id]
    if (known === undefined)
      throw new RangeError(`Token id ${id} is not in a vocabulary of ${vocabularySize}.`)
    return known
  }

  function decode(ids: Iterable<number>): string {
    return Buffer.concat(Array.from(ids, bytesOf)).toString()
  }

  return {
    vocabularySize,
    special: file.special,
    checksum: sha256(canonicalTokenizerJson(file)),
    encode,
    decode,
    bytesOf,
  }
}

function readMerges(file: TokenizerFile): Merges {
  const idBySpelling = new Map(file.tokens.map((spelling, id) => [spelling, id]))
  const left = new Uint16Array(file.tokens.length)
  const right = new Uint16Array(file.tokens.length)
  const byPair = new Map<number, number>()
  for (const [i, merge] of file.merges.entries()) {
    const merged = specialCount + 256 + i
    const [leftSpelling, rightSpelling] = merge.split(' ') as [string, string]
    left[merged] = idBySpelling.get(leftSpelling)!
    right[merged] = idBySpelling.get(rightSpelling)!
    byPair.set(pairKey(left[merged]!, right[merged]!), merged)
  }
  return { firstByte: specialCount, byPair, left, right }
}
