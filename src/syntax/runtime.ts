import type { Parser } from '@vscode/tree-sitter-wasm'
import treeSitter from '@vscode/tree-sitter-wasm'

/** Gives the bytes of a file of the grammar package, such as `tree-sitter-python.wasm` or the runtime, `tree-sitter.wasm`. */
export type LoadWasm = (file: string) => Promise<Uint8Array>

let initialising: Promise<void> | undefined

/** Starts tree-sitter and gives a parser without a grammar. Who asked for it deletes it. */
export async function startParser(loadWasm: LoadWasm): Promise<Parser> {
  initialising ??= initialise(loadWasm).catch((error: unknown) => {
    initialising = undefined
    throw error
  })
  await initialising
  return new treeSitter.Parser()
}

/** Once only: two at the same time make two runtimes, and a parser of the first breaks in the memory of the second. */
async function initialise(loadWasm: LoadWasm): Promise<void> {
  const wasmBinary = await loadWasm('tree-sitter.wasm')
  // The declared options name `locateFile` alone; they are Emscripten's, which takes the bytes as well. Without
  // `locateFile` it looks for the script's address, which a browser module does not have.
  const options = { wasmBinary, locateFile: (file: string) => file }
  await treeSitter.Parser.init(options)
}
