import type { LlamaModel, Token } from 'node-llama-cpp'
import { bytesOfSpelling } from '../tokenizer/index.ts'

/**
 * The bytes of a model's tokens. The runtime's own `detokenize` gives text, in which a character that is split
 * between tokens is lost.
 */
export interface TokenBytes {
  /** Empty for control tokens. */
  bytesOf(id: number): Uint8Array
  /** Control tokens (ends, FIM marks, reserved ones) are never text. */
  isControl(id: number): boolean
  /** Whether the token holds a line break. */
  endsLine(id: number): boolean
}

/** @param spellings the vocabulary's tokens by id, as the GGUF file spells them. */
export function createTokenBytes(model: LlamaModel, spellings: readonly string[]): TokenBytes {
  const cache = new Map<number, Uint8Array>()

  function read(id: number): Uint8Array {
    const spelling = spellings[id]
    if (spelling === undefined || isControl(id)) return new Uint8Array()
    const attributes = model.getTokenAttributes(id as Token)
    if (model.vocabularyType === 'bpe') {
      // Tokens that a user added are spelled as they are.
      const bytes = attributes.userDefined ? undefined : bytesOfSpelling(spelling)
      return bytes ?? Buffer.from(spelling)
    }
    const byte = attributes.byte ? /^<0x([0-9A-F]{2})>$/.exec(spelling) : null
    if (byte) return Uint8Array.of(Number.parseInt(byte[1]!, 16))
    if (model.vocabularyType === 'spm') return Buffer.from(spelling.replaceAll('▁', ' '))
    return Buffer.from(model.detokenize([id as Token]))
  }

  function isControl(id: number): boolean {
    const attributes = model.getTokenAttributes(id as Token)
    return attributes.control || attributes.unknown || attributes.unused
  }

  function bytesOf(id: number): Uint8Array {
    let bytes = cache.get(id)
    if (!bytes) {
      bytes = read(id)
      cache.set(id, bytes)
    }
    return bytes
  }

  return { bytesOf, isControl, endsLine: (id) => bytesOf(id).includes(0x0a) }
}
