import type { Document } from '../../corpus/index.ts'
import { mulberry32 } from '../quality/interval.ts'
import { lexemesOf } from './lexemes.ts'

/** The beginning of a training file, to see whether a model goes on as the file does. */
export interface Beginning {
  /** Such as `python3-attr:attr/_make.py`. */
  name: string
  text: string
}

/** Characters of a beginning at most; it ends at a line's end where one lies behind the first quarter. */
const longestBeginning = 600

/**
 * Draws `n` of the documents (each as likely as any other; the same seed draws the same) that go on for at least
 * `lexemes` lexemes after their beginning. Prompts that were trained on bring out what a model has by heart, so what
 * they find is an upper bound for prompts of people's own.
 */
export async function drawBeginnings(
  documents: AsyncIterable<Document> | Iterable<Document>,
  { n, seed, lexemes }: { n: number; seed: number; lexemes: number },
): Promise<Beginning[]> {
  const random = mulberry32(seed)
  const drawn: Beginning[] = []
  let seen = 0
  for await (const { text, package: name, path } of documents) {
    const beginning = beginningOf(text)
    const rest = text.slice(beginning.length)
    // A lexeme has a character at least, so that most short files need no count.
    if (rest.length < lexemes || lexemesOf(rest.slice(0, 40 * lexemes)).hashes.length < lexemes) continue
    seen++
    const place = drawn.length < n ? drawn.length : Math.floor(random() * seen)
    if (place < n) drawn[place] = { name: `${name}:${path}`, text: beginning }
  }
  return drawn
}

function beginningOf(text: string): string {
  const lineEnd = text.lastIndexOf('\n', longestBeginning - 1) + 1
  return text.slice(0, lineEnd > longestBeginning / 4 ? lineEnd : longestBeginning)
}
