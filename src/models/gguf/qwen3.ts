import { UserError } from '../../lib/index.ts'
import type { FimOrder } from '../fim.ts'
import { fimOrderKey, type Vocabulary } from '../vocabulary.ts'
import { fileTypes, type GgufMetadata, type Quantization, type TensorType } from './format.ts'

/** The extents of a Qwen3 model: `model` in a training recipe. */
export interface Qwen3Shape {
  layers: number
  width: number
  heads: number
  kvHeads: number
  headSize: number
  feedForward: number
  vocabularySize: number
  contextLength: number
  ropeBase: number
  normEpsilon: number
}

/** What a file says of itself, apart from its numbers. */
export interface Qwen3Description {
  name: string
  /** SPDX expression of the weights. */
  license: string
  description?: string
  quantization: Quantization
}

/** One tensor under its two names. */
export interface Qwen3Tensor {
  /** Name in GGUF, such as `blk.0.attn_q.weight`. */
  name: string
  /** Name in Hugging Face's checkpoint, such as `model.layers.0.self_attn.q_proj.weight`. */
  source: string
  /** Extents, innermost first. */
  shape: number[]
}

/** All tensors of a model with a tied head, in file order. Norms have one dimension, everything else two. */
export function qwen3Tensors(shape: Qwen3Shape): Qwen3Tensor[] {
  const { width, feedForward, headSize } = shape
  const queries = shape.heads * headSize
  const keys = shape.kvHeads * headSize
  const layer = (index: number): Qwen3Tensor[] =>
    (
      [
        ['attn_norm', 'input_layernorm', [width]],
        ['attn_q', 'self_attn.q_proj', [width, queries]],
        ['attn_k', 'self_attn.k_proj', [width, keys]],
        ['attn_v', 'self_attn.v_proj', [width, keys]],
        ['attn_output', 'self_attn.o_proj', [queries, width]],
        ['attn_q_norm', 'self_attn.q_norm', [headSize]],
        ['attn_k_norm', 'self_attn.k_norm', [headSize]],
        ['ffn_norm', 'post_attention_layernorm', [width]],
        ['ffn_gate', 'mlp.gate_proj', [width, feedForward]],
        ['ffn_up', 'mlp.up_proj', [width, feedForward]],
        ['ffn_down', 'mlp.down_proj', [feedForward, width]],
      ] as const
    ).map(([name, source, extents]) => ({
      name: `blk.${index}.${name}.weight`,
      source: `model.layers.${index}.${source}.weight`,
      shape: [...extents],
    }))
  return [
    { name: 'token_embd.weight', source: 'model.embed_tokens.weight', shape: [width, shape.vocabularySize] },
    ...Array.from({ length: shape.layers }, (_, index) => layer(index)).flat(),
    { name: 'output_norm.weight', source: 'model.norm.weight', shape: [width] },
  ]
}

/** The type a tensor is stored as: norms keep 32 bits, since they are few and everything passes through them. */
export function storedType(tensor: { shape: number[] }, quantization: Quantization): TensorType {
  return tensor.shape.length === 1 ? 'F32' : quantization
}

/** Number of weights, the tied embedding counted once. */
export function parametersOf(shape: Qwen3Shape): number {
  return qwen3Tensors(shape).reduce((sum, tensor) => sum + tensor.shape.reduce((a, b) => a * b, 1), 0)
}

/**
 * The metadata of a model and its vocabulary. Throws a `UserError` when the vocabulary's size is not the
 * model's, or when an ordinary token is spelled like an end or FIM token, which the runtime would take it for.
 */
