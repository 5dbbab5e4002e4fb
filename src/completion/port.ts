import { ApiError, type Client } from '../api/index.ts'

/** How the brain reaches a model. Throws {@link ApiError} or a network error; an abort throws the signal's reason. */
export type CompletePort = (request: PortRequest, signal: AbortSignal) => AsyncIterable<PortChunk>

export interface PortRequest {
  prompt: string
  /** Text after the cursor; undefined for plain continuation. */
  suffix?: string
  maxTokens: number
  stop: string[]
}

export interface PortChunk {
  /** Text that became certain. */
  text: string
  /** Tokens that were sampled; their text may run ahead of `text` while a stop string may follow. */
  tokens: PortToken[]
}

export interface PortToken {
  text: string
  /** Natural logarithm of the probability. */
  logprob: number
}

/** The port that speaks to a server: greedy, streamed, with log-probabilities. */
export function completePort(client: Client, model: string): CompletePort {
  return async function* ({ prompt, suffix, maxTokens, stop }, signal) {
    const request = {
      model,
      prompt,
      max_tokens: maxTokens,
      temperature: 0,
      logprobs: 0,
      ...(suffix === undefined ? {} : { suffix }),
      ...(stop.length === 0 ? {} : { stop }),
    }
    for await (const { choices } of client.streamCompletion(request, { signal })) {
      const choice = choices[0]
      if (choice === undefined) continue
      const { tokens = [], token_logprobs: logprobs = [] } = choice.logprobs ?? {}
      yield { text: choice.text, tokens: tokens.map((text, at) => ({ text, logprob: logprobs[at] ?? 0 })) }
    }
  }
}

/** Whether a server refused a prompt because it does not fit the model's context. */
export function isTooLong(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'context_length_exceeded'
}
