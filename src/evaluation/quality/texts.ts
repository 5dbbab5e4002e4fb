import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readCorpus } from '../../corpus/index.ts'
import { UserError } from '../../lib/index.ts'
import { isHeldout, readShardIndex } from '../../training/index.ts'

/** A text to be scored. */
export interface QualityText {
  /** The programming language, or `prose`. */
  language: string
  /** Where it is from, such as `python3-attr:attr/_make.py`. */
  name: string
  text: string
}

/** Longer prose is cut at line ends into texts of about this many characters, so that an interval can be given. */
const longestProse = 10_000

/**
 * The documents of a corpus that training has not seen, as the token shards' index tells them: whole documents in
 * the corpus's order, of each language until `bytes` are reached.
 */
export async function heldoutTexts(
  { corpus, shards, bytes }: { corpus: string; shards: string; bytes: number },
  signal?: AbortSignal,
): Promise<QualityText[]> {
  const { heldoutShares, seed } = readShardIndex(shards)
  const texts: QualityText[] = []
  const taken = new Map<string, number>()
  for await (const document of readCorpus(corpus)) {
    signal?.throwIfAborted()
    const { language, text } = document
    const before = taken.get(language) ?? 0
    if (before >= bytes || !isHeldout(document, heldoutShares, seed)) continue
    taken.set(language, before + Buffer.byteLength(text))
    texts.push({ language, name: `${document.package}:${document.path}`, text })
  }
  return texts
}

/**
 * Prose from a folder of `.txt` and `.jsonl` files (and their `.gz`), in the order of their names, until `bytes` are
 * reached. Of a JSON record the field `text` counts, or `content`. Throws a `UserError` where there is none.
 */
export function proseTexts({ folder, bytes }: { folder: string; bytes: number }): QualityText[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError(
      `The folder of prose ${folder} does not exist.`,
      'Name one that holds .txt or .jsonl files.',
    )
  const files = (readdirSync(folder, { recursive: true }) as string[])
    .filter((path) => /\.(?:jsonl|txt)(?:\.gz)?$/.test(path))
    .sort()
  const texts: QualityText[] = []
  let taken = 0
  for (const file of files)
    for (const record of recordsOf(join(folder, file)))
      for (const text of piecesOf(record)) {
        if (taken >= bytes) return texts
        taken += Buffer.byteLength(text)
        texts.push({ language: 'prose', name: `${basename(folder)}/${file}`, text })
      }
  if (texts.length === 0)
    throw new UserError(
      `The folder ${folder} holds no prose.`,
      'Put .txt or .jsonl files (or their .gz) there.',
    )
  return texts
}

function* recordsOf(path: string): Generator<string> {
  const text = textOf(path)
  if (!/\.jsonl(?:\.gz)?$/.test(path)) return yield text
  for (const [number, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    let record: { text?: unknown; content?: unknown } | null
    try {
      record = JSON.parse(line)
    } catch (error) {
      throw new UserError(`Line ${number + 1} of ${path} is not JSON.`, 'Correct the line, or remove it.', {
        cause: error,
      })
    }
    const found = record?.text ?? record?.content
    if (typeof found === 'string') yield found
  }
}

function textOf(path: string): string {
  const bytes = readFileSync(path)
  if (!path.endsWith('.gz')) return bytes.toString('utf8')
  try {
    return gunzipSync(bytes).toString('utf8')
  } catch (error) {
    throw new UserError(`${path} is damaged.`, 'Replace it, or move it out of that folder.', { cause: error })
  }
}

function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.lastIndexOf('\n', at + longestProse) + 1
    const end = text.length - at <= longestProse ? text.length : lineEnd > at ? lineEnd : at + longestProse
    if (text.slice(at, end).trim() !== '') yield text.slice(at, end)
    at = end
  }
}
