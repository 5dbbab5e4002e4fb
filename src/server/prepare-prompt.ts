import { type Engine, EngineError, type Prompt } from '../inference/index.ts'
import type { LoggedToken } from './completion-logprobs.ts'
import type { CompletionPlan } from './completion-plan.ts'
import { badField } from './request-error.ts'

/** A prompt with what the answer says about it. */
export interface PreparedPrompt {
  prompt: Prompt
  /** What stands before the completion, for `echo` and `text_offset`. */
  text: string
  /** 0 where the engine does not know its tokens. */
  tokenCount: number
  /** The prompt's tokens with their log-probabilities, where `echo` and `logprobs` ask for them. */
  scored: LoggedToken[]
}

/** Marks that infilling puts around prefix, suffix and middle. */
const infillMarks = 3

/** Counts a prompt's tokens and refuses it where it does not fit the context window with what it asks for. */
export async function preparePrompt(
  engine: Engine,
  prompt: Prompt,
  plan: CompletionPlan,
  signal: AbortSignal,
): Promise<PreparedPrompt> {
  const tokens = await known(() => tokensOf(engine, prompt))
  if (tokens) checkLength(engine, tokens.length + (prompt.kind === 'infill' ? infillMarks : 0), plan)
  const text = await textOf(engine, prompt, plan)
  const score = plan.echo && plan.logprobs !== undefined && tokens?.length !== 0
  const scored = score
    ? await engine.score(tokens ?? (await tokensOf(engine, prompt)), {
        topLogprobs: plan.logprobs ?? 0,
        signal,
      })
    : []
  return { prompt, text, tokenCount: tokens?.length ?? 0, scored }
}

function checkLength({ model }: Engine, tokenCount: number, { maxTokens }: CompletionPlan): void {
  const wanted = tokenCount + maxTokens
  if (wanted <= model.contextLength) return
  throw badField(
    'prompt',
    `The model ${model.name} has a context of ${model.contextLength} tokens, but ${wanted} were requested ` +
      `(${tokenCount} in the prompt, ${maxTokens} for the completion). Shorten the prompt or lower max_tokens.`,
    'context_length_exceeded',
  )
}

async function tokensOf(engine: Engine, prompt: Prompt): Promise<number[]> {
  switch (prompt.kind) {
    case 'text':
      return await engine.tokenize(prompt.text)
    case 'tokens':
      return prompt.tokens
    case 'infill':
      return (await Promise.all([engine.tokenize(prompt.prefix), engine.tokenize(prompt.suffix)])).flat()
  }
}

/** The text before the completion. Of token ids it is asked for only where the answer shows it. */
async function textOf(engine: Engine, prompt: Prompt, { echo, logprobs }: CompletionPlan): Promise<string> {
  if (prompt.kind === 'text') return prompt.text
  if (prompt.kind === 'infill') return prompt.prefix
  if (echo) return await engine.detokenize(prompt.tokens)
  return logprobs === undefined ? '' : ((await known(() => engine.detokenize(prompt.tokens))) ?? '')
}

/** Undefined where the engine cannot tell: an upstream server keeps its tokens, and checks the length, itself. */
async function known<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'unsupported') return undefined
    throw error
  }
}
