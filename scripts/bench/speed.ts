import { join } from 'node:path'
import { getLlama, type LlamaContext, LlamaLogLevel, type LlamaModel, type Token } from 'node-llama-cpp'
import { createLlamaEngine, type Engine, greedy } from '../../src/inference/index.ts'
import { projectRoot } from '../../src/lib/index.ts'
import { type Benchmark, percentile, type Values } from './result.ts'

const modelPath = join(projectRoot, 'models/understudy-nano/model.gguf')
const rounds = 9
const promptLength = 384
const decodeLength = 112

/** Tokens a second of one round, by phase. */
interface Round {
  prompt: number
  decode: number
}

/**
 * What our engine costs (child process, messages, log-probabilities, stop strings) over a loop that only calls
 * node-llama-cpp, with the same model, threads and prompts. Rounds alternate, so that both see the same machine.
 */
export const speedFigures: Benchmark = {
  name: 'speed',
  title: 'Prompt and decode speed, and their ratios to a bare node-llama-cpp loop',
  cost: 'the shipped model; half a minute',
  async measure(): Promise<Values> {
    const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error })
    const model = await llama.loadModel({ modelPath })
    const context = await model.createContext({ contextSize: 512, batchSize: 512, threads: 1 })
    const engine = await createLlamaEngine({ modelPath, name: 'understudy-nano', gpu: false, threads: 1 })
    try {
      const bare: Round[] = []
      const ours: Round[] = []
      const withLogprobs: Round[] = []
      for (let round = 0; round <= rounds; round++) {
        const prompt = (turn: number) => codePrompt(model, 3 * round + turn)
        const first = await bareRound(context, prompt(0))
        const second = await ourRound(engine, prompt(1), false)
        const third = await ourRound(engine, prompt(2), true)
        // The first round warms caches and is not counted.
        if (round === 0) continue
        bare.push(first)
        ours.push(second)
        withLogprobs.push(third)
      }
      const median = (samples: Round[], phase: keyof Round) =>
        percentile(
          samples.map((sample) => sample[phase]),
          0.5,
        )
      const compare = (samples: Round[], phase: keyof Round) => ({
        ours: median(samples, phase),
        bare: median(bare, phase),
        ratio: percentile(
          samples.map((sample, i) => sample[phase] / bare[i]![phase]),
          0.5,
        ),
      })
      return {
        'prompt, tokens/s': compare(ours, 'prompt'),
        'decode, tokens/s': compare(ours, 'decode'),
        'decode with log-probabilities, tokens/s': compare(withLogprobs, 'decode'),
        rounds,
        'prompt tokens': promptLength,
        'decoded tokens': decodeLength,
        threads: 1,
      }
    } finally {
      await engine.dispose()
      await llama.dispose()
    }
  },
}

/**
 * A prompt of code that goes on and on, so that the likeliest next token is never the end; its first tokens differ
 * from round to round, so that no prefix is reused.
 */
function codePrompt(model: LlamaModel, round: number): Token[] {
  const line = `def handler_${round}(request, response, index=${round * 7}):\n    for item in request.items[${round}:]:\n        response.write(item.name)\n`
  return model.tokenize(line.repeat(40)).slice(round, round + promptLength)
}

/** The least that one can do with node-llama-cpp: evaluate, pick the likeliest token, evaluate it. */
async function bareRound(context: LlamaContext, prompt: Token[]): Promise<Round> {
  const sequence = context.getSequence()
  const start = performance.now()
  let decoding = 0
  let count = 0
  for await (const _token of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: false })) {
    if (count === 0) decoding = performance.now()
    count++
    if (count > decodeLength) break
  }
  const end = performance.now()
  sequence.dispose()
  return {
    prompt: prompt.length / ((decoding - start) / 1000),
    decode: (count - 1) / ((end - decoding) / 1000),
  }
}

/** The same through our engine: its clock starts before the message to the child and stops at the last event. */
async function ourRound(engine: Engine, tokens: number[], logprobs: boolean): Promise<Round> {
  const start = performance.now()
  let decoding = 0
  let count = 0
  const events = engine.generate({
    prompt: { kind: 'tokens', tokens },
    maxTokens: decodeLength + 1,
    stop: [],
    sampling: greedy,
    topLogprobs: 0,
    skipLogprobs: !logprobs,
  })
  for await (const event of events) {
    if (event.type === 'end') break
    if (count === 0) decoding = performance.now()
    count++
  }
  const end = performance.now()
  return {
    prompt: tokens.length / ((decoding - start) / 1000),
    decode: (count - 1) / ((end - decoding) / 1000),
  }
}
