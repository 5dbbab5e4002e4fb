import { basename } from 'node:path'
import { checkGguf, fimTemplate, readVocabulary } from '../models/index.ts'
import type { Engine, EngineModel, GenerateEvent, GenerateRequest, ScoredToken } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { createEventQueue } from './event-queue.ts'
import type { HostAnswer, HostRequest } from './llama-protocol.ts'
import { superviseProcess } from './supervised-process.ts'

export interface LlamaEngineOptions {
  /** A GGUF file. */
  modelPath: string
  /** The name that clients use; the file's name where absent. */
  name?: string
  /** Tokens in the context window; the model's own, up to 8192, where absent. */
  contextLength?: number
  /** Threads for evaluation; one for small models, the cores for others where absent. */
  threads?: number
  /** The one core that the engine's process stays on (Linux); any where absent. */
  core?: number
  gpu?: 'auto' | false
  /** Completions that run side by side, 4 (2 for large models) where absent; each takes memory for a whole window. */
  sequences?: number
  /**
   * The same request gives the same tokens to the last bit, whatever was asked before or is asked beside it. On a
   * processor; weights other than Q8_0 need one sequence for it, which reads every prompt anew.
   */
  reproducible?: boolean
  /** Requests that may wait; more are refused as `overloaded`. */
  queueLimit?: number
  /** Ends the loading. */
  signal?: AbortSignal
}

/** An engine in a process of its own. */
export interface LlamaEngine extends Engine {
  /** Id of the process that holds the model, undefined while there is none. */
  readonly pid: number | undefined
}

/** From this size on, the memory of a window weighs. */
const largeBytes = 1e9

/** How an answer to one request is taken. */
interface Pending {
  events?(events: GenerateEvent[]): void
  result?(value: ScoredToken[] | number[] | string): void
  failed(error: EngineError): void
}

/**
 * Loads a GGUF model into llama.cpp in a child process. The file is checked first (a `UserError` says what is
 * wrong with it). When the process dies, what it was working on fails with `died`, and it is started again for the
 * next request.
 */
export async function createLlamaEngine(options: LlamaEngineOptions): Promise<LlamaEngine> {
  const { modelPath, gpu = 'auto', queueLimit = 64, signal } = options
  signal?.throwIfAborted()
  const { fileBytes, quantization } = await checkGguf(modelPath)
  const reproducible = options.reproducible ?? false
  const alone = reproducible && quantization !== 'Q8_0'
  const sequences = alone ? 1 : (options.sequences ?? (fileBytes < largeBytes ? 4 : 2))
  const vocabulary = await readVocabulary(modelPath)
  const template = fimTemplate(vocabulary)
  const name = options.name ?? basename(modelPath, '.gguf')
  const pending = new Map<number, Pending>()
  let nextId = 0
  let contextLength = 0

  const host = superviseProcess<HostRequest, HostAnswer>({
    module: new URL('./llama-host.ts', import.meta.url),
    greeting: {
      type: 'load',
      options: {
        modelPath,
        gpu,
        sequences,
        reproducible,
        reuse: !alone,
        contextLength: options.contextLength,
        threads: options.threads,
        core: options.core,
        marks: template,
        vocabulary: vocabulary.tokens,
      },
    },
    onMessage,
    onDeath(error) {
      for (const request of pending.values()) request.failed(error)
      pending.clear()
    },
  })

  function onMessage(answer: HostAnswer): 'ready' | undefined {
    switch (answer.type) {
      case 'ready':
        contextLength = answer.contextLength
        return 'ready'
      case 'events':
        pending.get(answer.id)?.events?.(answer.events)
        return undefined
      case 'result':
        pending.get(answer.id)?.result?.(answer.value)
        pending.delete(answer.id)
        return undefined
      case 'error': {
        if (answer.id === undefined)
          throw new EngineError('invalid', `The model ${name} could not be loaded: ${answer.message}`)
        pending.get(answer.id)?.failed(new EngineError(answer.kind, answer.message))
        pending.delete(answer.id)
        return undefined
      }
    }
  }

  /** Takes a number for a request, and sends it. */
  function begin(answer: Pending, message: (id: number) => HostRequest): number {
    if (pending.size >= sequences + queueLimit)
      throw new EngineError(
        'overloaded',
        `${queueLimit} requests are waiting for ${name} already. Try again later.`,
      )
    const id = nextId++
    pending.set(id, answer)
    host.send(message(id)).catch((error) => {
      if (pending.delete(id)) answer.failed(error)
    })
    return id
  }

  /** Sent the same way as the request, so that it arrives after it. */
  function cancelRequest(id: number): void {
    host.send({ type: 'cancel', id }).catch(() => {})
  }

  /** Asks for one value. */
  function ask<T>(message: (id: number) => HostRequest, cancel?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      cancel?.throwIfAborted()
      const abort = () => {
        pending.delete(id)
        cancelRequest(id)
        reject(cancel?.reason)
      }
      const done = () => cancel?.removeEventListener('abort', abort)
      const id = begin(
        {
          result(value) {
            done()
            resolve(value as T)
          },
          failed(error) {
            done()
            reject(error)
          },
        },
        message,
      )
      cancel?.addEventListener('abort', abort, { once: true })
    })
  }

  async function* generate({ signal: cancel, ...request }: GenerateRequest): AsyncGenerator<GenerateEvent> {
    if (request.maxTokens < 1) throw new EngineError('invalid', 'At least one token has to be asked for.')
    const queue = createEventQueue<GenerateEvent>()
    const id = begin(
      {
        events(events) {
          queue.push(...events)
          if (events.at(-1)?.type === 'end') pending.delete(id)
        },
        failed: (error) => queue.fail(error),
      },
      (number) => ({ type: 'generate', id: number, request }),
    )
    const abort = () => cancelRequest(id)
    if (cancel?.aborted) abort()
    cancel?.addEventListener('abort', abort, { once: true })
    try {
      for await (const event of queue) {
        yield event
        if (event.type === 'end') return
      }
    } finally {
      cancel?.removeEventListener('abort', abort)
      // A reader that left early wants no more.
      if (pending.delete(id)) abort()
    }
  }

  const onAbort = () => void host.dispose()
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    await ask<string>((id) => ({ type: 'detokenize', id, tokens: [] }))
  } catch (error) {
    await host.dispose()
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }

  const model: EngineModel = {
    name,
    contextLength,
    vocabularySize: vocabulary.tokens.length,
    infill: template !== undefined,
  }
  return {
    model,
    get pid() {
      return host.pid
    },
    generate,
    score: (tokens, { topLogprobs, signal: cancel }) =>
      ask((id) => ({ type: 'score', id, tokens, topLogprobs }), cancel),
    tokenize: (text) => ask((id) => ({ type: 'tokenize', id, text })),
    detokenize: (tokens) => ask((id) => ({ type: 'detokenize', id, tokens })),
    dispose: () => host.dispose(),
  }
}
