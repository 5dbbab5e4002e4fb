import { z } from 'zod'
import type { Benchmark, Problem } from '../problem.ts'
import type { DataFile } from './data-file.ts'
import { type Family, partOf } from './family.ts'
import { readRecords } from './records.ts'

/** As bigcode-evaluation-harness, `bigcode_eval/tasks/mbpp.py`. */
const stops = ['\nclass', '\nassert', '\n"""', '\nprint', '\nif', '\n<|/', '\n```']

const commit = 'https://raw.githubusercontent.com/google-research/google-research/master/mbpp'

const full: DataFile = { path: 'mbpp/mbpp.jsonl.gz', url: `${commit}/mbpp.jsonl` }
const sanitized: DataFile = { path: 'mbpp/sanitized-mbpp.json.gz', url: `${commit}/sanitized-mbpp.json` }

const common = { task_id: z.int(), code: z.string(), test_list: z.array(z.string()).min(1) }
const fullRecord = z.object({ ...common, text: z.string(), test_setup_code: z.string() })
const sanitizedRecord = z.object({ ...common, prompt: z.string(), test_imports: z.array(z.string()) })

/**
 * MBPP: short Python tasks from one sentence. The problems are the paper's test split, 11 to 510 (arXiv 2108.07732).
 * Prompt, stops and judging by the three tests as bigcode-evaluation-harness, `bigcode_eval/tasks/mbpp.py`: a docstring
 * with the text and the first test (the format of InCoder). Beyond it, `test_setup_code` and `test_imports` run before
 * the tests, without which one resp. five problems could not be passed.
 */
export const mbpp: Family = {
  names: ['mbpp', 'mbpp-sanitized'],
  async load(name, options): Promise<Benchmark> {
    const isFull = name === 'mbpp'
    const problems = isFull
      ? (await readRecords(full, fullRecord, options)).map(({ record }) =>
          problemOf(record, record.text, [record.test_setup_code]),
        )
      : (await readRecords(sanitized, sanitizedRecord, options)).map(({ record }) =>
          problemOf(record, record.prompt, record.test_imports),
        )
    const ofTestSplit = problems.filter(({ id }) => Number(id) >= 11 && Number(id) <= 510)
    return {
      name,
      title: isFull ? 'MBPP' : 'MBPP sanitized',
      judge: 'run',
      licence: 'CC-BY-4.0',
      url: 'https://github.com/google-research/google-research/tree/master/mbpp',
      problems: ofTestSplit,
      notes: partOf(isFull ? 500 : 257, ofTestSplit.length),
    }
  },
}

interface MbppRecord {
  task_id: number
  code: string
  test_list: string[]
}

function problemOf(record: MbppRecord, text: string, setup: string[]): Problem {
  const prompt = `"""\n${text}\n${record.test_list[0]}\n"""\n`
  return {
    id: String(record.task_id),
    language: 'python',
    prompt: { kind: 'prefix', text: prompt },
    stops,
    maxTokens: 512,
    program: (completion) => ({
      language: 'python',
      source: [prompt + completion, ...setup, ...record.test_list].join('\n'),
    }),
    reference: record.code,
  }
}
