import { z } from 'zod'
import { UserError } from '../../lib/index.ts'
import type { Benchmark, Problem } from '../problem.ts'
import type { DataFile } from './data-file.ts'
import { type Family, partOf, variantOf } from './family.ts'
import { readRecords } from './records.ts'
import { type BlockCutter, cutApiCall, cutControl, openBlockCutter, type SafimLanguage } from './safim-cut.ts'

const variants = {
  block: { title: 'blocks', problems: 8781 },
  control: { title: 'control-flow expressions', problems: 8629 },
  api: { title: 'API calls', problems: 310 },
} as const
type Variant = keyof typeof variants

/** What stands for the completion: in `prompt` by language, in `eval_prompt` the same everywhere. */
const placeholders = {
  python: '# TODO: Your code here',
  java: '/* TODO: Your code here */',
  cpp: '/* TODO: Your code here */',
}
const marker = '{{completion}}'

/** Each test has a list of outputs that are right. The data here holds one each; more would be refused as broken. */
const unitTests = z.array(
  z.object({ input: z.string(), output: z.tuple([z.string()]).transform(([output]) => output) }),
)

const record = z.object({
  task_id: z.string(),
  lang: z.enum(['python', 'java', 'cpp', 'csharp']),
  prompt: z.string(),
  eval_prompt: z.string().refine((text) => text.split(marker).length === 2, `holds ${marker} not once`),
  ground_truth: z.string(),
  /** A list, or on Hugging Face the JSON text of one. */
  unit_tests: z.union([unitTests, z.string().transform(parsedTests)]),
})
type SafimRecord = z.infer<typeof record> & { lang: SafimLanguage }

function parsedTests(text: string, context: z.RefinementCtx): z.infer<typeof unitTests> {
  try {
    return unitTests.parse(JSON.parse(text))
  } catch {
    context.addIssue({ code: 'custom', message: 'neither a list of tests nor the JSON of one' })
    return z.NEVER
  }
}

/**
 * SAFIM: infilling of whole syntactic units (arXiv 2403.04814). The prompt is the `infilling` one, with the problem's
 * description before the code; the completion is cut by the post-processor that the README names for each task, and
 * blocks and control expressions run against the unit tests, compared word by word as by the judge that SAFIM uses
 * (ntunlp/ExecEval): gonglinyuan/safim, `prompt_utils.py`, `evaluate.py`. API calls are compared without white space, as
 * there; but for Python, where the arguments alone are compared there, and keywords in any order, here the whole call
 * is. C# is left out.
 */
export const safim: Family = {
  names: Object.keys(variants).map((variant) => `safim/${variant}`),
  async load(name, options): Promise<Benchmark> {
    const variant = variantOf(name) as Variant
    const file: DataFile = {
      path: `safim/${variant}_completion.jsonl.gz`,
      url: `https://huggingface.co/datasets/gonglinyuan/safim/resolve/main/${variant}_completion.jsonl.gz`,
    }
    const lines = await readRecords(file, record, options)
    const runnable = lines
      .map(({ record }) => record)
      .filter((record): record is SafimRecord => record.lang !== 'csharp')
    const cutBlock = variant === 'block' ? await openBlockCutter() : undefined
    return {
      name,
      title: `SAFIM ${variants[variant].title}`,
      judge: variant === 'api' ? 'match' : 'run',
      licence: 'MIT; derived from problems of https://codeforces.com',
      url: 'https://github.com/gonglinyuan/safim',
      problems: runnable.map((record) => problemOf(record, variant, cutBlock)),
      notes: [
        ...partOf(variants[variant].problems, lines.length),
        `${lines.length - runnable.length} problems in C#, which is not run here, left out`,
      ],
    }
  },
}

function problemOf(record: SafimRecord, variant: Variant, cutBlock?: BlockCutter): Problem {
  const { lang: language, task_id: id, ground_truth: truth } = record
  const [prefix, suffix, ...more] = record.prompt.split(placeholders[language])
  if (prefix === undefined || suffix === undefined || more.length > 0)
    throw new UserError(
      `SAFIM's ${id} holds its placeholder not once.`,
      'Replace the file by the official one.',
    )
  const problem: Problem = {
    id,
    language,
    prompt: { kind: 'infill', prefix, suffix },
    stops: [],
    maxTokens: 128,
  }
  if (variant === 'api') {
    const trim = (completion: string) => withoutSpace(cutApiCall(completion))
    return { ...problem, trim, reference: withoutSpace(truth) }
  }
  const [before, after] = record.eval_prompt.split(marker) as [string, string]
  return {
    ...problem,
    trim: (completion) =>
      cutBlock ? cutBlock({ language, before, after }, completion) : cutControl(language, completion),
    program: (completion) => ({
      language,
      source: before + completion + after,
      cases: record.unit_tests.map(({ input, output }) => ({
        stdin: input,
        stdout: output,
        compare: 'tokens',
      })),
      limits: { milliseconds: 10_000 },
    }),
    reference: truth,
  }
}

function withoutSpace(code: string): string {
  return code.replace(/\s+/g, '')
}
