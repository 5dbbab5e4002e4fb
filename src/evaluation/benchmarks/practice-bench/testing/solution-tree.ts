import treeSitter, { type Language, type Node } from '@vscode/tree-sitter-wasm'
import { languageById, loadWasmFromPackage } from '../../../../syntax/index.ts'

/**
 * Writes source text as its syntax tree in which every name is a number, in the order of first occurrence, and comments
 * and docstrings are left out: two solutions that differ only in names have the same.
 */
export async function createTreeWriter(): Promise<(source: string, language: string) => Promise<string>> {
  const wasmBinary = await loadWasmFromPackage('tree-sitter.wasm')
  const options = { wasmBinary, locateFile: (file: string) => file }
  await treeSitter.Parser.init(options)
  const parser = new treeSitter.Parser()
  const loaded = new Map<string, Promise<Language>>()
  return async (source, language) => {
    const grammar = languageById(language)?.grammar
    if (!grammar) throw new Error(`no grammar for ${language}`)
    if (!loaded.has(grammar))
      loaded.set(
        grammar,
        loadWasmFromPackage(grammar).then((bytes) => treeSitter.Language.load(bytes)),
      )
    parser.setLanguage(await loaded.get(grammar)!)
    const tree = parser.parse(source)!
    const text = written(tree.rootNode, new Map())
    tree.delete()
    return text
  }
}

function written(node: Node, names: Map<string, number>): string {
  if (node.childCount === 0) return /identifier$/.test(node.type) ? nameIn(names, node.text) : node.text
  const parts = node.children.filter((child) => child !== null && !isProse(child))
  return `(${node.type} ${parts.map((child) => written(child!, names)).join(' ')})`
}

function nameIn(names: Map<string, number>, name: string): string {
  if (!names.has(name)) names.set(name, names.size)
  return `$${names.get(name)}`
}

function isProse(node: Node): boolean {
  const isString = node.type === 'expression_statement' && node.namedChild(0)?.type === 'string'
  return node.type.endsWith('comment') || (isString && node.namedChildCount === 1)
}
