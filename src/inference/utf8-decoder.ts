/**
 * Text of bytes that arrive in pieces: a sequence that is split between two tokens gives its text with the
 * second, and bytes that are not UTF-8 give U+FFFD.
 */
export interface Utf8Decoder {
  push(bytes: Uint8Array): string
  /** Ends the text: U+FFFD for a sequence that was never completed. */
  flush(): string
  /** Whether bytes of an unfinished sequence are held. */
  readonly incomplete: boolean
}

export function createUtf8Decoder(): Utf8Decoder {
  // A byte order mark is text like any other here: a program may begin with one.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let missing = 0
  return {
    push(bytes) {
      missing = missingBytes(bytes, missing)
      return decoder.decode(bytes, { stream: true })
    },
    flush() {
      missing = 0
      return decoder.decode()
    },
    get incomplete() {
      return missing > 0
    },
  }
}

/** How many continuation bytes the last sequence of `bytes` still lacks, when `before` were lacking at its start. */
function missingBytes(bytes: Uint8Array, before: number): number {
  let missing = before
  for (const byte of bytes) {
    if (byte >= 0x80 && byte < 0xc0) missing = Math.max(0, missing - 1)
    else if (byte >= 0xf0 && byte < 0xf5) missing = 3
    else if (byte >= 0xe0 && byte < 0xf0) missing = 2
    else if (byte >= 0xc2 && byte < 0xe0) missing = 1
    else missing = 0
  }
  return missing
}
