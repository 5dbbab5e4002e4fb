import type { GgufValue } from './format.ts'
import {
  afterName,
  bytes,
  describeRefusals,
  integer,
  model,
  set,
  text,
  texts,
  vocabulary,
  without,
} from './test-files.ts'

const int32s = (value: number[]): GgufValue => ({ type: 'array', of: 'int32', value })

describeRefusals({
  'metadata on which the runtime aborts or throws': [
    ['no architecture', without('general.architecture'), /general.architecture is missing/],
    [
      'an architecture that writes to the terminal',
      set('general.architecture', text('\u001b[2J')),
      /the name of its architecture is not one/,
    ],
    ...[
      'block_count',
      'embedding_length',
      'context_length',
      'feed_forward_length',
      'attention.head_count',
    ].map((key): [string, () => Promise<string>, RegExp] => [
      `no ${key}`,
      without(`qwen3.${key}`),
      new RegExp(`qwen3.${key} is missing`),
    ]),
    ['no epsilon', without('qwen3.attention.layer_norm_rms_epsilon'), /epsilon is missing/],
    ['no layers', set('qwen3.block_count', integer(0)), /qwen3.block_count is 0/],
    ['too many layers', set('qwen3.block_count', integer(513)), /qwen3.block_count is 513/],
    [
      'layers that are not there',
      set('qwen3.block_count', integer(3)),
      /3 layers, and the last of them has no tensors/,
    ],
    ['no heads', set('qwen3.attention.head_count', integer(0)), /head_count is 0/],
    ['heads that do not divide', set('qwen3.attention.head_count_kv', integer(3)), /heads do not divide/],
    [
      'heads for too few layers',
      set('qwen3.attention.head_count', { type: 'array', of: 'uint32', value: [2] }),
      /1 values for 2 layers/,
    ],
    ['a negative count of heads', set('qwen3.attention.head_count', int32s([2, -1])), /head_count is 2, -1/],
    ['keys and values of different sizes', set('qwen3.attention.value_length', integer(16)), /values of 16/],
    ['heads half rotated', set('qwen3.rope.dimension_count', integer(16)), /16 rotated/],
    ['a RoPE scaling that is unknown', set('qwen3.rope.scaling.type', text('cubic')), /unknown type "cubic"/],
    [
      'a RoPE base that is no number',
      set('qwen3.rope.freq_base', { type: 'float32', value: Number.NaN }),
      /RoPE base is NaN/,
    ],
    ['experts without any in use', set('qwen3.expert_count', integer(4)), /uses 0 of 4 experts/],
    ['experts in use without any', set('qwen3.expert_used_count', integer(2)), /uses 2 of 0 experts/],
    [
      'more prediction layers than layers',
      set('qwen3.nextn_predict_layers', integer(9)),
      /9 extra prediction layers/,
    ],
    ['text where a number belongs', set('qwen3.block_count', text('two')), /is of type string/],
    [
      'a 64-bit number where the runtime reads 32',
      set('qwen3.block_count', { type: 'uint64', value: 2n }),
      /is of type uint64/,
    ],
    ['a key that starts with a zero byte', set('\0key', integer(1)), /is empty or not plain ASCII/],
    ['a key that is empty', set('', integer(1)), /is empty or not plain ASCII/],
    [
      'a key that is there twice',
      () => bytes((file) => void file.write('general.type', file.indexOf('general.name'))),
      /general.type appears twice/,
    ],
    ['an alignment of nothing', set('general.alignment', integer(0)), /alignment is not a power of two/],
    ['an alignment of 24', set('general.alignment', integer(24)), /alignment is not a power of two/],
    [
      'a value of unknown type',
      () => bytes((file) => void file.writeUInt32LE(77, afterName(file, 'general.name'))),
      /has the unknown type 77/,
    ],
    [
      'an array of arrays',
      () => bytes((file) => void file.writeUInt32LE(9, afterName(file, 'tokenizer.ggml.merges') + 4)),
      /array of arrays/,
    ],
    [
      'text that is not UTF-8',
      () => bytes((file) => void file.writeUInt8(0xff, afterName(file, 'general.license') + 12)),
      /general.license is not UTF-8/,
    ],
    ['an adapter', set('general.type', text('adapter')), /it holds "adapter"/],
    [
      'a part of a split model',
      set('split.count', { type: 'uint16', value: 3 }),
      /one part of a split model/,
    ],
  ],
  'nonsense vocabularies': [
    ['none', without('tokenizer.ggml.tokens'), /tokenizer.ggml.tokens is missing/],
    ['of no algorithm', without('tokenizer.ggml.model'), /tokenizer.ggml.model is missing/],
    ['of numbers', set('tokenizer.ggml.tokens', int32s([1, 2])), /not an array of text/],
    ['of few tokens', set('tokenizer.ggml.tokens', texts(['a', 'b'])), /only 2 tokens/],
    [
      'of another size than the embedding',
      () =>
        model(({ metadata }) => {
          metadata.delete('tokenizer.ggml.token_type')
          metadata.set('tokenizer.ggml.tokens', texts([...vocabulary.tokens, 'zz']))
        }),
      /token_embd.weight is 64 × 320 where its metadata asks for 64 × 321/,
    ],
    [
      'a token twice',
      set('tokenizer.ggml.tokens', texts(vocabulary.tokens.with(300, 'aa'))),
      /"aa" appears twice/,
    ],
    [
      'a token twice, up to a zero byte',
      set('tokenizer.ggml.tokens', texts(vocabulary.tokens.with(300, 'aa\0b'))),
      /"aa" appears twice/,
    ],
    ['no merges', without('tokenizer.ggml.merges'), /merges is missing/],
    [
      'a merge of unknown tokens',
      set('tokenizer.ggml.merges', texts(['a qq'])),
      /merge 0 .* names tokens that do not exist/,
    ],
    [
      'a merge into an unknown token',
      set('tokenizer.ggml.merges', texts(['z z'])),
      /merge 0 .* names tokens that do not exist/,
    ],
    ['a merge of one', set('tokenizer.ggml.merges', texts(['aa'])), /merge 0/],
    ['too few types', set('tokenizer.ggml.token_type', int32s([1])), /1 token types for 320/],
    [
      'types of another kind',
      set('tokenizer.ggml.token_type', { type: 'array', of: 'uint8', value: Array(320).fill(1) }),
      /not an array of int32/,
    ],
    [
      'bytes of SentencePiece',
      set('tokenizer.ggml.token_type', int32s(Array(320).fill(6))),
      /byte tokens of SentencePiece/,
    ],
    [
      'too few scores',
      set('tokenizer.ggml.scores', { type: 'array', of: 'float32', value: [0] }),
      /1 scores for 320/,
    ],
    [
      'a beginning that is added and does not exist',
      () =>
        model(({ metadata }) => {
          metadata.set('tokenizer.ggml.add_bos_token', { type: 'bool', value: true })
          metadata.set('tokenizer.ggml.bos_token_id', integer(320))
        }),
      /bos_token_id names no token/,
    ],
    [
      'SentencePiece without bytes',
      set('tokenizer.ggml.model', text('llama')),
      /lacks the byte token <0x00>/,
    ],
  ],
})
