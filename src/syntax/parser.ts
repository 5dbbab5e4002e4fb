import type { Language as Grammar, Tree, Parser as TreeSitterParser } from '@vscode/tree-sitter-wasm'
import treeSitter from '@vscode/tree-sitter-wasm'
import { languageById } from './languages.ts'
import { type Problem, problemsOf } from './problems.ts'
import { type LoadWasm, startParser } from './runtime.ts'

/**
 * Parses source text with tree-sitter, in Node and in the browser alike: nothing here reads a file, the
 * WebAssembly comes through `loadWasm`. One parser is for one reader; it keeps the last tree, so that parsing
 * the same text again after an edit costs about a fifth.
 */
export interface SyntaxParser {
  /**
   * The syntax errors of `text`, in order of their offsets (UTF-16 units); undefined where no grammar is
   * shipped for the language. Throws what `loadWasm` throws.
   */
  problems(text: string, language: string): Promise<Problem[] | undefined>
  dispose(): void
}

export interface ParserOptions {
  loadWasm: LoadWasm
}

export function createParser({ loadWasm }: ParserOptions): SyntaxParser {
  let runtime: Promise<TreeSitterParser> | undefined
  const grammars = new Map<string, Promise<Grammar>>()
  let last: { language: string; text: string; tree: Tree } | undefined

  /** Remembers a success only, so that a grammar that could not be fetched is asked for again. */
  async function grammarOf(file: string): Promise<Grammar> {
    const known = grammars.get(file) ?? loadWasm(file).then((bytes) => treeSitter.Language.load(bytes))
    grammars.set(file, known)
    known.catch(() => grammars.delete(file))
    return known
  }

  function parse(parser: TreeSitterParser, grammar: Grammar, text: string, language: string): Tree {
    parser.setLanguage(grammar)
    const old = last?.language === language ? last : undefined
    old?.tree.edit(editBetween(old.text, text))
    const tree = parser.parse(text, old?.tree ?? null)
    if (tree === null) throw new Error(`tree-sitter gave no tree for ${language}`)
    last?.tree.delete()
    last = { language, text, tree }
    return tree
  }

  return {
    async problems(text, language) {
      const file = languageById(language)?.grammar
      if (file === undefined || file === null) return undefined
      runtime ??= startParser(loadWasm).catch((error: unknown) => {
        runtime = undefined
        throw error
      })
      const parser = await runtime
      return problemsOf(parse(parser, await grammarOf(file), text, language))
    },
    dispose() {
      last?.tree.delete()
      last = undefined
      runtime?.then((parser) => parser.delete()).catch(() => {})
      runtime = undefined
    },
  }
}

/** The one edit that makes `after` of `before`: what lies between their common start and their common end. */
function editBetween(before: string, after: string) {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let same = 0
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++
  const oldEndIndex = before.length - same
  const newEndIndex = after.length - same
  return {
    startIndex: start,
    oldEndIndex,
    newEndIndex,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEndIndex),
    newEndPosition: pointAt(after, newEndIndex),
  }
}

function pointAt(text: string, offset: number) {
  let row = 0
  let lineStart = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++
    lineStart = at + 1
  }
  return { row, column: offset - lineStart }
}
