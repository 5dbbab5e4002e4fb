/**
 * Reads a file of the grammar package from disk, for `createParser` in Node. It reaches `node:fs` through
 * `process.getBuiltinModule` and not by an import, because a browser bundle holds this folder as well.
 */
export async function loadWasmFromPackage(file: string): Promise<Uint8Array> {
  const { readFile } = process.getBuiltinModule('node:fs/promises')
  return readFile(new URL(import.meta.resolve(`@vscode/tree-sitter-wasm/wasm/${file}`)))
}
