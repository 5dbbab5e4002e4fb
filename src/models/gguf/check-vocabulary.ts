import { flagOf, integerOf, textOf, textsOf } from './metadata.ts'
import type { GgufHeader } from './read.ts'
import { refuse } from './read.ts'

/** Fewer tokens than this cannot spell every byte. */
const fewestTokens = 256
const byteType = 6

/**
 * Refuses a vocabulary that would abort the runtime, or that no tokenizer made: the runtime asserts that
 * tokens are distinct, reads type and score arrays as long as the token array, and spells unknown text in bytes
 * that it takes for granted.
 */
export function checkVocabulary(header: GgufHeader): { size: number } {
  const { path, metadata } = header
  const model = textOf(path, metadata, 'tokenizer.ggml.model')
  if (model === undefined) refuse(path, 'tokenizer.ggml.model is missing')
  const tokens = textsOf(path, metadata, 'tokenizer.ggml.tokens')
  if (tokens === undefined) refuse(path, 'tokenizer.ggml.tokens is missing')
  if (tokens.length < fewestTokens) refuse(path, `its vocabulary has only ${tokens.length} tokens`)
  const spellings = tokens.map(asRuntimeReads)
  const known = new Set(spellings)
  if (known.size !== tokens.length)
    refuse(path, `the token ${firstRepeated(spellings)} appears twice in its vocabulary`)

  const types = checkTypes(header, tokens)
  checkScores(header, tokens.length)
  if (model === 'gpt2') {
    checkMerges(header, known)
    if (types?.includes(byteType)) refuse(path, 'its byte-level vocabulary has byte tokens of SentencePiece')
  }
  if (model === 'llama') checkBytes(header, tokens, known, types)
  checkAddedTokens(header, tokens.length)
  return { size: tokens.length }
}

/** The runtime ends a token at its first zero byte, and names one that is empty by its id. */
function asRuntimeReads(token: string, id: number): string {
  const zero = token.indexOf('\0')
  return (zero < 0 ? token : token.slice(0, zero)) || `[EMPTY_${id}]`
}

function firstRepeated(tokens: string[]): string {
  const seen = new Set<string>()
  return JSON.stringify(tokens.find((token) => seen.size === seen.add(token).size))
}

function checkTypes({ path, metadata }: GgufHeader, tokens: string[]): number[] | undefined {
  const types = metadata.get('tokenizer.ggml.token_type')
  if (types === undefined) return undefined
  if (types.type !== 'array' || types.of !== 'int32')
    refuse(path, 'tokenizer.ggml.token_type is not an array of int32')
  if (types.value.length !== tokens.length) {
    refuse(path, `it has ${types.value.length} token types for ${tokens.length} tokens`)
  }
  const values = types.value as number[]
  const odd = values.find((type) => type < 0 || type > byteType)
  if (odd !== undefined) refuse(path, `its vocabulary has a token of the unknown type ${odd}`)
  return values
}

function checkScores({ path, metadata }: GgufHeader, size: number): void {
  const scores = metadata.get('tokenizer.ggml.scores')
  if (scores === undefined) return
  if (scores.type !== 'array' || (scores.of !== 'float32' && scores.of !== 'int32')) {
    refuse(path, 'tokenizer.ggml.scores is not an array of numbers')
  }
  if (scores.value.length !== size) refuse(path, `it has ${scores.value.length} scores for ${size} tokens`)
}

/** Each merge joins two known tokens to a third. Kimi's tokenizer does without merges. */
function checkMerges({ path, metadata }: GgufHeader, known: Set<string>): void {
  const merges = textsOf(path, metadata, 'tokenizer.ggml.merges')
  if (merges === undefined) {
    if (textOf(path, metadata, 'tokenizer.ggml.pre') === 'kimi-k2') return
    refuse(path, 'tokenizer.ggml.merges is missing')
  }
  for (const [index, merge] of merges.entries()) {
    // The runtime looks for the space from the second character on.
    const space = merge.indexOf(' ', 1)
    const left = merge.slice(0, space)
    const right = merge.slice(space + 1)
    if (space < 0 || !known.has(left) || !known.has(right) || !known.has(left + right)) {
      refuse(
        path,
        `merge ${index} of its vocabulary (${JSON.stringify(merge)}) names tokens that do not exist`,
      )
    }
  }
}

/** SentencePiece spells what it does not know in bytes: all 256 must be there, and look as the runtime parses them. */
function checkBytes(
  { path }: GgufHeader,
  tokens: string[],
  known: Set<string>,
  types: number[] | undefined,
): void {
  for (let byte = 0; byte < 256; byte++) {
    const spelling = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`
    const itself = byte < 128 ? String.fromCharCode(byte) : undefined
    if (!known.has(spelling) && !(itself !== undefined && known.has(itself))) {
      refuse(path, `its vocabulary lacks the byte token ${spelling}`)
    }
  }
  const odd =
    types?.findIndex((type, id) => type === byteType && !/^<0x[0-9A-Fa-f]{2}>$/.test(tokens[id]!)) ?? -1
  if (odd >= 0)
    refuse(path, `token ${odd} of its vocabulary is called a byte but spelled ${JSON.stringify(tokens[odd])}`)
}

/** A token that is added to every prompt has to exist. */
function checkAddedTokens({ path, metadata }: GgufHeader, size: number): void {
  for (const [flag, id] of [
    ['add_bos_token', 'bos_token_id'],
    ['add_eos_token', 'eos_token_id'],
  ]) {
    if (flagOf(path, metadata, `tokenizer.ggml.${flag}`) !== true) continue
    const token = integerOf(path, metadata, `tokenizer.ggml.${id}`)
    if (token === undefined || token >= size) {
      refuse(path, `tokenizer.ggml.${flag} is set, and tokenizer.ggml.${id} names no token`)
    }
  }
}
