import { readFile } from 'node:fs/promises'
import { hasCode, UserError, writeFileAtomically } from '../lib/index.ts'
import { byteSpellings } from './byte-spelling.ts'
import { maximumVocabularySize } from './merge.ts'
import { looksLikeControl, specialCount, specialSpellings, specialTokens } from './special-tokens.ts'
import type { TokenizerFile } from './tokenizer.ts'

const remedy = 'Make it anew with `understudy tokenizer train`.'

/**
 * Reads `tokenizer.json` and checks it.
 *
 * @throws UserError where the file is missing, is not JSON, or is not a whole and consistent tokenizer.
 */
export async function readTokenizerFile(path: string): Promise<TokenizerFile> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EISDIR')) throw error
    throw new UserError(`There is no tokenizer at ${path}.`, remedy, { cause: error })
  }
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch (error) {
    throw new UserError(`${path} is not JSON.`, remedy, { cause: error })
  }
  checkTokenizerFile(file, path)
  return file
}

/** Writes `tokenizer.json` as canonical JSON, so that the file's SHA-256 is the tokenizer's checksum. */
export async function saveTokenizerFile(path: string, file: TokenizerFile): Promise<void> {
  checkTokenizerFile(file, path)
  await writeFileAtomically(path, canonicalTokenizerJson(file))
}

/** The one JSON text of a tokenizer: keys in a fixed order, one token a line, so that versions can be compared. */
export function canonicalTokenizerJson(file: TokenizerFile): string {
  const { format, preTokenizer, special, tokens, merges } = file
  const { end, fimPrefix, fimSuffix, fimMiddle, fimPad, repository, file: fileToken, tasks } = special
  return `${JSON.stringify(
    {
      format,
      preTokenizer,
      special: { end, fimPrefix, fimSuffix, fimMiddle, fimPad, repository, file: fileToken, tasks },
      tokens,
      merges,
    },
    null,
    1,
  )}\n`
}

/**
 * Checks that a tokenizer's ids are the special tokens, the 256 bytes and one token a merge, in that order, that
 * each merge joins two tokens that come before it, and that no ordinary token would be taken for a control token.
 *
 * @throws UserError that says what is wrong.
 */
export function checkTokenizerFile(value: unknown, name = 'The tokenizer'): asserts value is TokenizerFile {
  const fault = faultOf(value)
  if (fault !== undefined)
    throw new UserError(`${name} is not a tokenizer that can be used: ${fault}.`, remedy)
}

function faultOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'it is not an object'
  const { format, preTokenizer, tokens, merges, special } = value as Record<string, unknown>
  if (format !== 'understudy-bpe-1')
    return `its format is ${JSON.stringify(format)} and not "understudy-bpe-1"`
  if (preTokenizer !== 'qwen2') return `its pre-tokenizer is ${JSON.stringify(preTokenizer)} and not "qwen2"`
  if (!isStrings(tokens) || !isStrings(merges)) return '`tokens` and `merges` are not lists of strings'
  if (JSON.stringify(sorted(special)) !== JSON.stringify(sorted(specialTokens)))
    return 'its special tokens have other ids than this version gives them'
  if (tokens.length !== specialCount + 256 + merges.length)
    return `${tokens.length} tokens do not fit ${merges.length} merges`
  if (tokens.length > maximumVocabularySize) return `it has more than ${maximumVocabularySize} tokens`
  return faultOfTokens(tokens, merges)
}

function faultOfTokens(tokens: string[], merges: string[]): string | undefined {
  const known = new Set<string>()
  for (const [id, token] of tokens.entries()) {
    if (known.has(token)) return `token ${id} is spelled as another one`
    if (id < specialCount) {
      if (token !== specialSpellings[id]) return `token ${id} is not ${specialSpellings[id]}`
      continue
    }
    if (looksLikeControl(token)) return `token ${id}, ${token}, would be taken for a control token`
    const byte = id - specialCount
    if (byte < 256) {
      if (token !== byteSpellings[byte]) return `token ${id} is not the spelling of byte ${byte}`
    } else {
      const merge = merges[byte - 256]!
      const parts = merge.split(' ')
      if (parts.length !== 2 || !parts.every((part) => known.has(part)))
        return `merge ${byte - 256} does not join two tokens that come before it`
      if (parts.join('') !== token) return `token ${id} is not what merge ${byte - 256} makes`
    }
    known.add(token)
  }
  return undefined
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** An object's entries in the order of their names, for comparison. */
function sorted(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    : []
}
