import { setImmediate } from 'node:timers/promises'
import { UserError } from '../lib/index.ts'
import { byteSpellings } from './byte-spelling.ts'
import { maximumVocabularySize } from './merge.ts'
import { createPairTable } from './pair-table.ts'
import { wordEnd } from './pre-tokenizer.ts'
import { specialCount, specialSpellings, specialTokens } from './special-tokens.ts'
import type { TokenizerFile } from './tokenizer.ts'

export interface TokenizerTrainingOptions {
  /** Number of ids, special tokens and bytes included. */
  vocabularySize: number
  signal?: AbortSignal
  onProgress?: (progress: TokenizerTrainingProgress) => void
}

export type TokenizerTrainingProgress =
  | { stage: 'counting'; texts: number; bytes: number }
  | { stage: 'merging'; merges: number; of: number }

/**
 * Learns byte-level BPE merges (Sennrich et al. 2016, arXiv 1508.07909) from texts: words are counted once, then
 * the commonest pair of neighbours inside words becomes a token, again and again. Of pairs equally common, the
 * one with the lower left and then right id wins, so that equal texts give equal tokenizers.
 *
 * @throws UserError where the texts are too few for the vocabulary, or the vocabulary size cannot be.
 */
export async function trainTokenizer(
  texts: AsyncIterable<string> | Iterable<string>,
  options: TokenizerTrainingOptions,
): Promise<TokenizerFile> {
  const { vocabularySize, signal, onProgress } = options
  const least = specialCount + 256
  if (!Number.isInteger(vocabularySize) || vocabularySize < least || vocabularySize > maximumVocabularySize)
    throw new UserError(
      `A vocabulary of ${vocabularySize} tokens cannot be.`,
      `Choose a whole number between ${least} and ${maximumVocabularySize}.`,
    )
  const words = await countWords(texts, options)
  const table = createPairTable(words, specialCount)
  const tokens = [...specialSpellings, ...byteSpellings]
  const known = new Set(tokens)
  const merges: string[] = []
  while (tokens.length < vocabularySize) {
    if (merges.length % 64 === 0) {
      signal?.throwIfAborted()
      onProgress?.({ stage: 'merging', merges: merges.length, of: vocabularySize - least })
      await setImmediate()
    }
    const pair = table.popCommonest()
    if (pair === undefined)
      throw new UserError(
        `The texts hold words for ${tokens.length} tokens only, not for ${vocabularySize}.`,
        'Give more text, or ask for a smaller vocabulary.',
      )
    const left = tokens[pair.left]!
    const right = tokens[pair.right]!
    // Two pairs can spell the same token. The second stays unmerged, so that a spelling has one id.
    if (known.has(left + right)) continue
    table.merge(pair, tokens.length)
    tokens.push(left + right)
    known.add(left + right)
    merges.push(`${left} ${right}`)
  }
  return {
    format: 'understudy-bpe-1',
    preTokenizer: 'qwen2',
    special: { ...specialTokens, tasks: [...specialTokens.tasks] },
    tokens,
    merges,
  }
}

/** How often each word of the pre-tokenizer occurs. */
async function countWords(
  texts: AsyncIterable<string> | Iterable<string>,
  { signal, onProgress }: TokenizerTrainingOptions,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  let number = 0
  let bytes = 0
  for await (const text of texts) {
    signal?.throwIfAborted()
    for (let start = 0; start < text.length; ) {
      const end = wordEnd(text, start)
      const word = text.slice(start, end)
      const count = counts.get(word)
      // A slice would keep its whole text in memory: a new word is copied.
      if (count === undefined) counts.set(Buffer.from(word).toString(), 1)
      else counts.set(word, count + 1)
      start = end
    }
    number++
    bytes += Buffer.byteLength(text)
    onProgress?.({ stage: 'counting', texts: number, bytes })
  }
  return counts
}
