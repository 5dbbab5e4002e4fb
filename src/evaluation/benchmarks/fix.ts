import { z } from 'zod'
import type { Benchmark } from '../problem.ts'
import type { DataFile } from './data-file.ts'
import { type Family, variantOf } from './family.ts'
import { notesX, type XLanguage, xLanguageNames, xLanguages, xRecord } from './humaneval-x-data.ts'
import { programX, stopsX, trimX } from './humaneval-x-program.ts'
import { readRecords } from './records.ts'

const commit = '48dbcf3b8935a9f4077f4f0622c9a931f5a453a5'

const record = xRecord.extend({ buggy_solution: z.string(), entry_point: z.string() })

/**
 * HumanEvalFix: a function with a planted bug and the tests that show it; the model writes the function again. The
 * prompt is that of bigcode-evaluation-harness, `bigcode_eval/tasks/humanevalpack.py` (`HumanEvalFixTests`, `instruct`),
 * but that its instruction stands in a comment, as suits a model that completes and follows no instructions; it is
 * stripped as there. Completions are cut and programs put together as for HumanEval-X.
 */
export const fix: Family = {
  names: xLanguageNames.map((language) => `fix/${language}`),
  async load(name, options): Promise<Benchmark> {
    const language = variantOf(name) as XLanguage
    const file: DataFile = {
      path: `humanevalpack/humanevalpack_${language}.jsonl.gz`,
      url: `https://huggingface.co/datasets/bigcode/humanevalpack/resolve/${commit}/data/${language}/data/humanevalpack.jsonl`,
    }
    const lines = await readRecords(file, record, options)
    return {
      name,
      title: `HumanEvalFix ${xLanguages[language].title}`,
      judge: 'run',
      licence: 'MIT',
      url: 'https://huggingface.co/datasets/bigcode/humanevalpack',
      problems: lines.map(({ record }) => {
        const head = language === 'rust' ? `fn main(){}\n${record.declaration}` : record.declaration
        const comment = language === 'python' ? '#' : '//'
        const instruction = `${comment} Fix bugs in ${record.entry_point}.`
        const text = `${head}${record.buggy_solution}\n${record.test}\n${instruction}\n\n${head}`
        return {
          id: record.task_id,
          language: xLanguages[language].language,
          prompt: { kind: 'prefix', text: text.trim() },
          stops: stopsX(language),
          maxTokens: 1024,
          trim: (completion) => trimX(language, completion),
          program: (completion) => programX(language, record, record.declaration, completion),
          reference: record.canonical_solution,
        }
      }),
      notes: notesX(language, lines.length, true),
    }
  },
}
