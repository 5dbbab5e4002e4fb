import { type CompletionRequest, maxChoices } from '../api/index.ts'
import type { EngineModel, Prompt, Sampling } from '../inference/index.ts'
import { badField } from './request-error.ts'

/** A checked completions request in the engine's words. Each prompt is answered by `candidates` streams. */
export interface CompletionPlan {
  prompts: Prompt[]
  /** Choices to return for each prompt: the best of its candidates. */
  choices: number
  candidates: number
  maxTokens: number
  stop: string[]
  /** The candidates' own seeds come from this one's. */
  sampling: Sampling
  /** Alternatives to name at each token; undefined where no log-probabilities were asked for. */
  logprobs: number | undefined
  echo: boolean
  stream: boolean
  includeUsage: boolean
}

/**
 * Maps the wire's request to a plan, with OpenAI's defaults (16 tokens, temperature 1). Combinations that have no
 * meaning are refused here; each number's own bounds are the schema's. `freshSeed` serves a request without a seed.
 */
export function planCompletion(
  wire: CompletionRequest,
  model: EngineModel,
  freshSeed: number,
): CompletionPlan {
  const choices = wire.n ?? 1
  const candidates = wire.best_of ?? choices
  const stream = wire.stream ?? false
  const echo = wire.echo ?? false
  const prompts = toPrompts(wire, model)

  if (candidates < choices)
    throw badField('best_of', `best_of (${candidates}) must not be less than n (${choices}).`)
  if (stream && candidates > choices)
    throw badField('best_of', 'best_of greater than n cannot be streamed: which is best is known at the end.')
  if (prompts.length * candidates > maxChoices)
    throw badField(
      wire.best_of ? 'best_of' : 'n',
      `One request may ask for ${maxChoices} completions; this one asks for ${prompts.length * candidates}.`,
    )
  if (wire.stream_options && !stream)
    throw badField('stream_options', 'stream_options is only allowed with stream: true.')
  if (echo && typeof wire.suffix === 'string') throw badField('echo', 'echo cannot be combined with suffix.')
  for (const id of Object.keys(wire.logit_bias ?? {}))
    if (Number(id) >= model.vocabularySize)
      throw badField(
        'logit_bias',
        `logit_bias names token ${id}, but the model ${model.name} has ${model.vocabularySize} tokens.`,
      )

  return {
    prompts,
    choices,
    candidates,
    maxTokens: wire.max_tokens ?? 16,
    stop: typeof wire.stop === 'string' ? [wire.stop] : (wire.stop ?? []),
    sampling: {
      temperature: wire.temperature ?? 1,
      topP: wire.top_p ?? 1,
      topK: wire.top_k ?? 0,
      minP: wire.min_p ?? 0,
      repetitionPenalty: wire.repetition_penalty ?? 1,
      frequencyPenalty: wire.frequency_penalty ?? 0,
      presencePenalty: wire.presence_penalty ?? 0,
      logitBias: Object.fromEntries(
        Object.entries(wire.logit_bias ?? {}).map(([id, bias]) => [Number(id), bias]),
      ),
      seed: wire.seed ?? freshSeed,
    },
    logprobs: wire.logprobs ?? undefined,
    echo,
    stream,
    includeUsage: wire.stream_options?.include_usage ?? false,
  }
}

function toPrompts({ prompt, suffix }: CompletionRequest, model: EngineModel): Prompt[] {
  return splitPrompt(prompt).map((one): Prompt => {
    if (typeof one === 'string') {
      if (typeof suffix !== 'string') return { kind: 'text', text: one }
      if (model.infill) return { kind: 'infill', prefix: one, suffix }
      throw badField(
        'suffix',
        `The model ${model.name} cannot fill in the middle. Leave suffix out.`,
        'unsupported_value',
      )
    }
    if (typeof suffix === 'string')
      throw badField('suffix', 'suffix needs a prompt of text, not of token ids.')
    const foreign = one.find((id) => id >= model.vocabularySize)
    if (foreign !== undefined)
      throw badField(
        'prompt',
        `Token ${foreign} is not in the vocabulary of ${model.name}, which has ${model.vocabularySize} tokens.`,
      )
    return { kind: 'tokens', tokens: one }
  })
}

/** The prompts of a request: a list of numbers is one prompt, a list of anything else several. */
function splitPrompt(prompt: CompletionRequest['prompt']): (string | number[])[] {
  if (typeof prompt === 'string') return [prompt]
  return isTokens(prompt) ? [prompt] : prompt
}

function isTokens(prompt: string[] | number[] | number[][]): prompt is number[] {
  return typeof prompt[0] === 'number'
}
