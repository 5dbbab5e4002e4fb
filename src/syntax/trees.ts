import type { TreeCursor } from '@vscode/tree-sitter-wasm'
import treeSitter from '@vscode/tree-sitter-wasm'
import { languageById } from './languages.ts'
import { type LoadWasm, startParser } from './runtime.ts'

/** A node of a concrete syntax tree as plain data: what the grammar calls it, and where it is. */
export interface SyntaxNode {
  /** Name of the grammar's rule, such as `if_statement`, or the token itself, such as `+`. `ERROR` is text that fits nowhere. */
  type: string
  /** False for tokens such as `(` that the grammar has no name for. */
  named: boolean
  /** What it is to its parent, such as `condition`, or null. */
  field: string | null
  /** UTF-16 offsets. */
  start: number
  end: number
  /** It should have been there and is not. */
  missing: boolean
  children: SyntaxNode[]
}

/** One language's grammar, loaded. */
export interface TreeReader {
  /** The whole text's tree; undefined where it is nested deeper than `maxDepth`, which by default no stack minds. */
  read(text: string, maxDepth?: number): SyntaxNode | undefined
  dispose(): void
}

/** Loads the grammar of a language that `languages.json` has one for. Throws what `loadWasm` throws. */
export async function openTreeReader(loadWasm: LoadWasm, language: string): Promise<TreeReader> {
  const file = languageById(language)?.grammar
  if (!file) throw new Error(`no grammar is shipped for ${language}`)
  const parser = await startParser(loadWasm)
  parser.setLanguage(await treeSitter.Language.load(await loadWasm(file)))
  return {
    read(text, maxDepth = 500) {
      const tree = parser.parse(text)
      if (tree === null) throw new Error(`tree-sitter gave no tree for ${language}`)
      const cursor = tree.walk()
      try {
        return copy(cursor, maxDepth)
      } finally {
        cursor.delete()
        tree.delete()
      }
    },
    dispose: () => parser.delete(),
  }
}

/** The cursor's node with everything below it. */
function copy(cursor: TreeCursor, depth: number): SyntaxNode | undefined {
  if (depth === 0) return undefined
  const node: SyntaxNode = {
    type: cursor.nodeType,
    named: cursor.nodeIsNamed,
    field: cursor.currentFieldName,
    start: cursor.startIndex,
    end: cursor.endIndex,
    missing: cursor.nodeIsMissing,
    children: [],
  }
  if (cursor.gotoFirstChild()) {
    do {
      const child = copy(cursor, depth - 1)
      if (child === undefined) return undefined
      node.children.push(child)
    } while (cursor.gotoNextSibling())
    cursor.gotoParent()
  }
  return node
}
