import { z } from './zod.ts'

/**
 * `POST /v1/completions` as OpenAI defines it, with the sampling extensions of vLLM and llama.cpp (`min_p`,
 * `top_k`, `repetition_penalty`). Every number and every string has a bound, and a field that is not named here
 * is refused, so that nothing is accepted and then ignored. `user` is refused for that reason: it labels a
 * person for abuse monitoring, and nothing here would read it.
 */

/** UTF-16 units in one prompt or suffix; far beyond any context window here. */
export const maxPromptLength = 1_000_000
/** Prompts in one request, and choices (prompts × `best_of`) in one request. */
export const maxChoices = 128

const tokenId = z.int().min(0).max(10_000_000)
const promptText = z.string().max(maxPromptLength)
const promptTokens = z.array(tokenId).min(1).max(maxPromptLength)
/** Stop strings in one request: more than OpenAI's 4, since HumanEval's authors cut at 5. */
export const maxStops = 16

const stopString = z.string().min(1).max(1_000)

const prompt = z.union(
  [
    promptText,
    z.array(promptText).min(1).max(maxChoices),
    promptTokens,
    z.array(promptTokens).min(1).max(maxChoices),
  ],
  {
    error: `must be a string, a list of token ids, or a list of 1 to ${maxChoices} of either, each at most ${maxPromptLength} long`,
  },
)

const stop = z.union([stopString, z.array(stopString).min(1).max(maxStops)], {
  error: `must be a string of 1 to 1000 characters, or a list of 1 to ${maxStops} of them`,
})

const logitBias = z
  .record(z.string().regex(/^\d{1,8}$/), z.number().min(-100).max(100))
  .refine((bias) => Object.keys(bias).length <= 1_024, 'must name at most 1024 tokens')

export const completionRequest = z.strictObject({
  model: z.string().min(1).max(500),
  prompt,
  /** Text after the cursor: the model fills in what lies between. `""` asks for infilling at the end of a file. */
  suffix: promptText.nullish(),
  max_tokens: z.int().min(0).max(1_000_000).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  n: z.int().min(1).max(maxChoices).nullish(),
  best_of: z.int().min(1).max(maxChoices).nullish(),
  echo: z.boolean().nullish(),
  logprobs: z.int().min(0).max(20).nullish(),
  stop: stop.nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_usage: z.boolean().nullish() }).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  logit_bias: logitBias.nullish(),
  seed: z.int().nullish(),
  /** 0 is off. */
  top_k: z.int().min(0).max(10_000_000).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  /** 1 is off. */
  repetition_penalty: z.number().min(0.1).max(10).nullish(),
})

export type CompletionRequest = z.infer<typeof completionRequest>

/**
 * One entry for each token. `text_offset` counts Unicode characters from the start of the prompt. With `echo`
 * the prompt's tokens come first, and the very first has no log-probability.
 */
export const completionLogprobs = z.object({
  tokens: z.array(z.string()),
  token_logprobs: z.array(z.number().nullable()),
  top_logprobs: z.array(z.record(z.string(), z.number()).nullable()).nullable(),
  text_offset: z.array(z.int()),
})

export type CompletionLogprobs = z.infer<typeof completionLogprobs>

export const completionUsage = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  prompt_tokens_details: z.object({ cached_tokens: z.int().optional() }).nullish(),
})

export type CompletionUsage = z.infer<typeof completionUsage>

export const completionChoice = z.object({
  text: z.string(),
  index: z.int(),
  logprobs: completionLogprobs.nullish(),
  /** Null in every chunk of a stream but a choice's last. */
  finish_reason: z.enum(['stop', 'length', 'content_filter']).nullish(),
})

export type CompletionChoice = z.infer<typeof completionChoice>

/** The whole answer, or one chunk of a stream. The last chunk of a stream with `include_usage` has no choices. */
export const completion = z.object({
  id: z.string(),
  object: z.literal('text_completion'),
  /** Unix time in seconds. */
  created: z.int(),
  model: z.string(),
  choices: z.array(completionChoice),
  usage: completionUsage.nullish(),
})

export type Completion = z.infer<typeof completion>
