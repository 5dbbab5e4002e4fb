import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { CompletionInput } from '../../api/index.ts'

/** What a test's server answers: a body with status 200, or whatever the function does with the response. */
export type Answer = object | ((response: ServerResponse) => void)

export interface TestServer {
  url: string
  /** The bodies of all requests so far. */
  requests: CompletionInput[]
  /** Breaks every connection and takes no more. */
  die(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** An HTTP server on a free port of this machine, which answers completions as `answer` says. */
export async function startTestServer(
  answer: (request: CompletionInput, number: number) => Answer,
): Promise<TestServer> {
  const requests: CompletionInput[] = []
  const server = createServer(async (incoming, response) => {
    const request = (incoming.method === 'POST' ? await json(incoming) : {}) as CompletionInput
    requests.push(request)
    const given = answer(request, requests.length)
    if (typeof given === 'function') return given(response)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(given))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  async function die(): Promise<void> {
    if (!server.listening) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, requests, die, [Symbol.asyncDispose]: die }
}

/** An answer with these texts as choices. */
export function completionOf(texts: readonly string[], more: object = {}): object {
  const choices = texts.map((text, index) => ({
    text,
    index,
    logprobs: null,
    finish_reason: 'stop',
    ...more,
  }))
  return { id: 'cmpl-1', object: 'text_completion', created: 0, model: 'test', choices }
}

/** Answers every request with the seeds of its choices, as servers do that keep the seed's contract. */
export function seedsOf({ n, seed }: CompletionInput): object {
  return completionOf(Array.from({ length: n ?? 1 }, (_, i) => `${(seed ?? 0) + i}`))
}

/** A refusal in OpenAI's form. */
export function refusal(status: number, message: string, more: object = {}): Answer {
  return (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message, type: 'invalid_request_error', ...more } }))
}
