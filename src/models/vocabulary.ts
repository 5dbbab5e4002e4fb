import { integerOf, textOf, textsOf } from './gguf/metadata.ts'
import type { GgufHeader } from './gguf/read.ts'
import { readHeader, refuse } from './gguf/read.ts'

/**
 * What a model file needs to know of a tokenizer. A `tokenizer.json` (format `understudy-bpe-1`) has this
 * shape; models take the structure, so that they depend on no tokenizer.
 */
export interface Vocabulary {
  /** Spelling by id, bytes as in GPT-2's byte-to-unicode table. */
  tokens: string[]
  /** `left right`, in the order of training. */
  merges: string[]
  special: {
    end: number
    fimPrefix: number
    fimSuffix: number
    fimMiddle: number
    fimPad: number
    repository: number
    file: number
    tasks: number[]
  }
}

/** The vocabulary inside any GGUF model. */
export interface ModelVocabulary {
  /** llama.cpp's name of the algorithm: `gpt2` for byte-level BPE, `llama` for SentencePiece, … */
  algorithm: string
  /** llama.cpp's name of the pre-tokenizer, such as `qwen2`. */
  preTokenizer: string | undefined
  tokens: string[]
  /** Empty where the algorithm has none. */
  merges: string[]
  /** Ids that the file itself names, those outside the vocabulary left out. */
  named: Partial<Record<NamedToken, number>>
  /** The order of an infill prompt that the file asks for; only models of this project do. */
  fimOrder?: string
}

/** Metadata key of {@link ModelVocabulary.fimOrder}; other runtimes pass over it. */
export const fimOrderKey = 'understudy.fim_order'

export type NamedToken = keyof typeof namedTokenKeys

/** Metadata keys of special tokens; the second spellings are from before llama.cpp had FIM keys of its own. */
const namedTokenKeys = {
  beginning: ['bos_token_id'],
  end: ['eos_token_id'],
  pad: ['padding_token_id'],
  fimPrefix: ['fim_pre_token_id', 'prefix_token_id'],
  fimSuffix: ['fim_suf_token_id', 'suffix_token_id'],
  fimMiddle: ['fim_mid_token_id', 'middle_token_id'],
  fimPad: ['fim_pad_token_id'],
  repository: ['fim_rep_token_id'],
  file: ['fim_sep_token_id'],
} as const

/** Reads the vocabulary out of a GGUF file. Throws a `UserError` where there is none. */
export async function readVocabulary(path: string): Promise<ModelVocabulary> {
  return vocabularyOf(readHeader(path))
}

/** As {@link readVocabulary}, for a header that has been read. */
export function vocabularyOf({ path, metadata }: GgufHeader): ModelVocabulary {
  const tokens = textsOf(path, metadata, 'tokenizer.ggml.tokens')
  const algorithm = textOf(path, metadata, 'tokenizer.ggml.model')
  if (tokens === undefined || algorithm === undefined) return refuse(path, 'it has no vocabulary')
  const named: ModelVocabulary['named'] = {}
  for (const [token, keys] of Object.entries(namedTokenKeys) as [NamedToken, readonly string[]][]) {
    const ids = keys.map((key) => integerOf(path, metadata, `tokenizer.ggml.${key}`))
    const id = ids.find((candidate) => candidate !== undefined && candidate < tokens.length)
    if (id !== undefined) named[token] = id
  }
  const fimOrder = textOf(path, metadata, fimOrderKey)
  return {
    algorithm,
    ...(fimOrder === undefined ? {} : { fimOrder }),
    preTokenizer: textOf(path, metadata, 'tokenizer.ggml.pre'),
    tokens,
    merges: textsOf(path, metadata, 'tokenizer.ggml.merges') ?? [],
    named,
  }
}

/**
 * The content of `tokenizer.json` that a model of this project was made with, or `undefined` for a model of
 * another family. The tokenizer stage checks it as it checks a file.
 */
export function tokenizerFileOf(
  vocabulary: ModelVocabulary,
): (Vocabulary & { format: 'understudy-bpe-1'; preTokenizer: 'qwen2' }) | undefined {
  const { algorithm, preTokenizer, tokens, merges, named } = vocabulary
  const { end, fimPrefix, fimSuffix, fimMiddle, fimPad, repository, file } = named
  if (algorithm !== 'gpt2' || preTokenizer !== 'qwen2') return undefined
  const tasks = tokens.flatMap((token, id) => (/^<\|task_\d+\|>$/.test(token) ? [id] : []))
  const ids = { end, fimPrefix, fimSuffix, fimMiddle, fimPad, repository, file }
  if (tasks.length === 0 || Object.values(ids).includes(undefined)) return undefined
  const special = { ...(ids as Omit<Vocabulary['special'], 'tasks'>), tasks }
  return { format: 'understudy-bpe-1', preTokenizer, tokens, merges, special }
}
