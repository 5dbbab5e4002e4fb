/** Where SAFIM cuts completions: gonglinyuan/safim, `prompt_utils.py`. */
import type { Parser } from '@vscode/tree-sitter-wasm'
import treeSitter from '@vscode/tree-sitter-wasm'
import { languageById, loadWasmFromPackage } from '../../syntax/index.ts'

export type SafimLanguage = 'python' | 'java' | 'cpp'

/** A control-flow expression: in Python the first line that is not blank, else up to the bracket that closes it. */
export function cutControl(language: SafimLanguage, completion: string): string {
  if (language === 'python') return completion.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? ''
  let depth = 0
  for (const { index, 0: bracket } of completion.matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1
    if (depth < 0) return completion.slice(0, index)
  }
  return completion
}

/** A call: up to the bracket that closes its first. */
export function cutApiCall(completion: string): string {
  let depth = 0
  for (const { index, 0: bracket } of completion.matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1
    if (bracket === ')' && depth <= 0) return completion.slice(0, index + 1)
  }
  return completion
}

export interface Gap {
  language: SafimLanguage
  before: string
  after: string
}

export type BlockCutter = (gap: Gap, completion: string) => string

/**
 * A block: lines are taken from the end until the program parses and the block has left the syntax around it as it
 * is with nothing (Python: `pass`) in its place. Loads the grammars once for the process.
 */
export async function openBlockCutter(): Promise<BlockCutter> {
  parsers ??= loadParsers()
  const loaded = await parsers
  return (gap, completion) => cutBlock(loaded[gap.language], gap, completion)
}

let parsers: Promise<Record<SafimLanguage, Parser>> | undefined

async function loadParsers(): Promise<Record<SafimLanguage, Parser>> {
  const wasmBinary = await loadWasmFromPackage('tree-sitter.wasm')
  const options = { wasmBinary, locateFile: (file: string) => file }
  await treeSitter.Parser.init(options)
  const parserOf = async (language: SafimLanguage) => {
    const grammar = languageById(language)?.grammar
    if (grammar === undefined || grammar === null) throw new Error(`There is no grammar for ${language}`)
    const parser = new treeSitter.Parser()
    parser.setLanguage(await treeSitter.Language.load(await loadWasmFromPackage(grammar)))
    return parser
  }
  const [python, java, cpp] = await Promise.all([parserOf('python'), parserOf('java'), parserOf('cpp')])
  return { python, java, cpp }
}

function cutBlock(parser: Parser, { language, before, after }: Gap, completion: string): string {
  const empty = traceOf(parser, before + (language === 'python' ? 'pass' : '') + after)
  if (empty === undefined) return completion
  // `pass` itself is four steps: into and out of the statement and its word.
  const own = language === 'python' ? 4 : 0
  const lines = completion.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []
  for (let count = lines.length; count > 0; count--) {
    const block = lines.slice(0, count).join('')
    const trace = traceOf(parser, before + block + after)
    if (trace !== undefined && trace.length >= empty.length && outside(empty, trace) === empty.length - own)
      return block
  }
  return ''
}

/** The kinds of nodes as they are entered and left, in order; undefined where there is a syntax error. */
function traceOf(parser: Parser, code: string): string[] | undefined {
  const tree = parser.parse(code)
  if (tree === null) throw new Error('tree-sitter gave no tree')
  const cursor = tree.walk()
  const steps: string[] = []
  let isWhole = true
  const enter = () => {
    if (cursor.nodeType === 'ERROR' && cursor.nodeText !== ';') isWhole = false
    steps.push(`+${cursor.nodeType}`)
  }
  const leave = () => steps.push(`-${cursor.nodeType}`)
  enter()
  for (let isAtRoot = false; !isAtRoot && isWhole; ) {
    if (cursor.gotoFirstChild()) {
      enter()
      continue
    }
    leave()
    while (!cursor.gotoNextSibling()) {
      isAtRoot = !cursor.gotoParent()
      if (isAtRoot) break
      leave()
    }
    if (!isAtRoot) enter()
  }
  cursor.delete()
  tree.delete()
  return isWhole ? steps : undefined
}

/** How many steps two traces share at their start and at their end, together. */
function outside(a: string[], b: string[]): number {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let end = 0
  while (end < shorter && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return start + end
}
