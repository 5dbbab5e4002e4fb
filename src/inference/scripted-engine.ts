import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine, EngineModel, GenerateEvent, GenerateRequest, Prompt, ScoredToken } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { createTokenStream } from './token-stream.ts'

/** One answer: text (split into words), or tokens with their log-probabilities. */
export type ScriptedReply = string | ScriptedAnswer

export interface ScriptedAnswer {
  tokens: ScriptedToken[]
  /** Milliseconds before each token. */
  delay?: number
  /** Thrown after the tokens, in place of the end. */
  failure?: EngineError
  cachedTokens?: number
}

export type ScriptedToken = string | { text: string | Uint8Array; logprob?: number; top?: ScoredToken[] }

/**
 * What to answer: by request, or by prompt. The key of an infill prompt is `prefix█suffix`; that of a token
 * prompt its text. The key `*` answers every other prompt.
 */
export type Script = Record<string, ScriptedReply> | ((request: GenerateRequest) => ScriptedReply)

export interface ScriptedEngine extends Engine {
  /** Every request so far, oldest first. */
  readonly requests: GenerateRequest[]
  /** Fails the requests in flight as if the engine's process had died. The next request works. */
  kill(): void
}

export interface ScriptedEngineOptions extends Partial<EngineModel> {
  /** Log-probability of a prompt token, for `score`. */
  promptLogprob?: (id: number, index: number) => number
}

/** Log-probability of a scripted token that names none. */
const defaultLogprob = -0.5

/**
 * An engine that plays a script, for tests of what stands on engines. Stop strings, the token limit,
 * cancellation and UTF-8 behave as in the real ones. Its tokens are bytes (0 to 255) and, from 256 on, the
 * tokens of the script in the order in which they appeared.
 */
export function createScriptedEngine(script: Script, options: ScriptedEngineOptions = {}): ScriptedEngine {
  const { promptLogprob = () => defaultLogprob, ...given } = options
  const model = { name: 'scripted', contextLength: 1024, vocabularySize: 4096, infill: true, ...given }
  const requests: GenerateRequest[] = []
  const vocabulary = createScriptVocabulary()
  let life = new AbortController()
  let disposed = false

  async function* generate(request: GenerateRequest): AsyncGenerator<GenerateEvent> {
    requests.push(request)
    if (disposed) throw new EngineError('unsupported', 'The engine was closed.')
    if (request.prompt.kind === 'infill' && !model.infill)
      throw new EngineError('unsupported', `The model ${model.name} has no fill-in-the-middle tokens.`)
    const death = life.signal
    const answer = answerTo(script, request, keyOf(request.prompt, vocabulary.decode))
    const stream = createTokenStream(request.stop)
    const promptTokens = promptText(request.prompt, vocabulary.decode).length
    const limit = Math.min(request.maxTokens, Math.max(1, model.contextLength - 1))
    let completionTokens = 0
    const end = (reason: 'stop' | 'length' | 'cancelled'): GenerateEvent => ({
      type: 'end',
      reason,
      promptTokens,
      cachedTokens: answer.cachedTokens ?? 0,
      completionTokens,
      truncated: promptTokens > model.contextLength - limit,
    })
    for (const token of answer.tokens) {
      if (completionTokens >= limit) break
      // Even without a delay other work has its turn between tokens, as with a real engine.
      await sleep(answer.delay ?? 0, undefined, { signal: anySignal(death, request.signal) }).catch(() => {})
      if (death.aborted) throw new EngineError('died', 'The engine died while it answered. Try again.')
      if (request.signal?.aborted) return yield end('cancelled')
      const { text, logprob = defaultLogprob, top = [] } = typeof token === 'string' ? { text: token } : token
      const bytes = typeof text === 'string' ? Buffer.from(text) : text
      const id = vocabulary.idOf(bytes)
      completionTokens++
      const { events, stopped } = stream.push({ id, bytes, logprob, top: top.slice(0, request.topLogprobs) })
      yield* events
      if (stopped) return yield end('stop')
    }
    yield* stream.flush()
    if (answer.failure) throw answer.failure
    yield end(completionTokens >= limit ? 'length' : 'stop')
  }

  return {
    model,
    requests,
    generate,
    async score(tokens, { topLogprobs }) {
      return tokens.map((id, index) => {
        const text = vocabulary.decode([id])
        if (index === 0) return { id, text, logprob: undefined }
        const logprob = promptLogprob(id, index)
        return topLogprobs > 0 ? { id, text, logprob, top: [{ id, text, logprob }] } : { id, text, logprob }
      })
    },
    tokenize: async (text) => [...Buffer.from(text)],
    detokenize: async (tokens) => vocabulary.decode(tokens),
    kill() {
      life.abort()
      life = new AbortController()
    },
    async dispose() {
      disposed = true
      life.abort()
    },
  }
}

function answerTo(script: Script, request: GenerateRequest, key: string): ScriptedAnswer {
  // Own keys only: a prompt may well be `toString`.
  const reply =
    typeof script === 'function' ? script(request) : script[Object.hasOwn(script, key) ? key : '*']
  if (reply === undefined)
    throw new EngineError('invalid', `The script has no answer to the prompt ${JSON.stringify(key)}.`)
  return typeof reply === 'string' ? { tokens: reply.match(/\s*\S+|\s+$/g) ?? [] } : reply
}

function keyOf(prompt: Prompt, decode: (tokens: number[]) => string): string {
  return prompt.kind === 'infill'
    ? `${prompt.prefix}█${prompt.suffix}`
    : promptText(prompt, decode).toString()
}

/** The bytes of a prompt: a scripted engine counts one token for each. */
function promptText(prompt: Prompt, decode: (tokens: number[]) => string): Buffer {
  if (prompt.kind === 'infill') return Buffer.from(prompt.prefix + prompt.suffix)
  return Buffer.from(prompt.kind === 'text' ? prompt.text : decode(prompt.tokens))
}

function createScriptVocabulary() {
  const bytesById = Array.from({ length: 256 }, (_, byte) => Buffer.from([byte]))
  const ids = new Map(bytesById.map((bytes, id) => [bytes.toString('latin1'), id]))
  return {
    idOf(bytes: Uint8Array): number {
      const key = Buffer.from(bytes).toString('latin1')
      let id = ids.get(key)
      if (id === undefined) {
        id = bytesById.push(Buffer.from(bytes)) - 1
        ids.set(key, id)
      }
      return id
    },
    decode: (tokens: number[]) =>
      Buffer.concat(tokens.map((id) => bytesById[id] ?? Buffer.alloc(0))).toString(),
  }
}

function anySignal(death: AbortSignal, signal: AbortSignal | undefined): AbortSignal {
  return signal ? AbortSignal.any([death, signal]) : death
}
