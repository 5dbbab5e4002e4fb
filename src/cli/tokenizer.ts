import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { readCorpus } from '../corpus/index.ts'
import { hasCode, UserError } from '../lib/index.ts'
import {
  createTokenizer,
  loadTokenizer,
  saveTokenizerFile,
  type Tokenizer,
  type TokenizerTrainingProgress,
  trainTokenizer,
} from '../tokenizer/index.ts'
import { wholeNumber } from './options.ts'

/** `understudy tokenizer`: train one on a corpus, and look at what it does. */
export function registerTokenizer(program: Command): void {
  const tokenizer = program
    .command('tokenizer')
    .description('train a tokenizer, or turn text into token ids and back')

  tokenizer
    .command('train')
    .description('learn a byte-level BPE vocabulary from a corpus folder')
    .argument('<corpus>', 'folder that `understudy corpus build` wrote')
    .requiredOption('--out <file>', 'where to write tokenizer.json')
    .option('--vocabulary <size>', 'number of tokens', wholeNumber(295, 65_536), 8192)
    .option('--json', 'print the result as JSON')
    .action(train)

  tokenizer
    .command('encode')
    .description('print the token ids of a text file')
    .argument('<file>', 'UTF-8 text, or - for standard input')
    .requiredOption('--tokenizer <file>', 'tokenizer.json')
    .option('--json', 'print ids and tokens as JSON')
    .action(encode)

  tokenizer
    .command('decode')
    .description('print the text of token ids')
    .argument('<ids...>', 'token ids')
    .requiredOption('--tokenizer <file>', 'tokenizer.json')
    .action(decode)

  tokenizer
    .command('stats')
    .description('count bytes per token by language')
    .argument('<corpus>', 'folder that `understudy corpus build` wrote')
    .requiredOption('--tokenizer <file>', 'tokenizer.json')
    .option('--json', 'print the counts as JSON')
    .action(stats)
}

async function train(
  corpus: string,
  options: { out: string; vocabulary: number; json?: boolean },
): Promise<void> {
  const started = performance.now()
  const file = await trainTokenizer(textsOf(corpus), {
    vocabularySize: options.vocabulary,
    onProgress: progressLine(),
  })
  if (process.stderr.isTTY) process.stderr.write('\n')
  await saveTokenizerFile(options.out, file)
  const result = {
    path: options.out,
    vocabularySize: file.tokens.length,
    checksum: createTokenizer(file).checksum,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  }
  process.stdout.write(
    options.json
      ? `${JSON.stringify(result)}\n`
      : `${result.path}: ${result.vocabularySize} tokens in ${result.seconds} s\nsha256 ${result.checksum}\n`,
  )
}

async function* textsOf(corpus: string): AsyncGenerator<string> {
  for await (const document of readCorpus(corpus)) yield document.text
}

/** Writes what training does over one line of a terminal, about ten times a second. */
function progressLine(): (progress: TokenizerTrainingProgress) => void {
  let shown = 0
  return (progress) => {
    if (!process.stderr.isTTY || performance.now() - shown < 100) return
    shown = performance.now()
    const line =
      progress.stage === 'counting'
        ? `Counting words: ${progress.texts} files, ${(progress.bytes / 1e6).toFixed(1)} MB`
        : `Merging pairs: ${progress.merges} of ${progress.of}`
    process.stderr.write(`\r${line.padEnd(60)}`)
  }
}

async function encode(path: string, options: { tokenizer: string; json?: boolean }): Promise<void> {
  const tokenizer = await loadTokenizer(options.tokenizer)
  const ids = tokenizer.encode(await readText(path))
  process.stdout.write(
    options.json
      ? `${JSON.stringify(ids.map((id) => ({ id, text: tokenizer.decode([id]) })))}\n`
      : `${ids.join(' ')}\n`,
  )
}

async function readText(path: string): Promise<string> {
  if (path === '-') return await text(process.stdin)
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EISDIR')) throw error
    throw new UserError(`There is no file ${path}.`, 'Name a text file, or - to read from standard input.', {
      cause: error,
    })
  }
}

async function decode(words: string[], options: { tokenizer: string }): Promise<void> {
  const tokenizer = await loadTokenizer(options.tokenizer)
  const ids = words.map(Number)
  const wrong = words.find(
    (_, i) => !Number.isInteger(ids[i]) || ids[i]! < 0 || ids[i]! >= tokenizer.vocabularySize,
  )
  if (wrong !== undefined)
    throw new UserError(
      `${wrong} is not a token id.`,
      `Give whole numbers from 0 to ${tokenizer.vocabularySize - 1}, separated by spaces.`,
    )
  process.stdout.write(tokenizer.decode(ids))
}

interface LanguageCount {
  language: string
  documents: number
  bytes: number
  tokens: number
  bytesPerToken: number
}

async function stats(corpus: string, options: { tokenizer: string; json?: boolean }): Promise<void> {
  const counts = await countByLanguage(corpus, await loadTokenizer(options.tokenizer))
  if (options.json) {
    process.stdout.write(`${JSON.stringify(counts)}\n`)
    return
  }
  process.stdout.write(`${'language'.padEnd(14)}${columns('documents', 'bytes', 'tokens', 'bytes/token')}\n`)
  for (const { language, documents, bytes, tokens, bytesPerToken } of counts)
    process.stdout.write(
      `${language.padEnd(14)}${columns(documents, bytes, tokens, bytesPerToken.toFixed(2))}\n`,
    )
}

function columns(...cells: (string | number)[]): string {
  return cells.map((cell) => String(cell).padStart(14)).join('')
}

/** Languages by falling size, and `all` last. */
async function countByLanguage(corpus: string, tokenizer: Tokenizer): Promise<LanguageCount[]> {
  const counts = new Map<string, LanguageCount>()
  const all: LanguageCount = { language: 'all', documents: 0, bytes: 0, tokens: 0, bytesPerToken: 0 }
  for await (const { language, text } of readCorpus(corpus)) {
    let count = counts.get(language)
    if (count === undefined) {
      count = { language, documents: 0, bytes: 0, tokens: 0, bytesPerToken: 0 }
      counts.set(language, count)
    }
    const bytes = Buffer.byteLength(text)
    const tokens = tokenizer.encode(text).length
    for (const line of [count, all]) {
      line.documents++
      line.bytes += bytes
      line.tokens += tokens
    }
  }
  const lines = [...[...counts.values()].sort((a, b) => b.bytes - a.bytes), all]
  for (const line of lines) line.bytesPerToken = line.tokens === 0 ? 0 : line.bytes / line.tokens
  return lines
}
