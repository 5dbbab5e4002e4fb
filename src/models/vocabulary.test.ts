import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fimTemplate } from './fim.ts'
import type { GgufValue } from './gguf/format.ts'
import { writeRandomModel } from './gguf/random-model.ts'
import { writeGguf } from './gguf/write.ts'
import { testVocabulary } from './test-vocabulary.ts'
import { type ModelVocabulary, readVocabulary, tokenizerFileOf } from './vocabulary.ts'

const folder = mkdtempSync(join(tmpdir(), 'understudy-vocabulary-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A vocabulary of these tokens that names no special ones. */
function vocabularyOf(tokens: string[], named: ModelVocabulary['named'] = {}): ModelVocabulary {
  return { algorithm: 'gpt2', preTokenizer: 'qwen2', tokens, merges: [], named }
}

describe('the vocabulary of a model', () => {
  test('is the tokenizer file that the model was made with', async () => {
    const path = join(folder, 'model.gguf')
    const vocabulary = testVocabulary()
    await writeRandomModel(path, { vocabulary, seed: 1 })
    expect(tokenizerFileOf(await readVocabulary(path))).toEqual({
      format: 'understudy-bpe-1',
      preTokenizer: 'qwen2',
      ...vocabulary,
    })
  })

  test('of another family is none of ours', () => {
    expect(tokenizerFileOf(vocabularyOf(['a', 'b']))).toBeUndefined()
    expect(tokenizerFileOf({ ...vocabularyOf(['<|task_0|>']), preTokenizer: 'llama-bpe' })).toBeUndefined()
  })

  test('leaves out ids beyond its end, and knows the old FIM keys', async () => {
    const path = join(folder, 'old.gguf')
    const integer = (value: number): GgufValue => ({ type: 'uint32', value })
    const metadata = new Map<string, GgufValue>([
      ['tokenizer.ggml.model', { type: 'string', value: 'llama' }],
      ['tokenizer.ggml.tokens', { type: 'array', of: 'string', value: ['a', 'b', 'c', 'd'] }],
      ['tokenizer.ggml.eos_token_id', integer(4)],
      ['tokenizer.ggml.prefix_token_id', integer(1)],
      ['tokenizer.ggml.suffix_token_id', integer(2)],
      ['tokenizer.ggml.middle_token_id', integer(3)],
    ])
    await writeGguf(path, metadata, [])
    const vocabulary = await readVocabulary(path)
    expect(vocabulary.named).toEqual({ fimPrefix: 1, fimSuffix: 2, fimMiddle: 3 })
    expect(fimTemplate(vocabulary)).toMatchObject({ family: 'unknown', prefix: 1, suffix: 2, middle: 3 })
  })
})

describe('the FIM template', () => {
  test.each([
    ['qwen', ['<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>']],
    ['starcoder', ['<fim_prefix>', '<fim_suffix>', '<fim_middle>']],
    ['santacoder', ['<fim-prefix>', '<fim-suffix>', '<fim-middle>']],
    ['deepseek', ['<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>']],
    ['codellama', ['▁<PRE>', '▁<SUF>', '▁<MID>']],
  ])('of %s is found by its spelling', (family, marks) => {
    expect(fimTemplate(vocabularyOf(['x', ...marks]))).toEqual({
      family,
      prefix: 1,
      suffix: 2,
      middle: 3,
      order: 'prefix-suffix-middle',
    })
  })

  test('of codestral puts the suffix first and has no middle', () => {
    expect(fimTemplate(vocabularyOf(['[SUFFIX]', '[PREFIX]']))).toEqual({
      family: 'codestral',
      prefix: 1,
      suffix: 0,
      middle: undefined,
      order: 'suffix-prefix',
    })
  })

  test('is what the file names, whatever else the vocabulary spells', () => {
    const tokens = ['<fim_prefix>', '<fim_suffix>', '<fim_middle>', 'p', 's', 'm']
    const named = { fimPrefix: 3, fimSuffix: 4, fimMiddle: 5 }
    expect(fimTemplate(vocabularyOf(tokens, named))).toMatchObject({
      family: 'unknown',
      prefix: 3,
      suffix: 4,
      middle: 5,
    })
  })

  test('has the order that the file asks for', () => {
    const named = { fimPrefix: 0, fimSuffix: 1, fimMiddle: 2 }
    const asked = (fimOrder: string) =>
      fimTemplate({ ...vocabularyOf(['p', 's', 'm'], named), fimOrder })?.order
    expect(asked('suffix-prefix-middle')).toBe('suffix-prefix-middle')
    expect(asked('backwards')).toBe('prefix-suffix-middle')
  })

  test('is none where a mark is missing', () => {
    expect(fimTemplate(vocabularyOf(['<fim_prefix>', '<fim_middle>']))).toBeUndefined()
    expect(fimTemplate(vocabularyOf(['<fim_prefix>', '<fim_suffix>']))).toBeUndefined()
  })
})
