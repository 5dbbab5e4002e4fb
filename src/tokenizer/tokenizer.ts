/**
 * Byte-level BPE with llama.cpp's `qwen2` pre-tokenizer. Ids, lowest first: special tokens, then the 256
 * bytes, then one token a merge, in the order of the merges.
 */
export interface Tokenizer {
  /** Number of ids, special tokens included. */
  readonly vocabularySize: number
  readonly special: SpecialTokens
  /** SHA-256 of the tokenizer file's canonical JSON: shards and models name it, so that a mix-up is told. */
  readonly checksum: string
  /** Token ids of plain text. The spelling of a special token in `text` stays ordinary text. */
  encode(text: string): number[]
  /** Text of ids; bytes that are not UTF-8 become U+FFFD. Special tokens are left out. */
  decode(ids: Iterable<number>): string
  /** The bytes of one token; empty for a special token. */
  bytesOf(id: number): Uint8Array
}

/** Ids of the special tokens. */
export interface SpecialTokens {
  /** `<|end|>`: end of a document, and of a completion. */
  end: number
  /** `<|fim_prefix|>` */
  fimPrefix: number
  /** `<|fim_suffix|>` */
  fimSuffix: number
  /** `<|fim_middle|>` */
  fimMiddle: number
  /** `<|fim_pad|>`: fills a training row; its loss is not counted. */
  fimPad: number
  /** `<|repo|>`: before a repository's name. */
  repository: number
  /** `<|file|>`: before a file's path. */
  file: number
  /** `<|task_0|>` … `<|task_31|>`: kept free for tasks. */
  tasks: number[]
}

/** `tokenizer.json`: the file that the tokenizer stage writes and every later stage reads. */
export interface TokenizerFile {
  format: 'understudy-bpe-1'
  preTokenizer: 'qwen2'
  /** Spelling by id. Bytes are spelled as in GPT-2's byte-to-unicode table, as GGUF wants them. */
  tokens: string[]
  /** `left right`, each spelled as in `tokens`, in the order of training. */
  merges: string[]
  special: SpecialTokens
}
