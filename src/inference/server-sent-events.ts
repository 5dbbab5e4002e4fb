/**
 * Reads the `data` of server-sent events out of a stream of bytes, however it was cut. Comments, other fields and
 * an event that the stream's end leaves unfinished are passed over. Source: the HTML standard, "Interpreting an
 * event stream".
 */
export async function* readEventData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true })
    // A carriage return at the end may be half of a line break.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop()!
    if (rest.length > longestLine) throw new Error('A line of the event stream is too long.')
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n')
        data = []
      } else if (line === 'data') data.push('')
      else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
    }
  }
}

/** UTF-16 units; a server that sends more without a line break is broken. */
const longestLine = 10_000_000
