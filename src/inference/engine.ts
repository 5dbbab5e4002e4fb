/**
 * An engine turns a prompt into a stream of tokens. There are three: the embedded llama.cpp in a child
 * process, an upstream server that speaks OpenAI's protocol, and a scripted one for tests.
 */
export interface Engine {
  readonly model: EngineModel
  /**
   * Streams one completion. The last event is always `end`; the tokens before it concatenate to the text, with
   * a stop string already cut off. Aborting `signal` ends the stream with reason `cancelled`. Throws
   * {@link EngineError} when the engine dies or refuses.
   */
  generate(request: GenerateRequest): AsyncIterable<GenerateEvent>
  /** Log-probability of each prompt token given those before it (the first has none): for `echo` with `logprobs`. */
  score(tokens: number[], options: { topLogprobs: number; signal?: AbortSignal }): Promise<ScoredToken[]>
  /** Token ids of text, special tokens not parsed. */
  tokenize(text: string): Promise<number[]>
  detokenize(tokens: number[]): Promise<string>
  dispose(): Promise<void>
}

export interface EngineModel {
  /** The name that clients use. */
  name: string
  /** Tokens in the context window. */
  contextLength: number
  vocabularySize: number
  /** Whether the model has FIM tokens, so that `infill` prompts work. */
  infill: boolean
}

export type Prompt =
  | { kind: 'text'; text: string }
  | { kind: 'tokens'; tokens: number[] }
  | { kind: 'infill'; prefix: string; suffix: string }

export interface GenerateRequest {
  prompt: Prompt
  maxTokens: number
  /** The stream ends before the first of these that appears. */
  stop: string[]
  sampling: Sampling
  /** How many of the likeliest tokens to name at each position, 0 for the sampled one alone. */
  topLogprobs: number
  /**
   * Nobody reads the log-probabilities: those that cost time are left out, and are then NaN. Decoding with a small
   * model becomes a third faster, and the tokens stay the same. Ignored where `topLogprobs` is above 0.
   */
  skipLogprobs?: boolean
  signal?: AbortSignal
}

/** Temperature 0 is greedy. Penalties and bias as OpenAI defines them, `repetitionPenalty` as in CTRL (arXiv 1909.05858). */
export interface Sampling {
  temperature: number
  topP: number
  /** 0: off. */
  topK: number
  /** Least probability relative to the likeliest token; 0: off. */
  minP: number
  /** 1: off. */
  repetitionPenalty: number
  frequencyPenalty: number
  presencePenalty: number
  /** Added to the logit of a token, by id. */
  logitBias: Record<number, number>
  /** The same seed, prompt and sampling give the same tokens. */
  seed: number
}

export const greedy: Sampling = {
  temperature: 0,
  topP: 1,
  topK: 0,
  minP: 0,
  repetitionPenalty: 1,
  frequencyPenalty: 0,
  presencePenalty: 0,
  logitBias: {},
  seed: 0,
}

export type GenerateEvent = TokenEvent | EndEvent

export interface TokenEvent {
  type: 'token'
  id: number
  /** Text that this token added; may be empty while a UTF-8 sequence is incomplete or a stop string may follow. */
  text: string
  /** Natural logarithm of the token's probability before temperature and cuts; NaN where it is not known. */
  logprob: number
  top: ScoredToken[]
}

export interface EndEvent {
  type: 'end'
  reason: 'stop' | 'length' | 'cancelled'
  promptTokens: number
  /** Prompt tokens that were still in the cache and not evaluated again. */
  cachedTokens: number
  completionTokens: number
  /** Whether the prompt was too long for the context window, so that only its nearest part was read. */
  truncated: boolean
}

export interface ScoredToken {
  id: number
  text: string
  /** Undefined for the first token of a prompt. */
  logprob: number | undefined
  top?: ScoredToken[]
}