export function qwen3Metadata(
  shape: Qwen3Shape,
  vocabulary: Vocabulary,
  description: Qwen3Description,
): GgufMetadata {
  const { tokens, merges, special } = vocabulary
  if (tokens.length !== shape.vocabularySize) {
    throw new UserError(
      `The tokenizer has ${tokens.length} tokens and the model ${shape.vocabularySize}.`,
      'Use the tokenizer.json that the training shards were made with.',
    )
  }
  const { tasks, ...named } = special
  const control = new Set([...Object.values(named), ...tasks])
  assertOrdinary(tokens, control)
  const text = (value: string) => ({ type: 'string', value }) as const
  const integer = (value: number) => ({ type: 'uint32', value }) as const
  const real = (value: number) => ({ type: 'float32', value }) as const
  const strings = (value: string[]) => ({ type: 'array', of: 'string', value }) as const
  return new Map<string, GgufMetadata extends Map<string, infer Value> ? Value : never>([
    ['general.architecture', text('qwen3')],
    ['general.type', text('model')],
    ['general.name', text(description.name)],
    ['general.license', text(description.license)],
    ...(description.description ? [['general.description', text(description.description)] as const] : []),
    ['general.file_type', integer(fileTypes[description.quantization])],
    ['general.quantization_version', integer(2)],
    ['qwen3.vocab_size', integer(shape.vocabularySize)],
    ['qwen3.context_length', integer(shape.contextLength)],
    ['qwen3.embedding_length', integer(shape.width)],
    ['qwen3.block_count', integer(shape.layers)],
    ['qwen3.feed_forward_length', integer(shape.feedForward)],
    ['qwen3.attention.head_count', integer(shape.heads)],
    ['qwen3.attention.head_count_kv', integer(shape.kvHeads)],
    ['qwen3.attention.key_length', integer(shape.headSize)],
    ['qwen3.attention.value_length', integer(shape.headSize)],
    ['qwen3.attention.layer_norm_rms_epsilon', real(shape.normEpsilon)],
    ['qwen3.rope.freq_base', real(shape.ropeBase)],
    ['tokenizer.ggml.model', text('gpt2')],
    ['tokenizer.ggml.pre', text('qwen2')],
    ['tokenizer.ggml.tokens', strings(tokens)],
    [
      'tokenizer.ggml.token_type',
      { type: 'array', of: 'int32', value: tokens.map((_, id) => (control.has(id) ? 3 : 1)) },
    ],
    ['tokenizer.ggml.merges', strings(merges)],
    ['tokenizer.ggml.bos_token_id', integer(special.end)],
    ['tokenizer.ggml.eos_token_id', integer(special.end)],
    ['tokenizer.ggml.padding_token_id', integer(special.fimPad)],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: false }],
    ['tokenizer.ggml.fim_pre_token_id', integer(special.fimPrefix)],
    ['tokenizer.ggml.fim_suf_token_id', integer(special.fimSuffix)],
    ['tokenizer.ggml.fim_mid_token_id', integer(special.fimMiddle)],
    ['tokenizer.ggml.fim_pad_token_id', integer(special.fimPad)],
    ['tokenizer.ggml.fim_rep_token_id', integer(special.repository)],
    ['tokenizer.ggml.fim_sep_token_id', integer(special.file)],
    // Both orders are learnt; of the two this one serves a cursor better.
    [fimOrderKey, text('suffix-prefix-middle' satisfies FimOrder)],
  ])
}

/** Spellings by which llama.cpp finds end, FIM, repository and file tokens when no id names them. */
const runtimeSpellings = new Set(
  (
    '</s> <eos> <EOT> _<EOT> [EOT] [EOS] <|eot_id|> <|eom_id|> <|im_end|> <|end|> <|return|> <|call|> <|calls|> ' +
    '<|flush|> <end_of_turn> <|endoftext|> <|end_of_text|> <end_of_utterance> <｜end▁of▁sentence｜> ' +
    '<|fim_prefix|> <fim-prefix> <fim_prefix> <｜fim▁begin｜> <PRE> ▁<PRE> <|code_prefix|> ' +
    '<|fim_suffix|> <fim-suffix> <fim_suffix> <｜fim▁hole｜> <SUF> ▁<SUF> <|code_suffix|> ' +
    '<|fim_middle|> <fim-middle> <fim_middle> <｜fim▁end｜> <MID> ▁<MID> <|code_middle|> ' +
    '<|fim_pad|> <fim-pad> <fim_pad> <PAD> [PAD] <|fim_repo|> <|repo_name|> <fim-repo> <REPO> <reponame> ' +
    '<|file_sep|>'
  ).split(' '),
)

function assertOrdinary(tokens: string[], control: Set<number>): void {
  const id = tokens.findIndex((token, index) => !control.has(index) && runtimeSpellings.has(token))
  if (id >= 0) {
    throw new UserError(
      `Token ${id} of the tokenizer is spelled ${tokens[id]}, which the runtime would take for a control token.`,
      'Train the tokenizer on text from which such markers were removed.',
    )
  }
}
