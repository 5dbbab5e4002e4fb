import type { Command } from 'commander'
import { type DescribePrompt, describePrompt } from '../completion/index.ts'
import { UserError } from '../lib/index.ts'
import { languageById, languages } from '../syntax/index.ts'
import {
  openSource,
  type Source,
  type SourceOptions,
  type SourceSampling,
  sourceOptions,
} from './open-source.ts'
import { realNumber, wholeNumber } from './options.ts'

interface Options extends SourceOptions {
  language: string
  temperature: number
  seed?: number
  maxTokens?: number
  json?: boolean
}

/** `understudy generate`: code for a description in words, shown as it comes. */
export function registerGenerate(program: Command): void {
  sourceOptions(
    program
      .command('generate')
      .description('write a definition for a description in words')
      .argument('<description>', 'what the code is to do')
      .option('--language <id>', 'programming language', 'python')
      .option('--temperature <number>', '0 always takes the likeliest token', realNumber(0, 2), 0.2)
      .option('--seed <number>', 'the same seed gives the same code', wholeNumber(0, 2 ** 32 - 1))
      .option('--max-tokens <number>', 'the most to write', wholeNumber(1, 8_192)),
  )
    .option('--json', 'print the code as JSON, at the end')
    .action(generate)
}

async function generate(description: string, options: Options): Promise<void> {
  const { language, json, temperature, seed } = options
  if (!languageById(language))
    throw new UserError(
      `There is no language ${language}.`,
      `Known: ${languages.map(({ id }) => id).join(', ')}.`,
    )
  if (description.trim() === '')
    throw new UserError('There is no description.', 'Say what the code is to do, in quotes.')
  const described = describePrompt(description, language)
  const source = await openSource(options)
  let code = ''
  try {
    const sampling = { temperature, ...(seed === undefined ? {} : { seed }) }
    for await (const piece of write(source, described, sampling, options.maxTokens)) {
      code += piece
      if (!json) process.stdout.write(piece)
    }
  } finally {
    await source.dispose()
  }
  process.stdout.write(json ? `${JSON.stringify({ code, language, model: source.name })}\n` : '\n')
}

/** The pieces of the code: the opening of the definition, then what the model writes up to the definition's end. */
async function* write(
  source: Source,
  { prompt, opening, stop, maxTokens, end }: DescribePrompt,
  sampling: SourceSampling,
  most: number = maxTokens,
): AsyncGenerator<string> {
  const enough = new AbortController()
  if (opening !== '') yield opening
  let text = ''
  let shown = 0
  try {
    for await (const chunk of source.port(sampling)({ prompt, maxTokens: most, stop }, enough.signal)) {
      text += chunk.text
      const over = end(text)
      // Blanks wait for what follows them: after the definition's end they are not part of it.
      const ready = over ?? text.trimEnd().length
      if (ready > shown) yield text.slice(shown, ready)
      shown = Math.max(shown, ready)
      if (over !== undefined) return
    }
  } finally {
    enough.abort()
  }
}
