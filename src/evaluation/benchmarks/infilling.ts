import { z } from 'zod'
import type { Benchmark } from '../problem.ts'
import { type Family, partOf, variantOf } from './family.ts'
import { readRecords } from './records.ts'

const commit = '88062ff9859c875d04db115b698ed4b0f0395170'

const variants = {
  'single-line': {
    file: 'SingleLineInfilling',
    title: 'single line',
    problems: 1033,
    sha256: '1277073e7ddce163ef68598c2bca777f688a53df99422f097e37362090f88e1f',
    maxTokens: 128,
  },
  'multi-line': {
    file: 'MultiLineInfilling',
    title: 'multiple lines',
    problems: 5815,
    sha256: '2f341612eee1d35da1357a4f365e0c0b3ba6e2b62eb491e88aaefa4855af0349',
    maxTokens: 512,
  },
  'random-span': {
    file: 'RandomSpanInfilling',
    title: 'random span',
    problems: 1640,
    sha256: 'b4f330d8a8ff97bf85d9def497dffcae4d741e506449386a877236e422e33e8d',
    maxTokens: 512,
  },
  'random-span-light': {
    file: 'RandomSpanInfillingLight',
    title: 'random span, light',
    problems: 164,
    sha256: '1432250ecac0cb56e6f97f8faf0970419ef892a98fda7e1f5aa4c4b87209b760',
    maxTokens: 512,
  },
} as const

const record = z.object({
  task_id: z.string(),
  entry_point: z.string(),
  prompt: z.string(),
  suffix: z.string(),
  canonical_solution: z.string(),
  test: z.string(),
})

/**
 * HumanEval with a part of the solution taken out. Put together as in openai/human-eval-infilling,
 * `human_eval_infilling/execution.py`. That harness cuts nothing, so there are no stops: the model has to end where
 * the suffix goes on (arXiv 2207.14255).
 */
export const infilling: Family = {
  names: Object.keys(variants).map((variant) => `infilling/${variant}`),
  async load(name, options): Promise<Benchmark> {
    const variant = variants[variantOf(name) as keyof typeof variants]
    const path = `HumanEval-${variant.file}.jsonl.gz`
    const lines = await readRecords(
      {
        path: `humaneval-infilling/${path}`,
        url: `https://github.com/openai/human-eval-infilling/raw/${commit}/data/${path}`,
        sha256: variant.sha256,
      },
      record,
      options,
    )
    return {
      name,
      title: `HumanEval infilling, ${variant.title}`,
      judge: 'run',
      licence: 'MIT',
      url: 'https://github.com/openai/human-eval-infilling',
      problems: lines.map(({ record }) => ({
        id: record.task_id,
        language: 'python',
        prompt: { kind: 'infill', prefix: record.prompt, suffix: record.suffix },
        stops: [],
        maxTokens: variant.maxTokens,
        program: (completion) => ({
          language: 'python',
          source: `${record.prompt}${completion}${record.suffix}\n${record.test}\ncheck(${record.entry_point})`,
        }),
        reference: record.canonical_solution,
      })),
      notes: partOf(variant.problems, lines.length),
    }
  },
}
