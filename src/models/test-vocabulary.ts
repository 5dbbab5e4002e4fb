import type { Vocabulary } from './vocabulary.ts'

/**
 * A small byte-level vocabulary for tests: the special tokens, the 256 bytes, and `merges` pairs of letters.
 * @param merges at most 676.
 */
export function testVocabulary(merges = 25): Vocabulary {
  const names = ['end', 'fim_prefix', 'fim_suffix', 'fim_middle', 'fim_pad', 'repo', 'file']
  const tasks = Array.from({ length: 32 }, (_, task) => names.length + task)
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const pairs = letters.flatMap((left) => letters.map((right) => `${left} ${right}`)).slice(0, merges)
  return {
    tokens: [
      ...names.map((name) => `<|${name}|>`),
      ...tasks.map((_, task) => `<|task_${task}|>`),
      ...byteSpellings(),
      ...pairs.map((pair) => pair.replace(' ', '')),
    ],
    merges: pairs,
    special: { end: 0, fimPrefix: 1, fimSuffix: 2, fimMiddle: 3, fimPad: 4, repository: 5, file: 6, tasks },
  }
}

/** GPT-2's spelling of each byte: printable ones as they are, the others as letters from U+0100 on. */
function byteSpellings(): string[] {
  let others = 0
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173)
    return String.fromCodePoint(printable ? byte : 256 + others++)
  })
}
