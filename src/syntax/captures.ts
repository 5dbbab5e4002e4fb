import treeSitter from '@vscode/tree-sitter-wasm'
import { languageById } from './languages.ts'
import { type LoadWasm, startParser } from './runtime.ts'

/** A node that a query has captured. Offsets in UTF-16 units, rows from 0. */
export interface Capture {
  name: string
  start: number
  end: number
  startRow: number
  endRow: number
}

/** Finds the nodes that a tree-sitter query names, without handing out the whole tree. */
export interface CaptureReader {
  read(text: string): Capture[]
  dispose(): void
}

/**
 * Loads the grammar of a language that `languages.json` has one for. Throws what `loadWasm` throws, and where the
 * grammar does not know a name in the query.
 */
export async function openCaptureReader(
  loadWasm: LoadWasm,
  language: string,
  query: string,
): Promise<CaptureReader> {
  const file = languageById(language)?.grammar
  if (!file) throw new Error(`no grammar is shipped for ${language}`)
  const parser = await startParser(loadWasm)
  const grammar = await treeSitter.Language.load(await loadWasm(file))
  parser.setLanguage(grammar)
  const compiled = new treeSitter.Query(grammar, query)
  return {
    read(text) {
      const tree = parser.parse(text)
      if (tree === null) throw new Error(`tree-sitter gave no tree for ${language}`)
      try {
        return compiled.captures(tree.rootNode).map(({ name, node }) => ({
          name,
          start: node.startIndex,
          end: node.endIndex,
          startRow: node.startPosition.row,
          endRow: node.endPosition.row,
        }))
      } finally {
        tree.delete()
      }
    },
    dispose() {
      compiled.delete()
      parser.delete()
    },
  }
}
