import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RandomModelOptions, writeRandomModel } from '../models/index.ts'
import type { EndEvent, Engine, GenerateRequest, TokenEvent } from './engine.ts'
import { greedy } from './engine.ts'
import { createLlamaEngine, type LlamaEngine, type LlamaEngineOptions } from './llama-engine.ts'

/** Keeps control tokens away, so that a random model goes on until the limit. */
export const noControl: Record<number, number> = Object.fromEntries(
  Array.from({ length: 39 }, (_, id) => [id, -1000]),
)

/** A running engine with a random model, and its file; both are gone after use. */
export async function startTestEngine(
  model: Partial<RandomModelOptions> & Pick<RandomModelOptions, 'vocabulary'>,
  options: Partial<LlamaEngineOptions> = {},
): Promise<{ engine: LlamaEngine; modelPath: string } & AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-engine-'))
  const modelPath = join(folder, 'random.gguf')
  await writeRandomModel(modelPath, { contextLength: 256, seed: 1, ...model })
  const engine = await createLlamaEngine({ modelPath, gpu: false, ...options })
  return {
    engine,
    modelPath,
    async [Symbol.asyncDispose]() {
      await engine.dispose()
      rmSync(folder, { recursive: true })
    },
  }
}

export interface Completion {
  text: string
  tokens: TokenEvent[]
  end: EndEvent
}

export type RequestChange = Omit<Partial<GenerateRequest>, 'sampling'> & {
  sampling?: Partial<GenerateRequest['sampling']>
}

/** A greedy request for 20 tokens that no control token ends. */
export function requestFor(
  prompt: GenerateRequest['prompt'] | string,
  change: RequestChange = {},
): GenerateRequest {
  const { sampling, ...rest } = change
  return {
    prompt: typeof prompt === 'string' ? { kind: 'text', text: prompt } : prompt,
    maxTokens: 20,
    stop: [],
    topLogprobs: 0,
    sampling: { ...greedy, logitBias: noControl, ...sampling },
    ...rest,
  }
}

/** Runs a request to its end. */
export async function complete(
  engine: Engine,
  prompt: GenerateRequest['prompt'] | string,
  change: RequestChange = {},
): Promise<Completion> {
  const tokens: TokenEvent[] = []
  for await (const event of engine.generate(requestFor(prompt, change))) {
    if (event.type === 'token') tokens.push(event)
    else return { text: tokens.map(({ text }) => text).join(''), tokens, end: event }
  }
  throw new Error('The stream had no end event.')
}
