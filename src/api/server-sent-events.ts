/**
 * Server-sent events (WHATWG HTML, section 9.2), the part that completions need: `event` and `data` fields,
 * comments passed over, lines that end in CR, LF or CRLF.
 */
export interface ServerSentEvent {
  /** The event's name, `message` where the sender gave none. */
  event: string
  data: string
}

/** One event as text. `data` may hold newlines; it becomes one `data:` line for each. */
export function encodeServerSentEvent(data: string, event?: string): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`)
  return `${name}${lines.join('')}\n`
}

/**
 * Reads events from a stream of UTF-8 bytes, whatever the boundaries of its chunks. An event that was not
 * finished by an empty line when the stream ends is dropped, as the standard demands. Leaving the loop early
 * cancels the stream.
 */
export async function* readServerSentEvents(
  bytes: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const reader = bytes.getReader()
  const decoder = new TextDecoder()
  const parse = createEventParser()
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      yield* parse(decoder.decode(value, { stream: true }))
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** A parser that keeps its state between pieces of text and returns the events that each piece completes. */
export function createEventParser(): (piece: string) => ServerSentEvent[] {
  let line = ''
  let lastWasReturn = false
  let event = ''
  let data: string[] = []

  function endLine(): ServerSentEvent | undefined {
    const text = line
    line = ''
    if (text === '') {
      const complete = data.length > 0 ? { event: event || 'message', data: data.join('\n') } : undefined
      event = ''
      data = []
      return complete
    }
    const colon = text.indexOf(':')
    const field = colon === -1 ? text : text.slice(0, colon)
    const value = colon === -1 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    return undefined
  }

  return (piece) => {
    const events: ServerSentEvent[] = []
    let start = 0
    for (let i = 0; i < piece.length; i++) {
      const char = piece[i]
      if (char !== '\n' && char !== '\r') {
        lastWasReturn = false
        continue
      }
      if (char === '\n' && lastWasReturn) {
        // The second half of a CRLF whose first half already ended the line.
        lastWasReturn = false
        start = i + 1
        continue
      }
      line += piece.slice(start, i)
      start = i + 1
      lastWasReturn = char === '\r'
      const complete = endLine()
      if (complete) events.push(complete)
    }
    line += piece.slice(start)
    return events
  }
}
