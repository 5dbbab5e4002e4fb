import { z } from 'zod'
import type { Benchmark } from '../problem.ts'
import type { DataFile } from './data-file.ts'
import { type Family, partOf } from './family.ts'
import { readRecords } from './records.ts'

/** Where the Codex paper cuts completions (arXiv 2107.03374, section 2.2). */
export const humanevalStops = ['\nclass', '\ndef', '\n#', '\nif', '\nprint']

/** The paper names no limit; bigcode-evaluation-harness takes 512 for prompt and completion together. */
export const humanevalTokens = 512

const file: DataFile = {
  path: 'humaneval/HumanEval.jsonl.gz',
  url: 'https://github.com/openai/human-eval/raw/6d43fb980f9fee3c892a914eda09951f772ad10d/data/HumanEval.jsonl.gz',
  sha256: 'b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef',
}

const record = z.object({
  task_id: z.string(),
  prompt: z.string(),
  entry_point: z.string(),
  canonical_solution: z.string(),
  test: z.string(),
})

/**
 * HumanEval: 164 Python functions from their docstrings. The prompt is the data's own, not stripped; the program is
 * put together as in openai/human-eval, `human_eval/execution.py`, and has 3 s as there.
 */
export const humaneval: Family = {
  names: ['humaneval'],
  async load(name, options): Promise<Benchmark> {
    const lines = await readRecords(file, record, options)
    return {
      name,
      title: 'HumanEval',
      judge: 'run',
      licence: 'MIT',
      url: 'https://github.com/openai/human-eval',
      problems: lines.map(({ record }) => ({
        id: record.task_id,
        language: 'python',
        prompt: { kind: 'prefix', text: record.prompt },
        stops: humanevalStops,
        maxTokens: humanevalTokens,
        program: (completion) => ({
          language: 'python',
          source: `${record.prompt}${completion}\n${record.test}\ncheck(${record.entry_point})`,
        }),
        reference: record.canonical_solution,
      })),
      notes: partOf(164, lines.length),
    }
  },
}
