import { randomBytes } from 'node:crypto'
import type { Completion, CompletionChoice, CompletionUsage } from '../api/index.ts'
import type { EndEvent, GenerateEvent } from '../inference/index.ts'
import { countCharacters, type LoggedToken, toLogprobs } from './completion-logprobs.ts'
import type { CompletionPlan } from './completion-plan.ts'
import type { Indexed } from './merge-streams.ts'
import type { PreparedPrompt } from './prepare-prompt.ts'
import { type Candidate, rankCandidates } from './run-completion.ts'

/** What the answer's chunks have in common. */
export type AnswerHead = Pick<Completion, 'id' | 'object' | 'created' | 'model'>

export function answerHead(model: string): AnswerHead {
  const id = `cmpl-${randomBytes(12).toString('hex')}`
  return { id, object: 'text_completion', created: Math.floor(Date.now() / 1000), model }
}

/** The whole answer. Choices stand in the order of the prompts, each prompt's best first. */
export function toCompletion(
  head: AnswerHead,
  plan: CompletionPlan,
  prompts: PreparedPrompt[],
  candidates: Candidate[][],
): Completion {
  const choices = prompts.flatMap((prompt, p) =>
    best(plan, candidates[p]!).map(({ text, tokens, end }, n): CompletionChoice => {
      const log = [...prompt.scored, ...tokens]
      return {
        text: plan.echo ? prompt.text + text : text,
        index: p * plan.choices + n,
        logprobs: plan.logprobs === undefined ? null : toLogprobs(log, firstOffset(plan, prompt)),
        finish_reason: finishReason(end),
      }
    }),
  )
  return { ...head, choices, usage: sumUsage(candidates.map((of) => of.map(({ end }) => end))) }
}

/**
 * The chunks of a streamed answer: with `echo` each choice's prompt first, then its tokens as they come, then its
 * finish reason; with `include_usage` a last chunk without choices.
 */
export async function* toChunks(
  head: AnswerHead,
  plan: CompletionPlan,
  prompts: PreparedPrompt[],
  events: AsyncIterable<Indexed<GenerateEvent>>,
): AsyncGenerator<Completion> {
  const ends: EndEvent[][] = prompts.map(() => [])
  const offsets = prompts.flatMap((prompt) =>
    Array.from({ length: plan.choices }, () => countCharacters(prompt.text)),
  )
  const begun = new Set<number>()
  const chunk = (
    index: number,
    text: string,
    tokens: LoggedToken[],
    offset: number,
    finish: CompletionChoice['finish_reason'] = null,
  ): Completion => {
    const logprobs = plan.logprobs === undefined || tokens.length === 0 ? null : toLogprobs(tokens, offset)
    const choice = { text, index, logprobs, finish_reason: finish }
    return { ...head, choices: [choice], ...(plan.includeUsage ? { usage: null } : {}) }
  }

  for await (const { index, value } of events) {
    const promptIndex = Math.floor(index / plan.choices)
    const prompt = prompts[promptIndex]!
    if (plan.echo && !begun.has(index)) yield chunk(index, prompt.text, prompt.scored, 0)
    begun.add(index)
    if (value.type === 'end') {
      ends[promptIndex]!.push(value)
      yield chunk(index, '', [], 0, finishReason(value))
      continue
    }
    if (value.text !== '' || plan.logprobs !== undefined)
      yield chunk(index, value.text, [value], offsets[index]!)
    offsets[index]! += countCharacters(value.text)
  }
  if (plan.includeUsage) yield { ...head, choices: [], usage: sumUsage(ends) }
}

/** Without `best_of` the candidates keep their order: choice 0 is the request's own seed. */
function best(plan: CompletionPlan, candidates: Candidate[]): Candidate[] {
  return plan.candidates > plan.choices ? rankCandidates(candidates, plan.choices) : candidates
}

/** Offsets count from the start of the prompt, whose tokens are listed only where they were scored. */
function firstOffset(plan: CompletionPlan, prompt: PreparedPrompt): number {
  return plan.echo ? 0 : countCharacters(prompt.text)
}

function finishReason({ reason }: EndEvent): 'stop' | 'length' {
  return reason === 'length' ? 'length' : 'stop'
}

/** Each prompt counts once, every candidate's tokens count, returned or not: that is what was computed. */
function sumUsage(ends: EndEvent[][]): CompletionUsage {
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
  const promptTokens = sum(ends.map((of) => of[0]?.promptTokens ?? 0))
  const completionTokens = sum(ends.flat().map((end) => end.completionTokens))
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: sum(ends.map((of) => of[0]?.cachedTokens ?? 0)) },
  }
}
