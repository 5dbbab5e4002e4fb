import { randomInt } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Completion, completionRequest, encodeServerSentEvent } from '../../api/index.ts'
import { answerHead, toChunks, toCompletion } from '../completion-answer.ts'
import { planCompletion } from '../completion-plan.ts'
import { toErrorAnswer } from '../error-answer.ts'
import type { ModelCatalogue } from '../model-catalogue.ts'
import { parseBody } from '../parse-body.ts'
import { unknownModel } from '../request-error.ts'
import { collectCandidates, preparePrompts, streamCandidates } from '../run-completion.ts'

/**
 * `POST /v1/completions`, as OpenAI defines it. What is wrong before the first token is an answer with its status;
 * what goes wrong later in a stream is an `error` event, after which the stream ends without `[DONE]`.
 * A client that leaves cancels its request, and so does `shutdown`.
 */
export function completionsRoute(
  app: FastifyInstance,
  catalogue: ModelCatalogue,
  shutdown: AbortSignal,
): void {
  app.post('/v1/completions', async ({ body, log }, reply) => {
    const wire = parseBody(completionRequest, body)
    const closed = whenClosed(reply)
    const signal = AbortSignal.any([closed, shutdown])
    const lease = await catalogue.open(wire.model)
    if (!lease) throw unknownModel(wire.model)
    if (closed.aborted) lease[Symbol.dispose]()
    else closed.addEventListener('abort', () => lease[Symbol.dispose]())
    const { engine } = lease
    const plan = planCompletion(wire, engine.model, randomInt(2 ** 32))
    const prompts = await preparePrompts(engine, plan, signal)
    const head = answerHead(wire.model)
    if (!plan.stream)
      return toCompletion(head, plan, prompts, await collectCandidates(engine, plan, prompts, signal))

    const chunks = toChunks(head, plan, prompts, streamCandidates(engine, plan, prompts, signal))
    const first = await chunks.next()
    const events = encodeChunks(first, chunks, (error) => log.error(error, 'a stream failed'))
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events))
  })
}

async function* encodeChunks(
  first: IteratorResult<Completion>,
  rest: AsyncGenerator<Completion>,
  report: (error: unknown) => void,
): AsyncGenerator<string> {
  try {
    if (!first.done) yield encodeServerSentEvent(JSON.stringify(first.value))
    for await (const chunk of rest) yield encodeServerSentEvent(JSON.stringify(chunk))
    yield encodeServerSentEvent('[DONE]')
  } catch (error) {
    const { status, body } = toErrorAnswer(error)
    if (status === 500) report(error)
    yield encodeServerSentEvent(JSON.stringify(body), 'error')
  }
}

/** Aborts when the answer is written or its reader has gone: in either case nobody needs more. */
function whenClosed({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => controller.abort())
  return controller.signal
}
