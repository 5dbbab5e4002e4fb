import { once } from 'node:events'
import { createReadStream, type WriteStream } from 'node:fs'
import { UserError } from './errors.ts'

/**
 * Reads a JSON Lines file record by record. Empty lines are passed over. A line that is not JSON throws a
 * `UserError` that names the file and the line.
 */
export async function* readJsonLines<T>(path: string): AsyncGenerator<T> {
  let number = 0
  for await (const line of linesOf(path)) {
    number++
    if (line === '' || line === '\r') continue
    let record: T
    try {
      record = JSON.parse(line) as T
    } catch (error) {
      throw new UserError(
        `Line ${number} of ${path} is not JSON.`,
        'Make the file anew with the command that wrote it.',
        {
          cause: error,
        },
      )
    }
    yield record
  }
}

/** Lines end at `\n` alone: node:readline also splits at U+2028 and U+2029, which JSON strings may hold. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let pending: string[] = []
  for await (const chunk of createReadStream(path, {
    encoding: 'utf8',
    highWaterMark: 1 << 20,
  }) as AsyncIterable<string>) {
    const parts = chunk.split('\n')
    pending.push(parts[0]!)
    for (const part of parts.slice(1)) {
      yield pending.join('')
      pending = [part]
    }
  }
  if (pending.some((part) => part !== '')) yield pending.join('')
}

/** Appends one record as a line, and waits while the stream's buffer is full. */
export async function writeJsonLine(stream: WriteStream, record: unknown): Promise<void> {
  if (!stream.write(`${JSON.stringify(record)}\n`)) await once(stream, 'drain')
}
