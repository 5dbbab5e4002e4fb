import { getLlama, LlamaLogLevel } from 'node-llama-cpp'
import { messageOf } from '../../lib/index.ts'

/**
 * A test's child process: loads each GGUF file named on the command line into the runtime, reads a text with it
 * and predicts a token. Prints one line a file; a file that aborts the runtime ends the output there.
 */
const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.disabled })
for (const modelPath of process.argv.slice(2)) {
  try {
    const model = await llama.loadModel({ modelPath })
    const context = await model.createContext({ contextSize: 64, batchSize: 64, threads: 1 })
    const tokens = model.tokenize('def füller(x):\n\treturn x\r\n')
    const last = tokens.pop()!
    await context
      .getSequence()
      .controlledEvaluate([...tokens, [last, { generateNext: { token: true, probabilities: true } }]])
    model.detokenize(tokens)
    await model.dispose()
    console.log('loaded')
  } catch (error) {
    console.log(`refused: ${messageOf(error)}`)
  }
}
await llama.dispose()
