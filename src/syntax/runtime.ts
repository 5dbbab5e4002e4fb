import type { Parser } from '@vscode/tree-sitter-wasm'
import treeSitter from '@vscode/tree-sitter-wasm'

/** Gives the bytes of a file of the grammar package, such as `tree-sitter-python.wasm` or the runtime, `tree-sitter.wasm`. */
export type LoadWasm = (file: string) => Promise<Uint8Array>

/** Starts tree-sitter and gives a parser without a grammar. Who asked for it deletes it. */
export async function startParser(loadWasm: LoadWasm): Promise<Parser> {
  const wasmBinary = await loadWasm('tree-sitter.wasm')
  // The declared options name `locateFile` alone; they are Emscripten's, which takes the bytes as well. Without
  // `locateFile` it looks for the script's address, which a browser module does not have.
  const options = { wasmBinary, locateFile: (file: string) => file }
  await treeSitter.Parser.init(options)
  return new treeSitter.Parser()
}
