/**
 * The process that holds one model: llama.cpp may abort, and then only this process is gone. It is forked by
 * `llama-engine.ts`, speaks `llama-protocol.ts` over the channel, and ends when the channel does.
 */
import { messageOf } from '../lib/index.ts'
import { createCoalescer } from './coalesce.ts'
import type { GenerateEvent } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { fitInfill, fitText, promptRoom } from './fit-prompt.ts'
import { createGenerationTask, createScoringTask } from './generation-task.ts'
import { type LlamaBinding, openBinding } from './llama-binding.ts'
import type { HostAnswer, HostOptions, HostRequest } from './llama-protocol.ts'
import { stayOnCore } from './processor-core.ts'
import { createSequenceScheduler, type SequenceTask } from './sequence-scheduler.ts'
import { createTokenBytes } from './token-bytes.ts'
import { createUtf8Decoder } from './utf8-decoder.ts'

type Request<T extends HostRequest['type']> = Extract<HostRequest, { type: T }>

/** Characters of text that are read for each token of the window: no sensible text has longer tokens on average. */
const charactersPerToken = 32

/** Milliseconds between messages with tokens: a reader sees no difference, and a fast model is not held up. */
const messageInterval = 8

// A model is no state worth a clean exit, and a batch cannot be interrupted.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// Ctrl-C reaches the whole group of processes; the parent decides when this one ends.
process.on('SIGINT', () => {})

process.once('message', async (message: Request<'load'>) => {
  try {
    // Before the model is loaded, so that its threads inherit it.
    if (message.options.core !== undefined) stayOnCore(message.options.core)
    const binding = await openBinding(message.options)
    serve(binding, message.options)
    send({ type: 'ready', contextLength: binding.contextLength })
  } catch (error) {
    send({ type: 'error', id: undefined, kind: 'invalid', message: messageOf(error) })
  }
})

function send(answer: HostAnswer): void {
  // The callback takes the error of a channel that closed in the meantime; 'disconnect' follows.
  process.send?.(answer, undefined, undefined, () => {})
}

function serve(binding: LlamaBinding, options: HostOptions): void {
  const { model, contextLength } = binding
  const vocabulary = createTokenBytes(model, options.vocabulary)
  const scheduler = createSequenceScheduler(binding, options.vocabulary.length, options)
  const tasks = new Map<number, SequenceTask>()
  const outbox = new Map<number, GenerateEvent[]>()
  const messages = createCoalescer(messageInterval, flush)
  const { bos, eos, shouldPrependBosToken } = model.tokens
  const first = shouldPrependBosToken && bos !== null ? [bos as number] : []

  function emit(id: number, event: GenerateEvent): void {
    // The messages are written while the next batch is evaluated.
    messages.request(event.type === 'end')
    const events = outbox.get(id)
    if (events) events.push(event)
    else outbox.set(id, [event])
    if (event.type === 'end') tasks.delete(id)
  }

  function flush(): void {
    for (const [id, events] of outbox) send({ type: 'events', id, events })
    outbox.clear()
  }

  function fail(id: number, error: unknown): void {
    tasks.delete(id)
    flush()
    const kind = error instanceof EngineError ? error.kind : 'invalid'
    send({ type: 'error', id, kind, message: messageOf(error) })
  }

  function start(id: number, task: SequenceTask): void {
    tasks.set(id, task)
    scheduler.add(task)
  }

  /** Special tokens in the text stay text. */
  const tokenize = (text: string): number[] => model.tokenize(text, false)

  function readPrompt({ prompt, maxTokens }: Request<'generate'>['request']) {
    const room = promptRoom({ contextLength, maxTokens })
    const longest = contextLength * charactersPerToken
    switch (prompt.kind) {
      case 'text': {
        const text = prompt.text.slice(-longest)
        const fitted = fitText(tokenize(text), first, room)
        return { ...fitted, truncated: fitted.truncated || text.length < prompt.text.length }
      }
      case 'tokens': {
        const begins = first.length > 0 && prompt.tokens[0] === first[0]
        return fitText(prompt.tokens, begins ? [] : first, room)
      }
      case 'infill': {
        if (!options.marks)
          throw new EngineError('unsupported', 'This model has no fill-in-the-middle tokens.')
        const prefix = prompt.prefix.slice(-longest)
        const suffix = prompt.suffix.slice(0, longest)
        const { endsLine } = vocabulary
        const fitted = fitInfill(tokenize(prefix), tokenize(suffix), options.marks, first, room, endsLine)
        const cut = prefix.length < prompt.prefix.length || suffix.length < prompt.suffix.length
        return { ...fitted, truncated: fitted.truncated || cut }
      }
    }
  }

  function generate({ id, request }: Request<'generate'>): void {
    const { tokens, truncated } = readPrompt(request)
    // Something has to be evaluated: the mark between documents stands for the beginning of one.
    const begin = bos ?? eos
    if (tokens.length === 0 && begin !== null) tokens.push(begin)
    checkTokens(tokens)
    const limit = Math.min(request.maxTokens, contextLength - tokens.length + 1)
    const task = createGenerationTask({
      request,
      tokens,
      truncated,
      limit,
      vocabulary,
      emit: (event) => emit(id, event),
      failed: (error) => fail(id, error),
    })
    start(id, task)
  }

  function score({ id, tokens, topLogprobs }: Request<'score'>): void {
    checkTokens(tokens)
    const before = tokens[0] === first[0] ? [] : first
    if (tokens.length + before.length > contextLength)
      throw new EngineError(
        'invalid',
        `${tokens.length} tokens do not fit the model's context of ${contextLength}.`,
      )
    const task = createScoringTask({
      tokens,
      first: before,
      topLogprobs,
      vocabulary,
      done(value) {
        tasks.delete(id)
        send({ type: 'result', id, value })
      },
      failed: (error) => fail(id, error),
    })
    start(id, task)
  }

  function detokenize(tokens: number[]): string {
    checkTokens(tokens)
    const decoder = createUtf8Decoder()
    return tokens.map((token) => decoder.push(vocabulary.bytesOf(token))).join('') + decoder.flush()
  }

  /** An id outside the vocabulary would abort the process. */
  function checkTokens(tokens: number[]): void {
    const size = options.vocabulary.length
    const foreign = tokens.find((token) => !(Number.isInteger(token) && token >= 0 && token < size))
    if (foreign !== undefined)
      throw new EngineError('invalid', `Token ${foreign} is not in the model's vocabulary of ${size}.`)
  }

  process.on('message', (message: HostRequest) => {
    if (message.type === 'load') return
    try {
      switch (message.type) {
        case 'generate':
          return generate(message)
        case 'score':
          if (message.tokens.length > 0) return score(message)
          return send({ type: 'result', id: message.id, value: [] })
        case 'tokenize':
          return send({ type: 'result', id: message.id, value: tokenize(message.text) })
        case 'detokenize':
          return send({ type: 'result', id: message.id, value: detokenize(message.tokens) })
        case 'cancel': {
          const task = tasks.get(message.id)
          if (task) scheduler.cancel(task)
        }
      }
    } catch (error) {
      fail(message.id, error)
    }
  })
}
