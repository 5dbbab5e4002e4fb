/**
 * The whole story in one script: from packages to a suggestion. Read it from top to bottom; each step is the same
 * function that the command line calls, with a corpus and a model small enough for a few minutes on two cores.
 * The model that comes out is a toy, and says so. `models/understudy-nano` went the same way with the larger
 * `corpora/v1.json` and `recipes/understudy-nano.json`.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildCorpus, loadManifest, readCorpus } from '../src/corpus/index.ts'
import { createLlamaEngine, greedy } from '../src/inference/index.ts'
import { messageOf, projectRoot, UserError } from '../src/lib/index.ts'
import { checkGguf, convertSafetensors } from '../src/models/index.ts'
import {
  loadTokenizer,
  readTokenizerFile,
  saveTokenizerFile,
  trainTokenizer,
} from '../src/tokenizer/index.ts'
import {
  createProgress,
  describeEvent,
  describeShards,
  exportWeights,
  readRecipe,
  train,
  writeShards,
} from '../src/training/index.ts'

const folder = join(projectRoot, '.understudy/tour')
const corpus = join(folder, 'corpus')
const tokenizerPath = join(folder, 'tokenizer.json')
const shards = join(folder, 'shards')
const run = join(folder, 'run')
const weights = join(folder, 'weights.safetensors')
const model = join(folder, 'model.gguf')

const recipePath = join(projectRoot, 'recipes/tour.json')
const recipe = readRecipe(recipePath)
const progress = createProgress(process.stderr)
const began = performance.now()

function chapter(title: string): void {
  progress.close()
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  console.log(`\n${title}  (${minutes} min)`)
}

async function tour(): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })

  chapter('1. Corpus: packages → files that may be learnt from')
  // Each file is decoded, told its language, filtered, and kept only where its licence is on the list.
  const built = await buildCorpus({
    manifest: await loadManifest(join(projectRoot, 'corpora/tour.json')),
    out: corpus,
    onProgress: (line) => progress.show(line),
  })
  progress.close()
  const { documents, bytes } = built.card.totals
  console.log(
    `${documents} files, ${(bytes / 1e6).toFixed(1)} MB, under ${Object.keys(built.card.licences).join(', ')}`,
  )

  chapter('2. Tokenizer: the pairs of bytes that code repeats most')
  async function* texts() {
    for await (const { text } of readCorpus(corpus)) yield text
  }
  await saveTokenizerFile(
    tokenizerPath,
    await trainTokenizer(texts(), { vocabularySize: recipe.model.vocabularySize }),
  )
  const tokenizer = await loadTokenizer(tokenizerPath)
  const line = 'for index, name in enumerate(names):'
  console.log(tokenizer.encode(line).map((id) => tokenizer.decode([id])))

  chapter('3. Shards: rows of token ids, half of them with a middle moved to the end')
  const index = await writeShards({
    documents: () => readCorpus(corpus),
    tokenizer,
    recipe,
    out: shards,
    onProgress: (event) => progress.show(describeShards(event)),
  })
  progress.close()
  const tokens = index.train.reduce((sum, file) => sum + file.tokens, 0)
  console.log(
    `${(tokens / 1e6).toFixed(2)}M tokens, and ${index.heldout.length} languages held out to measure`,
  )

  chapter('4. Training: a Qwen3 of a million weights, a few minutes')
  await train({
    recipe: recipePath,
    data: shards,
    run,
    onEvent(event) {
      const text = describeEvent(event, recipe.schedule.steps)
      if (text !== undefined) progress.show(text, event.event !== 'step')
    },
  })

  chapter('5. Export: weights → GGUF, which llama.cpp runs')
  await exportWeights(run, weights)
  await convertSafetensors({
    weights,
    vocabulary: await readTokenizerFile(tokenizerPath),
    path: model,
    name: 'tour',
    license: 'Apache-2.0',
    quantization: 'Q8_0',
  })
  const { parameters } = await checkGguf(model)
  console.log(`${model}\n${parameters} weights; the file would not harm the runtime`)

  chapter('6. Engine: a prefix and a suffix → what goes between')
  const prefix = 'def read_lines(path):\n    with open(path) as file:\n        return '
  const suffix = '\n\n\ndef main():\n'
  const engine = await createLlamaEngine({ modelPath: model, name: 'tour', gpu: false })
  try {
    process.stdout.write(`${prefix}\u001b[2m`)
    for await (const event of engine.generate({
      prompt: { kind: 'infill', prefix, suffix },
      maxTokens: 24,
      stop: ['\n'],
      sampling: greedy,
      topLogprobs: 0,
    }))
      if (event.type === 'token') process.stdout.write(event.text)
    process.stdout.write(`\u001b[0m${suffix}`)
  } finally {
    await engine.dispose()
  }

  chapter('That was the path')
  console.log('A model this small, after so little reading, guesses more than it knows. The one that ships')
  console.log('is better: npm start')
}

try {
  await tour()
} catch (error) {
  progress.close()
  console.error(
    `\nThe tour stopped: ${messageOf(error)}${error instanceof UserError ? `\n  ${error.hint}` : ''}`,
  )
  process.exitCode = 1
}
