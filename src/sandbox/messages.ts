import type { Readable } from 'node:stream'

/** The messages of a stream, in their order: JSON after its length in bytes (4 bytes, big-endian). */
export interface MessageReader {
  /** The next message; undefined when the stream has ended. One call at a time. */
  next(): Promise<unknown>
}

export function framed(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return Buffer.concat([length, body])
}

export function readMessages(stream: Readable): MessageReader {
  let chunks: Buffer[] = []
  let size = 0
  let ended = false
  let wake: (() => void) | undefined
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    wake?.()
  })
  const end = () => {
    ended = true
    wake?.()
  }
  stream.on('end', end).on('error', end).on('close', end)

  async function take(length: number): Promise<Buffer | undefined> {
    while (size < length) {
      if (ended) return undefined
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    const all = Buffer.concat(chunks)
    chunks = [all.subarray(length)]
    size -= length
    return all.subarray(0, length)
  }

  return {
    async next() {
      const length = await take(4)
      const body = length && (await take(length.readUInt32BE()))
      return body && JSON.parse(body.toString())
    },
  }
}
