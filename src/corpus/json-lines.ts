import { closeSync, openSync, writeSync } from 'node:fs'

const BUFFER_CHARACTERS = 1 << 20

export interface JsonLinesWriter extends Disposable {
  write(record: unknown): void
  /** Writes what is still buffered and closes the file. */
  close(): void
}

/**
 * Writes JSON Lines to a new file, buffered and synchronous: the stage does one thing at a time, and a full
 * disk throws where it happens. Leaving the scope without `close` gives the file up as it is.
 */
export function openJsonLines(path: string): JsonLinesWriter {
  const file = openSync(path, 'w')
  let buffered: string[] = []
  let size = 0
  let isOpen = true
  const flush = () => {
    const bytes = Buffer.from(buffered.join(''))
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset)
    buffered = []
    size = 0
  }
  const release = () => {
    if (isOpen) closeSync(file)
    isOpen = false
  }
  return {
    write(record) {
      const line = `${JSON.stringify(record)}\n`
      buffered.push(line)
      size += line.length
      if (size >= BUFFER_CHARACTERS) flush()
    },
    close() {
      flush()
      release()
    },
    [Symbol.dispose]: release,
  }
}
