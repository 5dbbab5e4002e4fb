/**
 * GPT-2's table between bytes and printable characters, in which GGUF files spell byte-level tokens: printable
 * Latin-1 stands for itself, and the other 68 bytes, in order, for U+0100 and after. Source: `bytes_to_unicode`
 * in openai/gpt-2's encoder.
 */
const isPrintable = (byte: number) =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad)

let unprintable = 0

/** Spelling of each byte: one character. */
export const byteSpellings: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  String.fromCharCode(isPrintable(byte) ? byte : 0x100 + unprintable++),
)

const byteBySpelling = new Map(byteSpellings.map((spelling, byte) => [spelling, byte]))

/** Bytes of a token's spelling, or undefined where a character stands for no byte. */
export function bytesOfSpelling(spelling: string): Uint8Array | undefined {
  const bytes = new Uint8Array(spelling.length)
  for (let i = 0; i < spelling.length; i++) {
    const byte = byteBySpelling.get(spelling.charAt(i))
    if (byte === undefined) return undefined
    bytes[i] = byte
  }
  return bytes
}
