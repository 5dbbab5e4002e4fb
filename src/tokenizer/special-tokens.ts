import type { SpecialTokens } from './tokenizer.ts'

/** Ids kept free for tasks. */
const taskCount = 32

/**
 * Spellings by id, lowest id first. llama.cpp knows some control tokens by their spelling alone: it ends a
 * completion at `<|end|>` and `<|fim_pad|>`, and finds the three FIM tokens, which is what we want of each. It
 * gives `<|repo|>`, `<|file|>` and the tasks no meaning of its own.
 */
export const specialSpellings: readonly string[] = [
  '<|end|>',
  '<|fim_prefix|>',
  '<|fim_suffix|>',
  '<|fim_middle|>',
  '<|fim_pad|>',
  '<|repo|>',
  '<|file|>',
  ...Array.from({ length: taskCount }, (_, task) => `<|task_${task}|>`),
]

/** Ids of the special tokens: the same in every tokenizer of this format. */
export const specialTokens: Readonly<SpecialTokens> = {
  end: 0,
  fimPrefix: 1,
  fimSuffix: 2,
  fimMiddle: 3,
  fimPad: 4,
  repository: 5,
  file: 6,
  tasks: Array.from({ length: taskCount }, (_, task) => 7 + task),
}

/** Number of special tokens, and so the id of byte 0. */
export const specialCount = specialSpellings.length

/**
 * Whether llama.cpp's vocabulary loader could take an ordinary token of this spelling for a control token, as it
 * does with `</s>`, `<eos>`, `<PRE>`, `<EOT>`, `[PAD]` and some fifty more. Text that holds such a token would
 * end a completion. Training cannot make one, since the pre-tokenizer never leaves a letter before a closing
 * bracket in one word; a file from elsewhere can hold one.
 */
export function looksLikeControl(spelling: string): boolean {
  return /^_?[<[].*[A-Za-z].*[>\]]$|^\[e~\[$/.test(spelling)
}
